import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anEmptyDatabase, type TestDatabase } from '../../test/database.ts'
import { bringUp } from './migrator-up.ts'

const quiet = { demo: false, report: () => {} }

let database: TestDatabase
beforeAll(async () => void (database = await anEmptyDatabase()))
afterAll(() => database.drop())

describe('bringing a database up', () => {
  it('tells a login that may do too little what is missing', async () => {
    await expect(bringUp({ ADMIN_DATABASE_URL: database.apiUrl }, quiet)).rejects.toThrow(
      /^The login mortise_api may not make roles, so it cannot prepare the database, and the database has not been migrated yet\. Give the URL/,
    )
    await expect(bringUp({}, quiet)).rejects.toThrow('ADMIN_DATABASE_URL (or DATABASE_URL) is missing')
  })

  it('migrates with the migrator where the given login is the runtime’s', async () => {
    const { apiUrl, migratorUrl } = database
    expect(await bringUp({ DATABASE_URL: apiUrl, MIGRATION_DATABASE_URL: migratorUrl }, quiet)).toEqual({ apiUrl, migratorUrl, demo: null })
  })

  it('goes on with the runtime login alone when somebody else has migrated', async () => {
    const report: string[] = []
    const up = await bringUp({ DATABASE_URL: database.apiUrl }, { demo: true, report: (line) => report.push(line) })
    expect(up).toEqual({ apiUrl: database.apiUrl, migratorUrl: null, demo: null })
    expect(report.join()).toMatch(/nothing is migrated or seeded/)
  })

  it('does everything for an administrator, and nothing the second time', async () => {
    const report: string[] = []
    const once = await bringUp({ ADMIN_DATABASE_URL: database.adminUrl }, { demo: true, report: (line) => report.push(line) })
    expect(once).toEqual({ apiUrl: database.apiUrl, migratorUrl: database.migratorUrl, demo: 'halden-roe' })
    expect(report).toEqual(['the schema is up to date', 'demo organization Halden & Roe: 3 projects, 60 tasks, 5 people'])
    expect(await bringUp({ ADMIN_DATABASE_URL: database.adminUrl }, { demo: true, report: (line) => report.push(line) })).toEqual(once)
    expect(report.slice(2)).toEqual(['the schema is up to date'])
  })
})
