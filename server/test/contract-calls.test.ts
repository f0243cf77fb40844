/** The contract: every call on organizations, projects and tasks, with its path, status and exact shape. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest, type Caller } from './caller.ts'
import { aProject, aStaffedOrganization, aTask, type Staffed } from './makers.ts'
import { aServer, type TestServer } from './server.ts'
import { moment, shapes } from './shapes.ts'

let server: TestServer
let staff: Staffed
let owner: Caller
beforeAll(async () => {
  server = await aServer()
  staff = await aStaffedOrganization(server)
  owner = staff.owner
})
afterAll(() => server.close())

const org = () => `/orgs/${staff.organization.id}`
const plain = ({ status, body }: { status: number; body: unknown }) => ({ status, body })

describe('an organization', () => {
  it('is created with 201 and a Location that leads to it', async () => {
    const made = await owner.post('/orgs', { name: 'Tidewater', slug: 'tidewater-one' })
    expect(plain(made)).toEqual({
      status: 201,
      body: { ...shapes.organization, name: 'Tidewater', slug: 'tidewater-one', role: 'owner', version: 1 },
    })
    const location = made.headers.get('location')
    expect(location).toBe(`/api/v1/orgs/${made.body.id}`)
    expect((await owner.get(String(location).replace('/api/v1', ''))).body).toEqual(made.body)
  })

  it('gets its slug from the name, with a tail where that is taken', async () => {
    const [first, second] = [await owner.post('/orgs', { name: 'Égalité & Söhne' }), await owner.post('/orgs', { name: 'Égalité & Söhne' })]
    expect(first.body.slug).toBe('egalite-sohne')
    expect(second.body.slug).toMatch(/^egalite-sohne-[0-9a-f]{4}$/)
  })

  it('is read, changed and deleted by its id and by its slug', async () => {
    const { body: made } = await owner.post('/orgs', { name: 'Read and gone' })
    expect(plain(await owner.get(`/orgs/${made.slug}`))).toEqual({ status: 200, body: made })
    const changed = await owner.put(`/orgs/${made.slug}`, { name: 'Read and changed', version: 1 })
    expect(plain(changed)).toEqual({ status: 200, body: { ...made, name: 'Read and changed', version: 2, updatedAt: moment } })
    expect(plain(await owner.delete(`/orgs/${made.id}?version=2`))).toEqual({ status: 204, body: undefined })
    expect(await owner.get(`/orgs/${made.id}`)).toMatchObject({ status: 404, body: { error: 'ORG_NOT_FOUND' } })
  })

  it('is listed to those who belong to it', async () => {
    const { status, body } = await staff.viewer.get('/orgs')
    expect({ status, body }).toEqual({
      status: 200,
      body: { items: [{ ...shapes.organization, id: staff.organization.id, role: 'viewer' }], nextCursor: null },
    })
  })

  it('shows its members and gives them roles', async () => {
    const { status, body } = await staff.viewer.get(`${org()}/members`)
    expect({ status, body }).toEqual({ status: 200, body: { items: Array.from({ length: 4 }, () => shapes.member), nextCursor: null } })
    const viewer = (body.items as { userId: string; version: number }[]).find(({ userId }) => userId === staff.viewer.userId)
    const changed = await owner.put(`${org()}/members/${staff.viewer.userId}`, { role: 'member', version: viewer?.version })
    expect(plain(changed)).toEqual({ status: 200, body: { ...viewer, role: 'member', version: 2 } })
    expect((await owner.put(`${org()}/members/${staff.viewer.userId}`, { role: 'viewer', version: 2 })).status).toBe(200)
  })

  it('lets a member be removed', async () => {
    const newcomer = await aGuest(server)
    const { body } = await owner.post(`${org()}/invitations`, { role: 'member' })
    await newcomer.post('/invitations/accept', { token: body.token })
    expect(plain(await owner.delete(`${org()}/members/${newcomer.userId}`))).toEqual({ status: 204, body: undefined })
  })

  it('says what its dashboard shows', async () => {
    const { status, body } = await staff.viewer.get(`${org()}/stats`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      projects: expect.any(Number),
      members: 4,
      openTasks: expect.any(Number),
      doneIn30Days: expect.any(Number),
    })
    expect(body.completedPerDay).toHaveLength(30)
    expect(body.recentActivity[0]).toMatchObject(shapes.event)
  })
})

describe('an invitation', () => {
  it('is made with 201, with a token that is shown once and a link', async () => {
    const { status, body } = await owner.post(`${org()}/invitations`, { role: 'member' })
    expect({ status, body }).toEqual({ status: 201, body: { ...shapes.invitationMade, role: 'member' } })
    expect(new URL(body.url).hash).toBe(`#${body.token}`)
    const hours = (Date.parse(body.expiresAt) - Date.now()) / 3_600_000
    expect(Math.round(hours)).toBe(72)
    const { body: listed } = await owner.get(`${org()}/invitations`)
    expect(listed.items[0]).toEqual({ ...shapes.invitation, id: body.id, createdBy: owner.userId })
    expect(JSON.stringify(listed)).not.toContain(body.token)
  })

  it('lives as many hours as it is asked to, from 1 to 168', async () => {
    for (const hours of [1, 168]) {
      const { body } = await owner.post(`${org()}/invitations`, { role: 'member', expiresInHours: hours })
      expect(Math.round((Date.parse(body.expiresAt) - Date.now()) / 3_600_000)).toBe(hours)
    }
    for (const hours of [0, 169, 1.5])
      expect((await owner.post(`${org()}/invitations`, { role: 'member', expiresInHours: hours })).status).toBe(400)
  })

  it('is accepted with 200 and the organization, and revoked with 204', async () => {
    const { body: made } = await owner.post(`${org()}/invitations`, { role: 'viewer' })
    const accepted = await (await aGuest(server)).post('/invitations/accept', { token: made.token })
    expect(plain(accepted)).toEqual({ status: 200, body: { ...shapes.organization, id: staff.organization.id, role: 'viewer' } })
    const { body: other } = await owner.post(`${org()}/invitations`, { role: 'viewer' })
    expect(plain(await owner.delete(`${org()}/invitations/${other.id}`))).toEqual({ status: 204, body: undefined })
  })
})

describe('a project', () => {
  it('is created with 201 and a Location that leads to it', async () => {
    const made = await owner.post(`${org()}/projects`, { name: 'Harbour wall', description: 'Stones' })
    expect(plain(made)).toEqual({
      status: 201,
      body: {
        ...shapes.project,
        name: 'Harbour wall',
        slug: 'harbour-wall',
        description: 'Stones',
        openTasks: 0,
        doneTasks: 0,
        version: 1,
      },
    })
    expect(made.headers.get('location')).toBe(`/api/v1/projects/${made.body.id}`)
    expect(plain(await owner.get(`/projects/${made.body.id}`))).toEqual({ status: 200, body: made.body })
  })

  it('is changed in some fields or all, archived, and deleted', async () => {
    const made = await aProject(owner, staff.organization)
    const all = { name: 'New name', slug: 'new-name-of-all', description: 'New words', archived: true }
    const changed = await owner.put(`/projects/${made.id}`, { ...all, version: 1 })
    expect(plain(changed)).toEqual({
      status: 200,
      body: { ...made, name: all.name, slug: all.slug, description: all.description, archivedAt: moment, updatedAt: moment, version: 2 },
    })
    expect((await owner.put(`/projects/${made.id}`, { version: 2, description: '' })).body).toMatchObject({
      name: 'New name',
      description: '',
      version: 3,
    })
    expect(plain(await owner.delete(`/projects/${made.id}`))).toEqual({ status: 204, body: undefined })
  })

  it('is listed newest first, and found by words of its name', async () => {
    const [older, newer] = [
      await aProject(owner, staff.organization, { name: 'Quay 50%' }),
      await aProject(owner, staff.organization, { name: 'Quay 50x' }),
    ]
    const { status, body } = await staff.viewer.get(`${org()}/projects?q=quay 50`)
    expect({ status, body }).toEqual({ status: 200, body: { items: [newer, older], nextCursor: null } })
    expect((await staff.viewer.get(`${org()}/projects?q=${encodeURIComponent('50%')}`)).body.items, 'a wildcard of SQL').toEqual([older])
  })
})

describe('a task', () => {
  it('is created with 201 and a Location that leads to it', async () => {
    const project = await aProject(owner, staff.organization)
    const made = await owner.post(`/projects/${project.id}/tasks`, { title: 'Point the wall' })
    expect(plain(made)).toEqual({
      status: 201,
      body: { ...shapes.task, projectId: project.id, title: 'Point the wall', description: '', status: 'todo', version: 1 },
    })
    expect(made.headers.get('location')).toBe(`/api/v1/tasks/${made.body.id}`)
    expect(plain(await owner.get(`/tasks/${made.body.id}`))).toEqual({ status: 200, body: made.body })
  })

  it('takes all its fields at creation and in a change', async () => {
    const project = await aProject(owner, staff.organization)
    const all = { title: 'All', description: 'Words', status: 'done', assigneeId: staff.member.userId, dueOn: '2026-11-21' }
    const made = await owner.post(`/projects/${project.id}/tasks`, all)
    expect(plain(made)).toEqual({ status: 201, body: { ...shapes.task, ...all, completedAt: moment } })
    const change = { title: 'Other', description: '', status: 'doing', assigneeId: null, dueOn: null }
    const changed = await owner.put(`/tasks/${made.body.id}`, { ...change, version: 1 })
    expect(plain(changed)).toEqual({ status: 200, body: { ...made.body, ...change, completedAt: null, updatedAt: moment, version: 2 } })
  })

  it('is listed in board order, moved and deleted', async () => {
    const project = await aProject(owner, staff.organization)
    const [first, second] = [await aTask(owner, project), await aTask(owner, project)]
    const listed = await staff.viewer.get(`/projects/${project.id}/tasks`)
    expect(plain(listed)).toEqual({ status: 200, body: { items: [first, second], nextCursor: null } })
    const moved = await owner.post(`/tasks/${second.id}/move`, { beforeId: first.id, version: 1 })
    expect(plain(moved)).toEqual({ status: 200, body: { ...second, updatedAt: moment, version: 2 } })
    expect((await owner.get(`/projects/${project.id}/tasks`)).body.items).toEqual([moved.body, first])
    expect(plain(await owner.delete(`/tasks/${first.id}?version=1`))).toEqual({ status: 204, body: undefined })
  })
})
