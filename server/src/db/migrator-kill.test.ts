import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase, anEmptyDatabase, type TestDatabase } from '../../test/database.ts'
import { alone, slowly } from '../../test/slow-migrations.ts'
import { migrations as released } from '../../migrations/index.ts'
import { schemaSnapshot } from './catalogue-snapshot.ts'
import { migrate } from './migrator.ts'
import { withConnection } from './provision-connection.ts'

const kills = 8
const victim = (url: string) => {
  const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)
  const script = `import { migrate } from ${at('./migrator.ts')}; import { slowly } from ${at('../../test/slow-migrations.ts')}
    await migrate(${JSON.stringify(url)}, { migrations: slowly(0.05) })`
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', 'inherit'] })
}

const working = `select query from pg_stat_activity where application_name = 'mortise-migrator' and datname = current_database() and xact_start is not null`

/** Starts a migrator and kills it while it works, `afterMs` after it was seen to, or while its statement contains `text`. */
async function killOne(admin: Client, url: string, afterMs: number, text = ''): Promise<void> {
  const child = victim(url)
  const exit = once(child, 'exit')
  for (;;) {
    const { rows } = await admin.query(working)
    if (rows.some(({ query }) => query.includes(text))) break
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode} before it could be killed`)
    await pause(2)
  }
  await pause(afterMs)
  child.kill('SIGKILL')
  expect(await exit).toEqual([null, 'SIGKILL'])
}

let clean: string
beforeAll(async () => {
  const database = await aDatabase()
  await migrate(database.migratorUrl, { migrations: slowly(0) })
  clean = await withConnection(database.adminUrl, schemaSnapshot)
  await database.drop()
})

let database: TestDatabase
beforeAll(async () => void (database = await anEmptyDatabase()))
afterAll(() => database.drop())

describe('a migrator that is killed', () => {
  it(`leaves a database that the next one completes, wherever the ${kills + 1} blows fall`, { timeout: 60_000 }, async () => {
    await withConnection(database.adminUrl, async (admin) => {
      for (let kill = 0; kill < kills; kill++) await killOne(admin, database.migratorUrl, Math.random() * 250)
      await killOne(admin, database.migratorUrl, 0, 'as alone')
      const { rows } = await admin.query('select is_locked from migrations.knex_migrations_lock')
      expect(rows, 'a plain Knex would now be locked for ever').toEqual([{ is_locked: 1 }])

      expect(await migrate(database.migratorUrl, { migrations: slowly(0) })).toEqual([alone])
      expect(await schemaSnapshot(admin)).toBe(clean)
      const { rows: ran } = await admin.query('select name from migrations.knex_migrations order by id')
      expect(ran.map(({ name }) => name)).toEqual([...Object.keys(released), alone])
    })
  })
})
