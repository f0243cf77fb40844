/** From whatever URL a person has to a database that the server can use. */
import { migrations } from '../../migrations/index.ts'
import { seedDemo } from '../seed/demo.ts'
import type { MigrateConfig } from './migrate-config.ts'
import { migrate } from './migrator.ts'
import { isAdministrator, provision } from './provision.ts'
import { withConnection } from './provision-connection.ts'
import { imageSchema, misfit, readSchema } from './schema-version.ts'

export type BroughtUp = { apiUrl: string; migratorUrl: string | null; demo: string | null }
type Options = { demo: boolean; report: (line: string) => void }

/**
 * Provisions when the login may, migrates and seeds the demo organization. A login that is no administrator is taken as the
 * runtime's; then MIGRATION_DATABASE_URL migrates, or somebody else has done so already. Errors: a sentence that says what
 * is missing.
 */
export async function bringUp(config: MigrateConfig, { demo, report }: Options): Promise<BroughtUp> {
  const given = config.ADMIN_DATABASE_URL ?? config.DATABASE_URL
  if (!given) throw new Error('ADMIN_DATABASE_URL (or DATABASE_URL) is missing')
  const { apiUrl, migratorUrl } = (await isAdministrator(given))
    ? await provisioned(given, report)
    : { apiUrl: given, migratorUrl: config.MIGRATION_DATABASE_URL }
  if (!migratorUrl) return await asItIs(apiUrl, report)
  const ran = await migrate(migratorUrl, { report })
  report(ran.length === 0 ? 'the schema is up to date' : `${ran.length} migrations ran`)
  return { apiUrl, migratorUrl, demo: demo ? await seedDemo(migratorUrl, report) : null }
}

async function provisioned(adminUrl: string, report: (line: string) => void): Promise<{ apiUrl: string; migratorUrl: string }> {
  const { notes, ...urls } = await provision(adminUrl)
  notes.forEach(report)
  return urls
}

async function asItIs(apiUrl: string, report: (line: string) => void): Promise<BroughtUp> {
  const complaint = misfit(imageSchema(Object.keys(migrations)), await withConnection(apiUrl, readSchema))
  if (complaint !== undefined) {
    throw new Error(
      `The login ${new URL(apiUrl).username} may not make roles, so it cannot prepare the database, and ${complaint}. ` +
        'Give the URL of an administrator instead, or the login mortise_migrator as MIGRATION_DATABASE_URL.',
    )
  }
  report('the schema fits; without MIGRATION_DATABASE_URL nothing is migrated or seeded')
  return { apiUrl, migratorUrl: null, demo: null }
}
