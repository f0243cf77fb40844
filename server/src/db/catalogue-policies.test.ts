import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { anAnswerForEverybody } from '../../test/keyed.ts'
import { seedCrowd } from '../seed/crowd.ts'
import { tables } from './catalogue-tables.ts'
import { connect, literal, sqlState, withConnection } from './provision-connection.ts'

/** Somebody of organization crowd-2, who has entered it and now tries to reach into crowd-1. */
const outsiderEnters = async (admin: Client) => {
  const { rows } = await admin.query(
    `insert into app.sessions (user_id) select m.user_id from app.memberships m join app.organizations o on o.id = m.organization_id
       where o.slug = 'crowd-2' and m.role = 'owner' returning id, user_id`,
  )
  await admin.query('set local session authorization mortise_api')
  await admin.query(`select app.enter_organization($1, $2, 'crowd-2', '{owner}')`, [rows[0].user_id, rows[0].id])
}

/** Which rows of a table are crowd-1's, as a condition. */
const theirs = (table: string): string => {
  const organization = `(select id from app.organizations where slug = 'crowd-1')`
  const people = `(select user_id from app.memberships where organization_id = ${organization})`
  if (tables[table]?.class === 'tenant') return `organization_id = ${organization}`
  if (tables[table]?.class === 'organization') return `id = ${organization}`
  return `${table === 'users' ? 'id' : 'user_id'} in ${people}`
}

type Shape = { key: string; column: string }

/** The column that says whose a row is, and one that is no key, to write into. */
async function shapeOf(admin: Client, table: string): Promise<Shape> {
  const { rows } = await admin.query(
    `select attname from pg_attribute a where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> 'user_id' and attname <> 'slug'
       and not exists (select from pg_index i where i.indrelid = a.attrelid and i.indisprimary and a.attnum = any (i.indkey)) order by attnum desc limit 1`,
    [`app.${table}`],
  )
  const key = tables[table]?.class === 'tenant' ? 'organization_id' : ['sessions', 'idempotency_keys'].includes(table) ? 'user_id' : 'id'
  return { key, column: rows[0].attname }
}

/**
 * All that an outsider can do to crowd-1's rows of `table` when nothing but its policies is in the way: every right on the
 * table is granted first. The transaction is left open for the caller to throw away.
 */
async function leaks(admin: Client, table: string): Promise<string[]> {
  const { key, column } = await shapeOf(admin, table)
  await admin.query(`grant select, insert, update, delete on app.${table} to mortise_api`)
  const { rows } = await admin.query(`select to_jsonb(t) as row from app.${table} t where ${theirs(table)}`)
  expect(rows.length, `rows of crowd-1 in ${table}`).toBeGreaterThan(0)
  const before = await placesOf(admin, table)
  const row = literal(JSON.stringify(rows[0].row))
  const id = literal(rows[0].row[key])
  await outsiderEnters(admin)

  const attempts: Record<string, string> = {
    'sees rows': `select from app.${table} where ${key} = ${id}`,
    // without a condition and without reading, the policy for changes stands alone
    'changes rows': `update app.${table} set ${column} = (jsonb_populate_record(null::app.${table}, ${row})).${column}`,
    'deletes rows': `delete from app.${table}`,
    'adds a row': `insert into app.${table} select * from jsonb_populate_record(null::app.${table}, ${row})`,
    'gives a row away': `update app.${table} set ${key} = ${id}`,
  }
  const found: string[] = []
  for (const [what, sql] of Object.entries(attempts)) if (await succeeds(admin, table, before, what, sql)) found.push(what)
  return found
}

// A row that is changed moves, even when it is changed to what it was.
const placesOf = async (admin: Client, table: string): Promise<string> =>
  (await admin.query(`select array_agg(ctid order by ctid)::text as places from app.${table} where ${theirs(table)}`)).rows[0].places

async function succeeds(admin: Client, table: string, before: string, what: string, sql: string): Promise<boolean> {
  await admin.query('savepoint attempt')
  try {
    const { rowCount } = await admin.query(sql)
    if (what === 'sees rows') return rowCount !== 0
    await admin.query('reset session authorization')
    return (await placesOf(admin, table)) !== before
  } catch (error) {
    // Row level security answers with 42501, a missing scope with MO500. Whatever else refuses, the policy had let it through.
    return !['42501', 'MO500'].includes(sqlState(error) ?? '')
  } finally {
    await admin.query('rollback to attempt') // which also brings the outsider back
  }
}

type Policy = { table: string; policy: string; cmd: string; roles: string[] }
const policies = await withConnection(inject('templateUrl'), async (client) => {
  const { rows } = await client.query<Policy>(
    `select tablename as "table", policyname as policy, cmd, roles::text[] from pg_policies where schemaname = 'app' order by 1, 2`,
  )
  return rows
})

let database: TestDatabase
beforeAll(async () => {
  database = await aDatabase()
  await seedCrowd(database.migratorUrl, { organizations: 2, projects: 1, tasks: 2 })
  await withConnection(database.adminUrl, (admin) => admin.query(anAnswerForEverybody))
  await withConnection(database.adminUrl, (admin) => admin.query(`update app.projects set description = 'for the audit trail'`))
})
afterAll(() => database.drop())

const tryOut = async (table: string, change?: string): Promise<string[]> => {
  const admin = await connect(database.adminUrl)
  try {
    await admin.query('begin')
    if (change) await admin.query(change)
    return await leaks(admin, table)
  } finally {
    await admin.end()
  }
}

describe('to somebody of another organization', () => {
  it('there are policies to test', () => {
    expect(new Set(policies.map(({ table }) => table))).toEqual(
      new Set(Object.entries(tables).flatMap(([table, { class: is }]) => (is === 'system' ? [] : [table]))),
    )
  })

  it.each([...new Set(policies.map(({ table }) => table))])('%s gives nothing, even with every right on the table', async (table) => {
    expect(await tryOut(table)).toEqual([])
  })

  it.each(policies)('$table would give something away if anybody could pass its policy $policy', async ({ table, policy, cmd, roles }) => {
    const open = roles.includes('mortise_doorkeeper')
      ? `to public`
      : [cmd === 'INSERT' ? '' : 'using (true)', cmd === 'SELECT' || cmd === 'DELETE' ? '' : 'with check (true)'].join(' ')
    expect(await tryOut(table, `alter policy ${policy} on app.${table} ${open}`)).not.toEqual([])
  })

  it('the doorkeeper, whose policies let everything through, is nobody that the runtime can become', async () => {
    const become = (client: Client) => client.query('set role mortise_doorkeeper')
    await expect(withConnection(database.apiUrl, become)).rejects.toMatchObject({ code: '42501' })
  })
})
