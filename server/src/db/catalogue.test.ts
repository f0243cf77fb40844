import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase, anEmptyDatabase, type TestDatabase } from '../../test/database.ts'
import { anAnswerForEverybody } from '../../test/keyed.ts'
import { catalogueFaults } from './catalogue.ts'
import { faultsQuery } from './catalogue-query.ts'
import { tables } from './catalogue-tables.ts'
import { withConnection } from './provision-connection.ts'
import { seedCrowd } from '../seed/crowd.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await aDatabase()
  await seedCrowd(database.migratorUrl, { organizations: 1, projects: 1, tasks: 1 })
  await withConnection(database.adminUrl, (admin) => admin.query(anAnswerForEverybody))
  await withConnection(database.adminUrl, (admin) => admin.query(`update app.projects set description = 'for the audit trail'`))
})
afterAll(() => database.drop())

/** What the runtime role would find after `breaking`; nothing stays broken, and nobody else sees it. */
const faultsAfter = (breaking: string, session = 'mortise_api') =>
  withConnection(database.adminUrl, async (admin) => {
    await admin.query('begin')
    await admin.query(breaking)
    await admin.query(`set local session authorization ${session}`)
    return await catalogueFaults(admin)
  })

const canaries: [breaking: string, fault: string | RegExp][] = [
  ['create table app.notes (id uuid)', 'Table notes is not classified: add it to catalogue-tables.ts.'],
  ['drop table app.tasks cascade', 'Table tasks is classified but does not exist.'],
  ['alter table app.tasks owner to mortise_backup', 'Table tasks belongs to mortise_backup instead of mortise_owner.'],
  ['alter table app.tasks disable row level security', 'Table tasks does not enable row level security.'],
  ['alter table app.users no force row level security', 'Table users does not force row level security on its owner.'],
  ['drop policy organization on app.events', 'Table events has no policy for those who are asking.'],
  ['alter policy organization on app.tasks using (true)', 'Policy organization on tasks does not ask for the scope.'],
  ['alter policy organization on app.tasks with check (true)', 'Policy organization on tasks does not ask for the scope.'],
  ['alter policy doorkeeper_select on app.tasks to public', 'Policy doorkeeper_select on tasks does not ask for the scope.'],
  [
    'alter table app.tasks drop constraint tasks_pkey cascade; alter table app.tasks alter organization_id drop not null',
    'Table tasks has no organization_id that is never null.',
  ],
  ['alter table app.event_heads drop constraint event_heads_pkey', 'Table event_heads has no index that leads with organization_id.'],
  ['drop trigger audit_change on app.tasks', 'Table tasks leaves no audit trail when its rows are updated.'],
  ['alter table app.projects disable trigger audit', 'Table projects leaves no audit trail when its rows are deleted.'],
  ['create unique index by_title on app.tasks (title)', /^Unique key (app\.)?by_title of tasks spans organizations\.$/],
  [
    'create unique index by_title on app.tasks (title) include (organization_id)',
    /^Unique key (app\.)?by_title of tasks spans organizations\.$/,
  ],
  ['create unique index by_name on app.organizations (name)', /^Unique key (app\.)?by_name of organizations spans organizations\.$/],
  [
    'create unique index only_id on app.projects (id); alter table app.tasks add constraint loose foreign key (project_id) references app.projects (id)',
    /^Foreign key loose of (app\.)?tasks can point into another organization\.$/,
  ],
  ['alter role mortise_worker rename to somebody', 'Role mortise_worker does not exist.'],
  ['alter role mortise_doorkeeper login', 'Role mortise_doorkeeper can log in.'],
  ['alter role mortise_owner bypassrls', 'Role mortise_owner is a superuser or passes by row level security.'],
  ['alter role mortise_api superuser', 'Role mortise_api is a superuser.'],
  ['alter role mortise_api bypassrls', 'Role mortise_api is not held by row level security.'],
  ['alter role mortise_worker createrole', 'Role mortise_worker is allowed to make roles.'],
  ['alter role mortise_worker createdb', 'Role mortise_worker is allowed to make databases.'],
  ['alter role mortise_readonly replication', 'Role mortise_readonly is allowed to replicate.'],
  ['grant mortise_owner to mortise_api', 'Role mortise_api is a member of mortise_owner.'],
  [
    'grant create on schema app to mortise_api; alter function app.count_tasks() owner to mortise_api',
    'Role mortise_api owns app.count_tasks().',
  ],
  ['alter schema app owner to mortise_api', 'Role mortise_api owns schema app.'],
  ['grant truncate on app.tasks to mortise_api', 'Role mortise_api may truncate table tasks.'],
  ['grant references (id) on app.users to mortise_worker', 'Role mortise_worker may references table users.'],
  ['grant trigger on app.tasks to mortise_backup', 'Role mortise_backup may trigger table tasks.'],
  ['grant select on app.tasks to public', 'Everybody may select table tasks.'],
  ['grant update (version) on app.schema_meta to mortise_api', 'Role mortise_api may write the system table schema_meta.'],
  [
    `do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$`,
    /^Everybody may temporary in database/,
  ],
  [`do $$ begin execute format('grant create on database %I to public', current_database()); end $$`, /^Everybody may create in database/],
  ['grant usage on schema app to public', 'Everybody may use schema app.'],
  ['grant create on schema public to public', 'Everybody may create in schema public.'],
  [
    'alter function app.enter_account(uuid, uuid) reset search_path',
    'Function app.enter_account(uuid,uuid) runs as its owner and its search_path is not fixed.',
  ],
  [
    'alter function app.end_session(uuid) owner to mortise_owner',
    'Function app.end_session(uuid) runs as mortise_owner instead of mortise_doorkeeper.',
  ],
  ['grant execute on function app.end_session(uuid) to public', 'Function app.end_session(uuid) may be called by everybody.'],
  [
    'create function public.door() returns int language sql security definer as $$ select 1 $$',
    /^Function (public\.)?door\(\) may be called by everybody\.$/,
  ],
  ['create view app.every_task as select * from app.tasks', 'View every_task reads with the rights of its owner: set security_invoker.'],
  [
    'create materialized view app.counts as select count(*) from app.tasks; grant select on app.counts to mortise_readonly',
    'Materialized view counts can be read by mortise_readonly, and no policy holds there.',
  ],
  [
    'create table public.copy (id uuid); grant select on public.copy to mortise_api; grant usage on schema public to mortise_api',
    'public.copy can be read by mortise_api and is outside schema app.',
  ],
]

describe('the catalogue', () => {
  it('finds nothing on a migrated database', async () => {
    await withConnection(database.apiUrl, async (client) => {
      expect(await catalogueFaults(client)).toEqual([])
    })
  })

  it.each(canaries)('finds: %s', async (breaking, fault) => {
    expect((await faultsAfter(breaking)).filter((found) => (typeof fault === 'string' ? found === fault : fault.test(found)))).toHaveLength(
      1,
    )
  })

  it('has a canary for each of its rules', () => {
    const rules = [...faultsQuery.matchAll(/format\('([^']+)'/g)].map((match) => match[1] ?? '')
    expect(rules.length).toBeGreaterThan(25)
    const words = canaries.map(([, fault]) =>
      typeof fault === 'string' ? fault : fault.source.replaceAll(/[\\^$()?]|app\\\.|public\\\./g, ''),
    )
    expect(
      rules.filter((rule) => !words.some((text) => rule.split('%s').every((piece) => text.includes(piece.trim().replace(/\.$/, ''))))),
    ).toEqual([])
  })

  it('judges whoever is logged in', async () => {
    expect(await faultsAfter('select 1', 'mortise_migrator')).toContain('Role mortise_migrator is a member of mortise_owner.')
    await withConnection(database.adminUrl, async (admin) =>
      expect(await catalogueFaults(admin)).toContainEqual(expect.stringMatching(/^Role .* is a superuser\.$/)),
    )
  })

  it('lets a migration that moves rows see them as the owner', async () => {
    expect(await faultsAfter('create policy moving on app.tasks to mortise_owner using (true)')).toEqual([])
  })

  it('accepts a partition, and asks of it what it asks of its table', async () => {
    const partition = 'create table app.tasks_1 () inherits (app.tasks)'
    const found = await faultsAfter(partition)
    expect(found).not.toContainEqual(expect.stringMatching(/not classified/))
    expect(found).toContain('Table tasks_1 does not force row level security on its owner.')
  })

  it('lets a table be that a newer release has added, if it is guarded', async () => {
    const newer = `update app.schema_meta set version = '99991231_0000'; create table app.notes (organization_id uuid not null); alter table app.notes owner to mortise_owner;`
    expect(await faultsAfter(newer)).toEqual([
      'Table notes does not enable row level security.',
      'Table notes does not force row level security on its owner.',
      'Table notes has no policy for those who are asking.',
    ])
  })

  it('says so when the schema does not fit this program', async () => {
    expect(await faultsAfter(`update app.schema_meta set version = '20200101_0000'`)).toEqual([
      expect.stringMatching(/^Schema: the database is at 20200101_0000/),
    ])
    const empty = await anEmptyDatabase()
    expect(await withConnection(empty.apiUrl, catalogueFaults)).toEqual(['Schema: the database has not been migrated yet.'])
    await empty.drop()
  })
})

describe('without a scope', () => {
  const guarded = Object.entries(tables).filter(([, { class: is }]) => is !== 'system')

  it.each(guarded.map(([table]) => table))('a look at %s is an error, not an empty answer', async (table) => {
    const look = (client: Client) => client.query(`select * from app.${table} limit 1`)
    expect((await withConnection(database.adminUrl, look)).rowCount).toBe(1)
    await expect(withConnection(database.apiUrl, look)).rejects.toMatchObject({ code: 'MO500', message: 'SCOPE_MISSING' })
  })

  it('the owner sees nothing either', async () => {
    await withConnection(database.migratorUrl, async (client) => {
      await client.query('set role mortise_owner')
      for (const [table] of guarded)
        expect({ table, rows: (await client.query(`select from app.${table}`)).rowCount }).toEqual({ table, rows: 0 })
    })
  })
})
