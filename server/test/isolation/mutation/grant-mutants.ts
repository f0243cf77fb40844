/** Every grant of the roles that serve, taken away, and every right on a table that they do not have, given. */
import type { Client } from 'pg'
import type { Mutant } from './mutant.ts'
import { runtimeRoles } from './rights.ts'

type Grant = { role: string; what: string; on: string; table: string | null }

/** Also those of the doorkeeper: it can see all organizations, so what it does not need it must not have. */
const roles = new Set<string>([...runtimeRoles, 'mortise_doorkeeper'])

export async function grantMutants(client: Client): Promise<Mutant[]> {
  const { rows } = await client.query<Grant>(
    `select pg_get_userbyid(a.grantee) as role, lower(a.privilege_type) as what, format('app.%I', c.relname) as on, c.relname as table
       from pg_class c, aclexplode(c.relacl) a where c.relnamespace = 'app'::regnamespace
     union all
     select pg_get_userbyid(a.grantee), format('%s (%I)', lower(a.privilege_type), t.attname), format('app.%I', c.relname), c.relname
       from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a where c.relnamespace = 'app'::regnamespace
     union all
     select pg_get_userbyid(a.grantee), 'execute', 'function ' || p.oid::regprocedure, null
       from pg_proc p, aclexplode(p.proacl) a where p.pronamespace = 'app'::regnamespace and a.grantee <> p.proowner
     union all
     select pg_get_userbyid(a.grantee), 'usage', 'schema app', null from pg_namespace n, aclexplode(n.nspacl) a where n.nspname = 'app' and a.privilege_type = 'USAGE'
     order by 1, 3, 2`,
  )
  const taken = rows
    .filter(({ role, table }) => roles.has(role) && table !== 'schema_meta')
    .map(({ role, what, on, table }) => {
      const name = `grant ${what} on ${on} to ${role}: revoked`
      return { name, of: `grants on ${on}`, table, sql: `revoke ${what} on ${on} from ${role}` }
    })
  return [...taken, ...(await rightsTooMany(client))]
}

/** What triggers refuse to whoever has the right. */
const refusedAnyway: Record<string, readonly string[]> = { audit_entries: ['update', 'delete'], audit_heads: ['delete'] }

async function rightsTooMany(client: Client): Promise<Mutant[]> {
  const { rows } = await client.query<{ role: string; what: string; table: string }>(
    `select r.role, w.what, c.relname as table
     from pg_class c, unnest($1::text[]) as r (role), unnest(array['select', 'insert', 'update', 'delete']) as w (what)
     where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_meta' and not has_table_privilege(r.role, c.oid, w.what)
     order by 3, 1, 2`,
    [runtimeRoles],
  )
  const { rows: functions } = await client.query<{ role: string; signature: string }>(
    `select r.role, p.oid::regprocedure::text as signature from pg_proc p, unnest($1::text[]) as r (role)
     where p.pronamespace = 'app'::regnamespace and not has_function_privilege(r.role, p.oid, 'execute') order by 2, 1`,
    [runtimeRoles],
  )
  return [
    ...rows.map(({ role, what, table }) => ({
      name: `grant ${what} on app.${table} to ${role}: given`,
      of: `grants on app.${table}`,
      table,
      sql: `grant ${what} on app.${table} to ${role}`,
      ...(refusedAnyway[table]?.includes(what) === true ? { equal: 'a trigger refuses it to everybody, in the same words' } : {}),
    })),
    ...functions.map(({ role, signature }) => ({
      name: `grant execute on ${signature} to ${role}: given`,
      of: `grants on function ${signature}`,
      table: null,
      sql: `grant execute on function ${signature} to ${role}`,
    })),
  ]
}
