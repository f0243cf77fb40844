/** A database of its own for a test file: migrated, empty, and gone afterwards. */
import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { loginUrl } from '../src/db/provision.ts'
import { databaseIn, name, withConnection, withDatabase } from '../src/db/provision-connection.ts'
import { closeDatabase } from '../src/db/provision-database.ts'

export type TestDatabase = {
  /** The runtime role `mortise_api`: what the server uses, and all that a test of a feature needs. */
  apiUrl: string
  /** The login that may become the owner. */
  migratorUrl: string
  /** The administrator, whom no row level security holds: to break things on purpose, and to look at what is really there. */
  adminUrl: string
  /** Ends every connection and removes the database. */
  drop(): Promise<void>
}

/** Copies the template, which takes about 50 ms. Call it once in a file, in `beforeAll`, and `drop()` in `afterAll`. */
export async function aDatabase(): Promise<TestDatabase> {
  const templateUrl = inject('templateUrl')
  const template = databaseIn(templateUrl)
  return await prepare(withDatabase(templateUrl, copyName(template)), `template ${name(template)}`)
}

/** A database with roles and rights in which no migration has run yet. */
export async function anEmptyDatabase(): Promise<TestDatabase> {
  const templateUrl = inject('templateUrl')
  return await prepare(withDatabase(templateUrl, copyName(databaseIn(templateUrl))), 'template template0')
}

const copyName = (template: string): string => `${template}_${randomBytes(5).toString('hex')}`

async function prepare(adminUrl: string, from: string): Promise<TestDatabase> {
  const database = name(databaseIn(adminUrl))
  const server = withDatabase(adminUrl, 'postgres')
  await withConnection(server, (client) => client.query(`create database ${database} ${from}`))
  await withConnection(adminUrl, closeDatabase) // a copy has the tables of its template and not its doors
  return {
    apiUrl: loginUrl(adminUrl, 'mortise_api'),
    migratorUrl: loginUrl(adminUrl, 'mortise_migrator'),
    adminUrl,
    drop: () => withConnection(server, async (client) => void (await client.query(`drop database if exists ${database} with (force)`))),
  }
}
