/** What each runtime role can really do with a table, against what `rights.ts` promises. */
import type { Client } from 'pg'
import { tables } from '../../../src/db/catalogue-tables.ts'
import { literal } from '../../../src/db/provision-connection.ts'
import { isTheirs } from '../rows.ts'
import type { Side } from '../side.ts'
import { attempt, type Scope } from './attempt.ts'
import { rights, runtimeRoles, type Rights, type RuntimeRole } from './rights.ts'

export type Sides = { own: Side; other: Side }

type Trial = { client: Client; role: RuntimeRole; table: string; sides: Sides; scope: Scope; complain: (what: string) => void }

const refused = '42501'

/** Tables whose rows are a person's, whatever organization is entered, and seen by nobody else. */
const personal = new Set(['sessions', 'idempotency_keys'])

/** Sentences about what differs from the promise for a table, for every runtime role and for the owner. Needs an open transaction. */
export async function tableProbes(client: Client, sides: Sides, table: string): Promise<string[]> {
  const complaints: string[] = []
  if (rights[table] === undefined)
    return [`Table ${table} has no row in server/test/isolation/mutation/rights.ts: say who may do what with it.`]
  const scope = { account: sides.own.staff.owner.userId, organization: sides.own.organizations[0] as string }
  for (const role of runtimeRoles) {
    const trial = { client, role, table, sides, scope, complain: (what: string) => void complaints.push(`${role} ${what} (${table})`) }
    await looks(trial)
    await changes(trial)
    await reaches(trial)
  }
  const { rows } = await attempt(client, 'mortise_migrator', {}, `set local role mortise_owner; select count(*) from app.${table}`)
  if (rows[0]?.['count'] !== '0') complaints.push(`mortise_owner sees rows of ${table}`)
  return complaints
}

const fill = (condition: string, { account, organization }: Scope) =>
  condition.replaceAll('$me', literal(account ?? '')).replaceAll('$here', literal(organization ?? ''))

const number = async (client: Client, table: string, condition: string) =>
  Number((await client.query(`select count(*) from app.${table} where ${condition}`)).rows[0].count)

/** Which rows can be seen: in a scope, outside of an organization, with a forged scope, and without any. */
async function looks({ client, role, table, sides, scope, complain }: Trial): Promise<void> {
  const { seen, seenOutside } = rights[table] as (typeof rights)[string]
  const look = (where: Scope) => attempt(client, role, where, `select to_jsonb(t) as row from app.${table} t`)
  const expectRows = async (where: Scope, condition: string, name: string) => {
    const { code, count } = await look(where)
    const wanted = await number(client, table, fill(condition, where))
    if (code !== undefined || count !== wanted) complain(`${name} sees ${code ?? count} instead of ${wanted} rows`)
    if (wanted === 0) complain(`has nothing to see ${name}, so this proves nothing`)
  }
  const expectMissing = async (where: Scope, what: string, name: string) => {
    const { code, count } = await look(where)
    if (code !== what) complain(`${name} is answered ${code ?? `${count} rows`} instead of ${what}`)
  }
  await expectRows(scope, seen, 'inside')
  const outside = { account: scope.account as string }
  if (seenOutside === null) await expectMissing(outside, 'MO500 SCOPE_MISSING', 'outside')
  else await expectRows(outside, seenOutside, 'outside')
  await expectMissing({}, 'MO500 SCOPE_MISSING', 'without a scope')
  const forged = { ...outside, organization: sides.other.organizations[0] as string }
  if (personal.has(table)) await expectRows(forged, seen, 'with a forged scope')
  else await expectMissing(forged, 'MO500 SCOPE_FORGED', 'with a forged scope')
}

/** Which rights there are, and that each concerns the own rows only. */
async function changes({ client, role, table, scope, complain }: Trial): Promise<void> {
  const { serving, changed } = rights[table] as (typeof rights)[string]
  const may: Rights = role === 'mortise_readonly' ? {} : serving
  const own = await number(client, table, fill(changed, scope))
  const expectDone = async (what: string, sql: string, isAllowed: boolean, rows: number) => {
    const { code, count } = await attempt(client, role, scope, sql)
    if (isAllowed && (code !== undefined || count !== rows))
      complain(`may ${what}, but is answered ${code ?? `${count} instead of ${rows} rows`}`)
    if (!isAllowed && code !== refused) complain(`must not ${what}, but is answered ${code ?? `${count} rows`}`)
  }
  const { rows: columns } = await client.query<{ name: string; isKey: boolean }>(
    `select attname as name, exists (select from pg_index i where i.indrelid = attrelid and i.indisprimary and attnum = any (i.indkey)) as "isKey"
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [`app.${table}`],
  )
  for (const { name } of columns) {
    const isAllowed = may.update === 'every column' || may.update?.includes(name) === true
    await expectDone(`update ${name}`, `update app.${table} set ${name} = ${name}`, isAllowed, own)
  }
  await expectDone('delete', `delete from app.${table}`, may.delete === true, own)
  const names = columns.map((column) => column.name)
  // where there is no right, no row is offered and no function called: nothing but the right is asked for
  const anew: Record<string, string> = may.insert ? { id: 'app.uuid_v7()', slug: `'made-anew'`, key: `'made-anew'` } : {}
  const values = names.map((name) => anew[name] ?? `r.${name}`)
  const copy = `insert into app.${table} (${names.join()}) select ${values.join()} from (select * from app.${table} where ${may.insert ? fill(changed, scope) : 'false'} limit 1) r`
  await expectDone('insert', copy, may.insert === true, 1)
}

/** What can be done to rows of the other side when every right on the table is given: its policies must do. */
async function reaches({ client, role, table, sides, scope, complain }: Trial): Promise<void> {
  const condition = (isTheirs(table) as string)
    .replace('$1', literalArray(sides.other.organizations))
    .replace('$2', literalArray(Object.values(sides.other.staff).map(({ userId }) => userId)))
  const { rows } = await client.query(
    `select to_jsonb(t)::text as row, (select array_agg(ctid order by ctid)::text from app.${table} where ${condition}) as places from app.${table} t where ${condition} limit 1`,
  )
  const theirs = `jsonb_populate_record(null::app.${table}, ${literal(rows[0].row)})`
  const key = tables[table]?.class === 'tenant' ? 'organization_id' : personal.has(table) ? 'user_id' : 'id'
  const safe = names[table] ?? 'version'
  const attempts: Record<string, string> = {
    // without a condition and without reading, the policy for changes stands alone
    'changes rows of others': `update app.${table} set ${safe} = (${theirs}).${safe}`,
    'deletes rows of others': `delete from app.${table}`,
    'adds a row to others': `insert into app.${table} select * from ${theirs}`,
    'gives a row to others': `update app.${table} set ${key} = (${theirs}).${key}`,
  }
  const places = `select array_agg(ctid order by ctid)::text as places from app.${table} where ${condition}`
  for (const [what, sql] of Object.entries(attempts)) {
    const { code, rows: after } = await attempt(
      client,
      role,
      scope,
      `${sql}; reset session authorization; ${places}`,
      `grant select, insert, update, delete on app.${table} to ${role}`,
    )
    // whatever else refuses, the policy had let it through
    if (code === undefined ? after[0]?.['places'] !== rows[0].places : code !== refused)
      complain(`${what}${code === undefined ? '' : ` as far as ${code}`}`)
  }
}

/** A column that any value fits, where there is no version. */
const names: Record<string, string> = {
  sessions: 'ended_at',
  idempotency_keys: 'created_at',
  events: 'at',
  event_heads: 'seq',
  audit_entries: 'at',
  audit_heads: 'seq',
}

const literalArray = (values: readonly string[]) => `array[${values.map(literal).join()}]`
