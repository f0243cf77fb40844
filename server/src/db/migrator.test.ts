import { readdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { aDatabase, anEmptyDatabase, type TestDatabase } from '../../test/database.ts'
import { migrations as released } from '../../migrations/index.ts'
import { schemaSnapshot } from './catalogue-snapshot.ts'
import { migrate, type Migrations } from './migrator.ts'
import { connect, withConnection } from './provision-connection.ts'
import { imageSchema, readSchema, waitForSchema } from './schema-version.ts'

const names = Object.keys(released)
const newest = names.at(-1)?.slice(0, 13) ?? ''
const made: TestDatabase[] = []
const fresh = async (make: () => Promise<TestDatabase>) => {
  const database = await make()
  made.push(database)
  return database
}
afterEach(() => Promise.all(made.splice(0).map((database) => database.drop())))

const lastly = (name: string, sql: string, more: Partial<Migrations[string]> = {}): Migrations => ({
  ...released,
  [name]: { up: (knex) => knex.raw(sql), ...more },
})

describe('the list of migrations', () => {
  it('is the directory', () => {
    const files = readdirSync(new URL('../../migrations/', import.meta.url)).filter((file) => /^\d/.test(file))
    expect(names).toEqual(files.map((file) => file.replace(/\.ts$/, '')).toSorted())
  })

  it.each(names)('%s says whether it expands, contracts or moves data', (name) => {
    expect(name).toMatch(/^\d{8}_\d{4}_(expand|contract|data)_[a-z0-9_]+$/)
  })

  it('says of each contract what a program must know to live without what it takes away', () => {
    const contracts = Object.entries(released as Migrations).filter(([name]) => name.includes('_contract_'))
    expect(contracts.filter(([, { needs }]) => !/^\d{8}_\d{4}$/.test(needs ?? ''))).toEqual([])
  })
})

describe('the migrator', () => {
  it('runs everything once, as the owner, with limits, and notes the version', async () => {
    const { migratorUrl, apiUrl } = await fresh(anEmptyDatabase)
    expect(await migrate(migratorUrl)).toEqual(names)
    expect(await migrate(migratorUrl)).toEqual([])
    expect(await withConnection(apiUrl, readSchema)).toEqual({ version: newest, minAppSchema: '' })
    const seen: unknown[] = []
    const look = `select current_user "is", current_setting('lock_timeout') lock, current_setting('statement_timeout') statement, current_setting('idle_in_transaction_session_timeout') idle`
    await migrate(migratorUrl, {
      migrations: { ...released, '20990101_0000_data_look': { up: async (knex) => void seen.push((await knex.raw(look)).rows[0]) } },
    })
    expect(seen).toEqual([{ is: 'mortise_owner', lock: '5s', statement: '15min', idle: '1min' }])
  })

  it('corrects a version that was not noted any more', async () => {
    const { migratorUrl, adminUrl, apiUrl } = await fresh(aDatabase)
    await withConnection(adminUrl, (admin) => admin.query(`update app.schema_meta set version = '20260101_0000'`))
    expect(await migrate(migratorUrl)).toEqual([])
    expect(await withConnection(apiUrl, readSchema)).toEqual({ version: newest, minAppSchema: '' })
  })

  it('lets two race: each migration runs once, and both end well', async () => {
    const { migratorUrl } = await fresh(anEmptyDatabase)
    const [one, two] = await Promise.all([migrate(migratorUrl), migrate(migratorUrl)])
    expect([...one, ...two].toSorted()).toEqual(names)
  })

  it('undoes what fails, keeps what went before, and names the file', async () => {
    const { migratorUrl, adminUrl } = await fresh(anEmptyDatabase)
    const broken = lastly('20990101_0000_expand_broken', 'create table app.half (id int); select 1/0')
    await expect(migrate(migratorUrl, { migrations: broken })).rejects.toThrow('20990101_0000_expand_broken: division by zero')
    const { rows } = await withConnection(adminUrl, (admin) =>
      admin.query(`select to_regclass('app.half') half, version from app.schema_meta`),
    )
    expect(rows).toEqual([{ half: null, version: newest }])
    expect(await migrate(migratorUrl)).toEqual([])
  })

  it('refuses a login that cannot act as the owner, in a sentence', async () => {
    const { apiUrl } = await fresh(anEmptyDatabase)
    await expect(migrate(apiUrl)).rejects.toThrow(/migrate with the login mortise_migrator/)
  })

  it('waits its turn only so long', async () => {
    const { migratorUrl } = await fresh(aDatabase)
    const slow = migrate(migratorUrl, { migrations: lastly('20990101_0000_data_slow', 'select pg_sleep(0.6)') })
    await pause(200)
    await expect(migrate(migratorUrl, { limits: { turnMs: 100 } })).rejects.toThrow('Another migrator is at work')
    await slow
  })
})

describe('a table that somebody is reading for long', () => {
  const addColumn = lastly('20990101_0000_expand_column', 'alter table app.tasks add column extra text')

  const blocked = async (work: (database: TestDatabase, blocker: Client) => Promise<void>) => {
    const database = await fresh(aDatabase)
    const blocker = await connect(database.adminUrl)
    await blocker.query('begin; lock table app.tasks in access share mode')
    try {
      await work(database, blocker)
    } finally {
      await blocker.end()
    }
  }

  it('makes the migrator give up in time, so that other readers wait no longer than that', () =>
    blocked(async ({ migratorUrl, adminUrl }) => {
      const report: string[] = []
      const state = { isDone: false }
      const attempt = migrate(migratorUrl, {
        migrations: addColumn,
        limits: { lockMs: 150 },
        tries: 3,
        restMs: 50,
        report: (line) => report.push(line),
      })
      const outcome = attempt
        .then(
          () => 'ran',
          (error: { code: string }) => error.code,
        )
        .finally(() => (state.isDone = true))
      const waits: number[] = []
      await withConnection(adminUrl, async (reader) => {
        while (!state.isDone) {
          const start = performance.now()
          await reader.query('select from app.tasks limit 1')
          waits.push(performance.now() - start)
        }
      })
      expect(await outcome).toBe('55P03')
      expect(report.filter((line) => line.includes('next try')).length).toBe(2)
      expect(Math.max(...waits)).toBeGreaterThan(20) // the lock was wanted, and felt
      expect(Math.max(...waits)).toBeLessThan(600)
    }))

  it('makes the migrator come back when the table is free', () =>
    blocked(async ({ migratorUrl }, blocker) => {
      let tries = 0
      const report = (line: string) => void (line.includes('next try') && ++tries === 2 && blocker.query('commit'))
      expect(await migrate(migratorUrl, { migrations: addColumn, limits: { lockMs: 50 }, restMs: 20, report })).toEqual([
        '20990101_0000_expand_column',
      ])
      expect(tries).toBeGreaterThanOrEqual(2)
    }))
})

describe('the migrator of an older program', () => {
  const older = Object.fromEntries(Object.entries(released).slice(0, -1))

  it('leaves a newer schema alone, so that a release can be rolled back', async () => {
    const { migratorUrl, adminUrl } = await fresh(aDatabase)
    const before = await withConnection(adminUrl, schemaSnapshot)
    const report: string[] = []
    expect(await migrate(migratorUrl, { migrations: older, report: (line) => report.push(line) })).toEqual([])
    expect(report.join()).toMatch(/ahead of this program/)
    expect(await withConnection(adminUrl, schemaSnapshot)).toBe(before)
  })

  it('fails when a contract has taken away what that program needs', async () => {
    const { migratorUrl, apiUrl } = await fresh(aDatabase)
    await migrate(migratorUrl, { migrations: lastly('20990101_0000_contract_gone', 'select 1', { needs: newest }) })
    await expect(migrate(migratorUrl, { migrations: older })).rejects.toThrow(/too new/)
    await expect(waitForSchema(apiUrl, imageSchema(Object.keys(older)), { timeoutMs: 0 })).rejects.toThrow(/needs programs from/)
    await waitForSchema(apiUrl, imageSchema(names), { timeoutMs: 0 }) // whoever knows the expansion goes on
  })
})

describe('waiting for the schema', () => {
  it('ends when the migration has run', async () => {
    const { migratorUrl, apiUrl } = await fresh(anEmptyDatabase)
    const waiting = waitForSchema(apiUrl, imageSchema(names), { timeoutMs: 5_000, everyMs: 20 })
    await migrate(migratorUrl)
    await expect(waiting).resolves.toBeUndefined()
  })

  it('fails in time, and says what was wrong last', async () => {
    const { apiUrl } = await fresh(anEmptyDatabase)
    await expect(waitForSchema(apiUrl, imageSchema(names), { timeoutMs: 60, everyMs: 20 })).rejects.toThrow(
      'in vain: the database has not been migrated yet.',
    )
    await expect(waitForSchema('postgres://a:b@127.0.0.1:1/x', imageSchema(names), { timeoutMs: 30, everyMs: 20 })).rejects.toThrow(
      /ECONNREFUSED/,
    )
  })

  it('does not wait for a contract, which only takes away', () => {
    expect(imageSchema(['20260101_0000_expand_a', '20260201_0000_contract_a'])).toEqual({
      schema: '20260201_0000',
      required: '20260101_0000',
    })
  })
})
