/** Makes the database and the roles of Mortise from an administrator's URL, and gives the URLs to run with. */
import type { Client } from 'pg'
import { connect, databaseIn, name, sqlState, withConnection, withDatabase } from './provision-connection.ts'
import { closeDatabase } from './provision-database.ts'
import { passwordOf } from './provision-password.ts'
import { makeRoles, type LoginRole } from './provision-roles.ts'

export type Provisioned = { apiUrl: string; migratorUrl: string; notes: string[] }

/**
 * Makes what is missing of database, roles and rights, and gives the URLs of the runtime role and of the migrator; `notes`
 * says what the administrator was not allowed to do. Running it again, or twice at once, changes nothing. A URL that
 * names no database, or one that every cluster has, means the database `mortise`. Errors: a sentence, or PostgreSQL's.
 */
export async function provision(adminUrl: string): Promise<Provisioned> {
  const url = ownDatabase(adminUrl)
  const notes = await underLock(url, async (client) => {
    await makeDatabase(client, databaseIn(url))
    const missing = await makeRoles(client, (role) => decodeURIComponent(new URL(loginUrl(url, role)).password))
    await withConnection(url, closeDatabase)
    return missing
  })
  return { apiUrl: loginUrl(url, 'mortise_api'), migratorUrl: loginUrl(url, 'mortise_migrator'), notes }
}

/** The URL with which `role` logs in, derived from the administrator's. Errors: a sentence when that one has no password. */
export function loginUrl(adminUrl: string, role: LoginRole): string {
  const url = new URL(ownDatabase(adminUrl))
  // Without a key of its own the derived passwords would be known to everybody who can read this file.
  if (!url.password)
    throw new Error(
      'The URL of the administrator has no password, and the passwords of the runtime roles are derived from it. Give that role one.',
    )
  url.password = passwordOf(decodeURIComponent(url.password), role)
  url.username = role
  return url.href
}

/** Whether the login of `url` may make roles and databases. Errors: those of the network, and a refused login. */
export const isAdministrator = (url: string): Promise<boolean> =>
  withCommonDatabase(url, async (client) => {
    const { rows } = await client.query(
      `select rolsuper or (rolcreaterole and (rolcreatedb or exists (select from pg_database where datname = $1 and datdba = r.oid))) answer
        from pg_roles r where rolname = current_user`,
      [databaseIn(url)],
    )
    return rows[0].answer
  })

// Roles belong to the whole cluster, so everyone who provisions any database in it waits at the same place.
const provisionLock = 0x6d6f7274

function underLock<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  return withCommonDatabase(url, async (client) => {
    await client.query(`set lock_timeout = '60s'`)
    await client.query('select pg_advisory_lock($1)', [provisionLock])
    return await work(client)
  })
}

// An advisory lock holds in one database only. Where the common one is closed to us, our own must do.
async function withCommonDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect(withDatabase(url, 'postgres')).catch((error: unknown) => {
    if (!['3D000', '42501', '28000'].includes(sqlState(error) ?? '')) throw error
    return connect(url)
  })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function makeDatabase(client: Client, database: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
  if (rowCount === 0) await client.query(`create database ${name(database)}`)
}

const commonDatabases = new Set(['', 'postgres', 'template1', 'template0'])
const ownDatabase = (url: string): string => (commonDatabases.has(databaseIn(url)) ? withDatabase(url, 'mortise') : url)
