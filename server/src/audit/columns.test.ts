/** Every column of an audited table is shown or kept back for a reason: nobody forgets one, and nobody shows a secret by accident. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { withConnection } from '../db/provision-connection.ts'

const keptBack: Record<string, string> = {
  organization_id: 'says whose entry it is',
  id: 'is the entity of the entry',
  user_id: 'is the entity of the entry',
  version: 'changes with every change',
  created_at: 'is when the entry was written',
  updated_at: 'is when the entry was written',
  'projects.open_tasks': 'is counted, and the tasks have entries of their own',
  'projects.done_tasks': 'is counted, and the tasks have entries of their own',
  'tasks.position': 'is an order, which says nothing about what a task is',
  'invitations.token_hash': 'is a secret',
}

let database: TestDatabase
beforeAll(async () => void (database = await aDatabase()))
afterAll(() => database.drop())

/** Columns that the triggers do not name, after a change that is thrown away. */
const unnamed = (change = 'select 1'): Promise<string[]> =>
  withConnection(database.adminUrl, async (admin) => {
    await admin.query('begin')
    await admin.query(change)
    const { rows } = await admin.query<{ name: string }>(
      `select c.relname || '.' || a.attname as name
       from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_attribute a on a.attrelid = c.oid
       where t.tgfoid = 'app.audit()'::regprocedure and t.tgname = 'audit' and a.attnum > 0 and not a.attisdropped
         and not a.attname::text = any ((string_to_array(encode(t.tgargs, 'escape'), '\\000'))[4:]) order by 1`,
    )
    return rows.map(({ name }) => name).filter((name) => !(name in keptBack) && !((name.split('.')[1] ?? '') in keptBack))
  })

it('every column is shown, or somebody said why not', async () => expect(await unnamed()).toEqual([]))

it('a new column is noticed', async () => expect(await unnamed('alter table app.tasks add column remark text')).toEqual(['tasks.remark']))
