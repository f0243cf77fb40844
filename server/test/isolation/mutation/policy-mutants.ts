/** Every policy, dropped, opened, given to others and turned, and every table without its walls. */
import type { Client } from 'pg'
import type { Mutant } from './mutant.ts'
import { runtimeRoles } from './rights.ts'

type Policy = { table: string; policy: string; cmd: string; roles: string[]; qual: string | null; check: string | null; uuids: string[] }

export async function policyMutants(client: Client): Promise<Mutant[]> {
  const { rows } = await client.query<Policy>(
    `select p.tablename as table, p.policyname as policy, p.cmd, p.roles::text[], p.qual, p.with_check as check,
            array(select attname::text from pg_attribute where attrelid = format('app.%I', p.tablename)::regclass and atttypid = 'uuid'::regtype and attnum > 0 order by attnum) as uuids
     from pg_policies p where schemaname = 'app' order by 1, 2`,
  )
  return rows.flatMap((policy) => (policy.roles.includes('mortise_doorkeeper') ? doorkeeperPolicy(policy) : runtimePolicy(policy)))
}

export async function wallMutants(client: Client): Promise<Mutant[]> {
  const { rows } = await client.query<{ table: string }>(
    `select relname as table from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' and relrowsecurity order by 1`,
  )
  return rows.flatMap(({ table }) => [
    {
      name: `table ${table}: row level security off`,
      of: `walls of ${table}`,
      table,
      sql: `alter table app.${table} disable row level security`,
    },
    {
      name: `table ${table}: not forced on its owner`,
      of: `walls of ${table}`,
      table,
      sql: `alter table app.${table} no force row level security`,
    },
  ])
}

const head = ({ table, policy }: Policy) => `policy ${policy} on app.${table}`

function runtimePolicy(policy: Policy): Mutant[] {
  const { table, cmd, roles, qual, check } = policy
  const mutant = (what: string, sql: string): Mutant => ({
    name: `policy ${table}.${policy.policy}: ${what}`,
    of: `policy ${table}.${policy.policy}`,
    table,
    sql,
  })
  const alter = (what: string, change: string) => mutant(what, `alter ${head(policy)} ${change}`)
  return [
    mutant('dropped', `drop ${head(policy)}`),
    ...(qual === null ? [] : [alter('using (true)', 'using (true)')]),
    ...(check === null ? [] : [alter('with check (true)', 'with check (true)'), withoutCheck(policy, mutant)]),
    alter(qual === null ? 'another column checked' : 'another column compared', turned(policy)),
    ...runtimeRoles
      .filter((role) => roles.includes(role))
      .map((role) => alter(`not for ${role}`, `to ${roles.filter((one) => one !== role).join(', ')}`)),
    ...(cmd === 'SELECT'
      ? [mutant('for all instead of select', `drop ${head(policy)}; create ${head(policy)} to ${roles.join(', ')} using (${qual})`)]
      : []),
  ]
}

function withoutCheck(policy: Policy, mutant: (what: string, sql: string) => Mutant): Mutant {
  const { roles, qual, check } = policy
  const made = mutant('without its check', `drop ${head(policy)}; create ${head(policy)} to ${roles.join(', ')} using (${qual})`)
  return qual === check ? { ...made, equal: 'without WITH CHECK, PostgreSQL checks what USING says, which is the same' } : made
}

/** The policy with another column, or where there is none, with another thing to compare it with. */
function turned({ qual, check, uuids }: Policy): string {
  const turn = (expression: string) => {
    const column = /\b(\w+)(?= (?:=|IN) \()/.exec(expression)?.[1] ?? ''
    const inner = /m\.user_id|m\.organization_id/.exec(expression)?.[0]
    const another = uuids.find((one) => one !== column)
    if (inner !== undefined)
      return expression.replaceAll(
        new RegExp(String.raw`${inner}(?= =|\n)`, 'g'),
        inner === 'm.user_id' ? 'm.organization_id' : 'm.user_id',
      )
    if (another !== undefined) return expression.replace(new RegExp(String.raw`\b${column}(?= =)`), another)
    if (expression.includes('app.current_account()')) return expression.replaceAll('app.current_account()', 'app.entered_organization()')
    return expression.replaceAll(/app\.(current|entered)_organization\(\)/g, 'app.current_account()')
  }
  return [qual === null ? '' : `using (${turn(qual)})`, check === null ? '' : `with check (${turn(check)})`].join(' ')
}

function doorkeeperPolicy(policy: Policy): Mutant[] {
  const { table } = policy
  const mutant = (what: string, sql: string): Mutant => ({
    name: `policy ${table}.${policy.policy}: ${what}`,
    of: `policy ${table}.${policy.policy}`,
    table,
    sql,
  })
  return [mutant('dropped', `drop ${head(policy)}`), mutant('for everybody', `alter ${head(policy)} to public`)]
}
