/** The roles of Mortise in a PostgreSQL cluster: who they are, what they may become, how long they may wait. */
import type { Client } from 'pg'
import { literal, name, sqlState } from './provision-connection.ts'
import { verifierOf } from './provision-password.ts'

export const loginRoles = ['mortise_migrator', 'mortise_api', 'mortise_worker', 'mortise_readonly', 'mortise_backup'] as const
export type LoginRole = (typeof loginRoles)[number]
const groupRoles = ['mortise_owner', 'mortise_doorkeeper'] as const

// A client that is gone, a lock that does not come and a transaction that nobody ends must not hold a connection for long.
const serving = {
  statement_timeout: '5s',
  lock_timeout: '2s',
  idle_in_transaction_session_timeout: '10s',
  client_connection_check_interval: '2s',
}
const settings: Partial<Record<LoginRole, Record<string, string>>> = {
  mortise_api: serving,
  mortise_worker: serving,
  mortise_readonly: { ...serving, statement_timeout: '30s', default_transaction_read_only: 'on' },
}

// The owner must be able to become the doorkeeper to give functions away; the migrator becomes the owner to migrate and
// the runtime role to seed.
const memberships = [
  ['mortise_doorkeeper', 'mortise_owner'],
  ['mortise_owner', 'mortise_migrator'],
  ['mortise_api', 'mortise_migrator'],
] as const

/**
 * Makes the roles that are missing, corrects the others and sets the passwords. Call it under the lock of `provision`.
 * Answers with what the administrator was not allowed to do. Errors: those of PostgreSQL when a needed right is missing.
 */
export async function makeRoles(client: Client, passwordFor: (role: LoginRole) => string): Promise<string[]> {
  for (const role of groupRoles) await makeRole(client, role, { login: false })
  for (const role of loginRoles) {
    await makeRole(client, role, { login: true })
    await client.query(`alter role ${name(role)} password ${literal(verifierOf(passwordFor(role)))}`)
    await applySettings(client, role, settings[role] ?? {})
  }
  for (const [role, member] of memberships) await becomeMember(client, role, member)
  return await letBackupReadAll(client)
}

const readRole = `select rolcanlogin, rolinherit, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, coalesce(rolconfig, '{}') rolconfig
  from pg_roles where rolname = $1`

// Nobody inherits, so a role acts as another one only where it says SET ROLE. A backup cannot say it: it runs pg_dump.
async function makeRole(client: Client, role: string, { login }: { login: boolean }): Promise<void> {
  const isBackup = role === 'mortise_backup'
  const found = (await client.query(readRole, [role])).rows[0]
  const should = [login ? 'login' : 'nologin', isBackup ? 'inherit' : 'noinherit'] as const
  if (!found) return void (await client.query(`create role ${name(role)} ${should.join(' ')}`))
  const wrong = [
    found.rolcanlogin !== login && should[0],
    found.rolinherit !== isBackup && should[1],
    found.rolsuper && 'nosuperuser',
    found.rolcreaterole && 'nocreaterole',
    found.rolcreatedb && 'nocreatedb',
    found.rolreplication && 'noreplication',
    found.rolbypassrls && !isBackup && 'nobypassrls',
  ].filter((word) => word !== false)
  if (wrong.length > 0) await client.query(`alter role ${name(role)} ${wrong.join(' ')}`)
}

async function applySettings(client: Client, role: string, wanted: Record<string, string>): Promise<void> {
  const found: string[] = (await client.query(readRole, [role])).rows[0].rolconfig
  for (const [setting, value] of Object.entries(wanted)) {
    if (found.includes(`${setting}=${value}`)) continue
    try {
      await client.query(`alter role ${name(role)} set ${setting} = ${literal(value)}`)
    } catch (error) {
      // Not every operating system can tell PostgreSQL that a client is gone; without it only the other limits hold.
      if (setting !== 'client_connection_check_interval' || sqlState(error) !== '22023') throw error
    }
  }
}

async function becomeMember(client: Client, role: string, member: string): Promise<void> {
  const { rowCount } = await client.query(
    `select from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles r on r.oid = m.member where g.rolname = $1 and r.rolname = $2`,
    [role, member],
  )
  if (rowCount === 0) await client.query(`grant ${name(role)} to ${name(member)}`)
}

// A backup that sees only part of the rows is none; only an administrator who may pass by row level security can allow it.
async function letBackupReadAll(client: Client): Promise<string[]> {
  const missing: string[] = []
  for (const [statement, isThere] of [
    ['alter role mortise_backup bypassrls', `select from pg_roles where rolname = 'mortise_backup' and rolbypassrls`],
    ['grant pg_read_all_data to mortise_backup', `select where pg_has_role('mortise_backup', 'pg_read_all_data', 'usage')`],
  ] as const) {
    if ((await client.query(isThere)).rowCount) continue
    try {
      await client.query(statement)
    } catch (error) {
      if (sqlState(error) !== '42501') throw error
      missing.push(`Backups are not possible yet: have a superuser run "${statement}".`)
    }
  }
  return missing
}
