/** Looks at what is really in the database, past every door, and ages it where a test cannot wait. */
import pg from 'pg'
import type { TestDatabase } from './database.ts'

export type Administrator = {
  rows<Row>(text: string, values?: unknown[]): Promise<Row[]>
  /** Changes when anything in any table changes. */
  fingerprint(): Promise<string>
  /** How many transactions of this database wait for another one. */
  waiting(): Promise<number>
  close(): Promise<void>
}

/** Connects. Close it before the database is dropped. */
export async function anAdministrator({ adminUrl }: Pick<TestDatabase, 'adminUrl'>): Promise<Administrator> {
  const client = new pg.Client(adminUrl)
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'app' order by 1`,
  )
  // a row that was written has another place or another writer, and this needs no sorting
  const each = tables.map(({ name }) => `select coalesce(sum(hashtextextended(ctid::text || xmin::text, 0)), 0) as sum from ${name}`)
  const everything = `select string_agg(sum::text, ',') as sum from (${each.join(' union all ')}) s`
  return {
    rows: async <Row>(text: string, values: unknown[] = []) => (await client.query(text, values)).rows as Row[],
    fingerprint: async () => (await client.query<{ sum: string }>(everything)).rows[0]?.sum ?? '',
    waiting: async () => (await client.query<{ count: number }>(waits)).rows[0]?.count ?? 0,
    close: () => client.end(),
  }
}

// a wait for a row shows as a wait for the transaction that holds it, which belongs to no database, hence the process
const waits = `
  select count(distinct l.pid)::int as count from pg_locks l
  where not l.granted and l.pid in (select pid from pg_locks where database = (select oid from pg_database where datname = current_database()))`
