/** The doors of one database: who may connect, who may create, and that nobody else may. */
import type { Client } from 'pg'
import { name } from './provision-connection.ts'
import { loginRoles } from './provision-roles.ts'

/**
 * Takes every right on the connected database from the public and gives each role its own; running it again changes
 * nothing. Errors: a sentence when the administrator may not do so, or when the database does not speak UTF-8.
 */
export async function closeDatabase(client: Client): Promise<void> {
  const { database, encoding } = (
    await client.query(`select current_database() "database", pg_encoding_to_char(encoding) "encoding"
    from pg_database where datname = current_database()`)
  ).rows[0]
  if (encoding !== 'UTF8')
    throw new Error(`The database ${database} is encoded in ${encoding}. Mortise needs UTF8: make another one, or let Mortise make it.`)
  if (await isClosed(client)) return
  await client.query(`
    revoke all on database ${name(database)} from public;
    grant connect on database ${name(database)} to ${loginRoles.join(', ')};
    grant create on database ${name(database)} to mortise_owner;
    revoke create on schema public from public;
  `)
  if (!(await isClosed(client))) {
    throw new Error(
      `The database ${database} stays open to everybody, because it belongs to somebody else. Have its owner make Mortise's administrator the owner: ALTER DATABASE … OWNER TO …`,
    )
  }
}

// PostgreSQL only warns when a right cannot be given or taken, so the result is read back.
async function isClosed(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    `select not exists (select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) where grantee = 0)
        and has_database_privilege('mortise_owner', d.oid, 'CREATE')
        and (select bool_and(has_database_privilege(r, d.oid, 'CONNECT')) from unnest($1::text[]) r)
        and not exists (select from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
                        where n.nspname = 'public' and a.grantee = 0 and a.privilege_type = 'CREATE') closed
      from pg_database d where d.datname = current_database()`,
    [loginRoles],
  )
  return rows[0].closed
}
