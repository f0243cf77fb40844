/** The audit trail, as those meet it who may read it. */
import type { AuditEntry } from '@mortise/shared/audit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest, type Caller } from '../../test/caller.ts'
import { aProject, aStaffedOrganization, aTask, type Staffed } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { withConnection } from '../db/provision-connection.ts'

let server: TestServer
beforeAll(async () => void (server = await aServer({ env: { TRUSTED_PROXIES: '1' } })))
afterAll(() => server.close())

const trail = async ({ owner, organization }: Pick<Staffed, 'owner' | 'organization'>, query = ''): Promise<AuditEntry[]> =>
  (await owner.get(`/orgs/${organization.id}/audit?limit=100${query}`)).body.items
const newest = async (staff: Staffed) => (await trail(staff))[0]
const asAdministrator = <Row extends object>(sql: string, values: unknown[] = []) =>
  withConnection(server.database.adminUrl, async (admin) => (await admin.query<Row>(sql, values)).rows)
const nameOf = async (caller: Caller) => (await caller.get('/auth/me')).body.name as string

describe('an entry of the audit trail', () => {
  it('says who, what, when, from where and by which call', async () => {
    const staff = await aStaffedOrganization(server)
    const began = new Date().toISOString()
    const answer = await staff.member.post(
      `/orgs/${staff.organization.id}/projects`,
      { name: 'Atlas', description: 'Maps' },
      { 'user-agent': 'a browser', 'x-forwarded-for': '203.0.113.7' },
    )
    const entry = await newest(staff)
    expect(entry).toEqual({
      seq: 12,
      at: expect.any(String),
      actorId: staff.member.userId,
      actorName: await nameOf(staff.member),
      procedure: 'projects.create',
      action: 'created',
      entity: 'project',
      entityId: answer.body.id,
      entityName: 'Atlas',
      before: null,
      after: { name: 'Atlas', slug: 'atlas', description: 'Maps' },
      requestId: answer.headers.get('x-request-id'),
      address: '203.0.113.7',
      userAgent: 'a browser',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(entry?.at.localeCompare(began)).toBe(1)
  })

  it('is written for every kind of change, in order and without a gap', async () => {
    const staff = await aStaffedOrganization(server)
    const { owner, viewer, organization } = staff
    const project = await aProject(owner, organization)
    const task = await aTask(owner, project)
    await owner.put(`/orgs/${organization.id}`, { name: 'Renamed', version: 1 })
    await owner.put(`/orgs/${organization.id}/members/${viewer.userId}`, { role: 'member', version: 1 })
    await owner.put(`/projects/${project.id}`, { archived: true, version: 1 })
    await owner.put(`/tasks/${task.id}`, { status: 'done', version: 1 })
    const { body } = await owner.post(`/orgs/${organization.id}/invitations`, { role: 'viewer' })
    await owner.delete(`/orgs/${organization.id}/invitations/${body.id}`)
    await owner.delete(`/projects/${project.id}`)
    await owner.delete(`/orgs/${organization.id}/members/${viewer.userId}`)
    const entries = (await trail(staff)).toReversed()
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1))
    const [, ...since] = entries.slice(1).map(({ entity, action }) => `${entity} ${action}`)
    expect(since.slice(0, 9).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'invitation changed'),
      ...Array.from({ length: 3 }, () => 'invitation created'),
      ...Array.from({ length: 3 }, () => 'member created'),
    ])
    expect(since.slice(9)).toEqual([
      'project created', 'task created', 'organization changed', 'member changed', 'project changed', 'task changed',
      'invitation created', 'invitation deleted', 'project deleted', 'task deleted', 'member deleted',
    ]) // prettier-ignore
  })

  it('shows of a change what changed, before and after', async () => {
    const staff = await aStaffedOrganization(server)
    const project = await aProject(staff.owner, staff.organization, { name: 'Before' })
    await staff.owner.put(`/projects/${project.id}`, { name: 'After', version: 1 })
    expect(await newest(staff)).toMatchObject({ entityName: 'After', before: { name: 'Before' }, after: { name: 'After' } })
  })

  it('is not written where nothing changes that is shown: an order, a count, a version', async () => {
    const staff = await aStaffedOrganization(server)
    const project = await aProject(staff.owner, staff.organization)
    const task = await aTask(staff.owner, project)
    const before = await newest(staff)
    expect((await staff.owner.put(`/tasks/${task.id}`, { title: task.title, version: 1 })).status).toBe(200)
    expect((await staff.owner.post(`/tasks/${task.id}/move`, { to: 'start', version: 2 })).status).toBe(200)
    expect(await newest(staff)).toEqual(before)
  })

  it('is not written for what is refused', async () => {
    const staff = await aStaffedOrganization(server)
    const project = await aProject(staff.owner, staff.organization)
    const before = await newest(staff)
    expect((await staff.owner.put(`/projects/${project.id}`, { name: 'Late', version: 7 })).status).toBe(409)
    expect((await staff.viewer.put(`/projects/${project.id}`, { name: 'Mine', version: 1 })).status).toBe(403)
    expect(await newest(staff)).toEqual(before)
  })

  it('names nobody, but the login, where somebody changes something at a prompt of the database', async () => {
    const staff = await aStaffedOrganization(server)
    const project = await aProject(staff.owner, staff.organization)
    await asAdministrator(`update app.projects set name = 'By hand' where id = $1`, [project.id])
    expect(await newest(staff)).toMatchObject({
      actorId: null,
      actorName: null,
      procedure: null,
      address: null,
      after: { name: 'By hand' },
    })
    expect(
      await asAdministrator(`select login from app.audit_entries where organization_id = $1 order by seq desc limit 2`, [
        staff.organization.id,
      ]),
    ).toEqual([{ login: expect.not.stringMatching('mortise_api') }, { login: 'mortise_api' }])
  })

  it('is gone with its organization, however much there was', async () => {
    const staff = await aStaffedOrganization(server)
    await asAdministrator(
      `insert into app.projects (organization_id, name, slug) select $1, 'Many ' || n, 'many-' || n from generate_series(1, 500) n`,
      [staff.organization.id],
    )
    expect((await staff.owner.delete(`/orgs/${staff.organization.id}`)).status).toBe(204)
    for (const table of ['audit_entries', 'audit_heads'])
      expect(await asAdministrator(`select from app.${table} where organization_id = $1`, [staff.organization.id])).toEqual([])
  })
})

describe('the list', () => {
  it('finds what it is asked for: by person, kind, thing, action and time', async () => {
    const staff = await aStaffedOrganization(server)
    const project = await aProject(staff.member, staff.organization)
    await staff.owner.put(`/projects/${project.id}`, { name: 'Renamed', version: 1 })
    const found = async (query: string) => (await trail(staff, query)).map(({ entity, action }) => `${entity} ${action}`)
    expect(await found(`&actor=${staff.member.userId}&entity=project`)).toEqual(['project created'])
    expect(await found('&actor=me&entity=project')).toEqual(['project changed'])
    expect(await found(`&entityId=${project.id}`)).toEqual(['project changed', 'project created'])
    expect(await found('&action=deleted')).toEqual([])
    const [changed, created] = await trail(staff)
    expect(await found(`&entity=project&since=${changed?.at}`)).toContain('project changed')
    expect(await found(`&entity=project&until=${created?.at}`)).not.toContain('project created')
  })

  it('is shown to owners and admins, not to others', async () => {
    const staff = await aStaffedOrganization(server)
    const asked = [staff.owner, staff.admin, staff.member, staff.viewer, await aGuest(server)]
    const statuses = await Promise.all(asked.map(async (who) => (await who.get(`/orgs/${staff.organization.id}/audit`)).status))
    expect(statuses).toEqual([200, 200, 403, 403, 404])
  })
})

describe('nobody changes the trail', () => {
  const attempts = {
    'changes an entry': `update app.audit_entries set actor_name = 'Somebody else'`,
    'deletes an entry': `delete from app.audit_entries`,
    'empties it': `truncate app.audit_entries`,
    'empties it with everything': `truncate app.organizations cascade`,
    'deletes the head': `delete from app.audit_heads`,
  }
  it.each(Object.entries(attempts))('neither the owner of the table nor an administrator: %s', async (_what, sql) => {
    await aStaffedOrganization(server)
    await expect(asAdministrator(sql)).rejects.toThrow('The audit trail is append-only')
  })

  it.each([...Object.values(attempts), `insert into app.audit_entries select * from app.audit_entries`])(
    'nor does the server: %s',
    async (sql) => {
      await expect(withConnection(server.database.apiUrl, (client) => client.query(sql))).rejects.toMatchObject({ code: '42501' })
    },
  )
})
