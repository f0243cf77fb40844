import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { schemaSnapshot } from './catalogue-snapshot.ts'
import { withConnection } from './provision-connection.ts'

const file = fileURLToPath(new URL('../../schema.sql', import.meta.url))

let database: TestDatabase
beforeAll(async () => void (database = await aDatabase()))
afterAll(() => database.drop())

describe('schema.sql', () => {
  it('shows what the migrations make', async () => {
    const made = await withConnection(database.adminUrl, schemaSnapshot)
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(file, made)
    expect(made, 'Review the change, then rewrite the file with UPDATE_SCHEMA=1').toBe(readFileSync(file, 'utf8'))
  })

  it.each([
    ['a column', 'alter table app.tasks add column extra text'],
    ['a right', 'grant delete on app.users to mortise_api'],
    ['a policy', 'alter policy organization on app.tasks using (true)'],
    ['a flag', 'alter table app.tasks no force row level security'],
    ['an index', 'drop index app.tasks_in_order'],
    ['a function', `alter function app.current_account() volatile`],
    ['a trigger', 'drop trigger count_tasks on app.tasks'],
    ['a view', 'create view app.every_task as select id from app.tasks'],
  ])('would show %s that changes', async (_, change) => {
    await withConnection(database.adminUrl, async (admin) => {
      await admin.query('begin')
      await admin.query(change)
      expect(await schemaSnapshot(admin)).not.toBe(readFileSync(file, 'utf8'))
    })
  })
})
