/** Once per test run: a migrated template that every test file gets a copy of. Named in vitest.config.ts as globalSetup. */
import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { migrate } from '../src/db/migrator.ts'
import { provision } from '../src/db/provision.ts'
import { databaseIn, name, withConnection, withDatabase } from '../src/db/provision-connection.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** An administrator's URL that names the template. */
    templateUrl: string
  }
}

/** Makes the template; what it gives removes it with every copy that a test left. Errors: a sentence when there is no server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const adminUrl = process.env['TEST_DATABASE_URL']
  if (!adminUrl)
    throw new Error(
      'TEST_DATABASE_URL is missing: the URL of a PostgreSQL administrator. `npm test` starts a server of its own and sets it.',
    )
  const templateUrl = withDatabase(adminUrl, `mortise_test_${randomBytes(5).toString('hex')}`)
  const { migratorUrl } = await provision(templateUrl)
  await migrate(migratorUrl)
  project.provide('templateUrl', templateUrl)
  return () => removeAll(adminUrl, databaseIn(templateUrl))
}

async function removeAll(adminUrl: string, template: string): Promise<void> {
  await withConnection(adminUrl, async (client) => {
    const { rows } = await client.query('select datname from pg_database where starts_with(datname, $1)', [template])
    for (const { datname } of rows) await client.query(`drop database ${name(datname)} with (force)`)
  })
}
