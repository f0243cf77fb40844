import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anEmptyDatabase, type TestDatabase } from '../test/database.ts'

type Outcome = { code: number; stdout: string; stderr: string }

const run = (args: string[], env: Record<string, string>) =>
  new Promise<Outcome>((resolve) => {
    const program = new URL('./migrate.ts', import.meta.url).pathname
    execFile(
      process.execPath,
      ['--import', 'tsx', program, ...args],
      { env: { PATH: process.env['PATH'], ...env } },
      (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })

let database: TestDatabase
beforeAll(async () => void (database = await anEmptyDatabase()))
afterAll(() => database.drop())

describe('the migrate program', () => {
  it('explains itself when it does not understand', async () => {
    expect(await run(['sideways'], {})).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Usage: migrate <command>') })
  })

  it('says with an exit code that the schema does not fit, then brings everything up in one line of JSON, then is content', async () => {
    const { adminUrl, apiUrl, migratorUrl } = database
    expect(await run(['status', '--json'], { DATABASE_URL: apiUrl })).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('"fits":false'),
    })
    expect(await run(['wait', '--timeout', '0'], { DATABASE_URL: apiUrl })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('in vain'),
    })

    const up = await run(['up', '--demo'], { ADMIN_DATABASE_URL: adminUrl })
    expect(up.code).toBe(0)
    expect(up.stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(up.stdout)).toEqual({ apiUrl, migratorUrl, demo: 'halden-roe' })
    expect(up.stderr).toMatch(/_expand_scope \d+ ms\n/)

    const status = await run(['status', '--json'], { MIGRATION_DATABASE_URL: migratorUrl })
    expect(status.code).toBe(0)
    expect(JSON.parse(status.stdout)).toMatchObject({ fits: true, complaint: null, pending: [] })
    expect(await run(['wait', '--timeout', '0'], { DATABASE_URL: apiUrl })).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})
