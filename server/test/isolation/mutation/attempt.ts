/** Tries a statement as somebody, inside a transaction that goes on as if it had not been tried. */
import type { Client, QueryResult } from 'pg'
import { literal, sqlState } from '../../../src/db/provision-connection.ts'

export type Scope = { account?: string; organization?: string }
export type Outcome = { code: string | undefined; rows: Record<string, unknown>[]; count: number }

/** What came of `sql` for a role in a scope; `first` runs before, as the administrator. Two round trips. */
export async function attempt(
  client: Client,
  role: string,
  { account = '', organization = '' }: Scope,
  sql: string,
  first = '',
): Promise<Outcome> {
  try {
    const results = (await client.query(
      `savepoint attempt; ${first === '' ? '' : `${first};`}
       select set_config('app.account', ${literal(account)}, true), set_config('app.organization', ${literal(organization)}, true);
       set local session authorization ${role}; ${sql}`,
    )) as unknown as QueryResult[]
    const last = results.at(-1)
    return { code: undefined, rows: last?.rows ?? [], count: last?.rowCount ?? 0 }
  } catch (error) {
    const code = sqlState(error)
    if (code === undefined) throw error
    return { code: code.startsWith('MO') ? `${code} ${(error as Error).message}` : code, rows: [], count: 0 }
  } finally {
    await client.query('rollback to attempt') // which also brings the administrator back
  }
}
