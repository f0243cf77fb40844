/** Gives a Mortise its database: the outside server of DATABASE_URL or the embedded one, migrated and seeded. */
import path from 'node:path'
import { startPostgres } from '../postgres/embedded.mjs'
import { root } from './home.mjs'
import { lastLines, run } from '../process/run.mjs'
import { secretFrom } from './secrets.mjs'

/** The URL of an administrator (or of whoever DATABASE_URL names) and, for the embedded server, its handle as `postgres`. */
export async function findServer({ home, environment = process.env, ephemeral = false }) {
  const adminUrl = secretFrom(environment, 'DATABASE_URL')
  if (adminUrl) return { adminUrl }
  const postgres = await startPostgres({ home, ephemeral })
  return { adminUrl: postgres.adminUrl, postgres }
}

/**
 * Brings the schema up to date and, with `demo`, makes the demo organization when it is missing. Gives
 * `{ apiUrl, migratorUrl, demo }`. Errors: the last lines of the migrator.
 */
export async function bringUp({ adminUrl, environment = process.env, demo }) {
  return await askMigrator({ adminUrl, environment, command: ['up', ...(demo ? ['--demo'] : [])] })
}

/**
 * Makes the logins of the runtime and of the migrator and leaves the schema as it is. An outside DATABASE_URL that is no
 * administrator's stands for itself. Gives `{ apiUrl, migratorUrl }`.
 */
export async function findLogins({ adminUrl, environment = process.env }) {
  const migratorUrl = secretFrom(environment, 'MIGRATION_DATABASE_URL')
  if (migratorUrl) return { apiUrl: adminUrl, migratorUrl }
  return await askMigrator({ adminUrl, environment, command: ['provision'] })
}

async function askMigrator({ adminUrl, environment, command }) {
  const migrationUrl = secretFrom(environment, 'MIGRATION_DATABASE_URL')
  const { code, stdout, output } = await run(process.execPath, [path.join(root, 'server/dist/migrate.js'), ...command], {
    cwd: root,
    env: {
      ...without(environment, ['DATABASE_URL', 'DATABASE_URL_FILE', 'MIGRATION_DATABASE_URL_FILE']),
      ADMIN_DATABASE_URL: adminUrl,
      ...(migrationUrl && { MIGRATION_DATABASE_URL: migrationUrl }),
    },
  })
  if (code !== 0) throw new Error(`The database could not be prepared (${code}):\n${lastLines(output, 20)}`)
  return JSON.parse(lastLines(stdout, 1))
}

/** The environment without some names: a program that is given both X and X_FILE refuses to start. */
export function without(environment, names) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)))
}
