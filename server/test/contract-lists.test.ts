/** The contract: lists, their pages and their cursors. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest, callerWith, type Caller } from './caller.ts'
import { aProject, aStaffedOrganization, aTask, anOrganization, type Staffed } from './makers.ts'
import { aServer, type TestServer } from './server.ts'
import { aServerWithoutDatabase } from './without-database.ts'

let server: TestServer
let dead: TestServer
let staff: Staffed
let lists: Record<string, string>
let all: Record<string, string[]>

beforeAll(async () => {
  server = await aServer()
  dead = await aServerWithoutDatabase()
  staff = await aStaffedOrganization(server)
  for (let i = 0; i < 4; i++) await anOrganization(staff.owner, i < 2 ? 'Same name' : undefined)
  const projects = []
  for (let i = 0; i < 5; i++) projects.push(await aProject(staff.owner, staff.organization))
  const [project] = projects
  if (project) for (let i = 0; i < 5; i++) await aTask(staff.owner, project, { title: `Task ${i}` })
  for (let i = 0; i < 5; i++) await staff.owner.post(`/orgs/${staff.organization.id}/invitations`, { role: 'viewer' })
  const org = `/orgs/${staff.organization.id}`
  lists = {
    organizations: '/orgs',
    members: `${org}/members`,
    invitations: `${org}/invitations`,
    projects: `${org}/projects`,
    tasks: `/projects/${project?.id}/tasks`,
    sessions: '/auth/sessions',
    audit: `${org}/audit`,
  }
  all = {}
  for (const [name, path] of Object.entries(lists)) all[name] = keysOf((await staff.owner.get(`${path}?limit=100`)).body.items)
})
afterAll(async () => {
  await dead.close()
  await server.close()
})

const keysOf = (items: { id?: string; userId?: string; hash?: string }[]) => items.map(({ id, userId, hash }) => id ?? userId ?? hash ?? '')
const names = ['organizations', 'members', 'invitations', 'projects', 'tasks', 'sessions', 'audit'] as const
const longer = names.filter((name) => name !== 'sessions')
const cursorOf = async (path: string, caller: Caller = staff.owner) => String((await caller.get(path)).body.nextCursor)

describe('a list', () => {
  it.each(names)('of %s answers its items and a cursor, which is null at the end', async (name) => {
    const { status, body } = await staff.owner.get(`${lists[name]}?limit=100`)
    expect({ status, fields: Object.keys(body).toSorted(), nextCursor: body.nextCursor }).toEqual({
      status: 200,
      fields: ['items', 'nextCursor'],
      nextCursor: null,
    })
    expect(all[name]?.length).toBeGreaterThan(name === 'sessions' ? 0 : 3)
  })

  it.each(longer)('of %s shows each item once and in one order, page by page', async (name) => {
    const seen: string[] = []
    for (let cursor = ''; cursor !== 'null';) {
      const { status, body } = await staff.owner.get(`${lists[name]}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      expect(status).toBe(200)
      expect(body.items.length).toBeLessThanOrEqual(2)
      seen.push(...keysOf(body.items))
      cursor = String(body.nextCursor)
    }
    expect(seen).toEqual(all[name])
  })

  it('shows what is left when something before the cursor was deleted', async () => {
    const project = await aProject(staff.owner, staff.organization)
    const tasks = [await aTask(staff.owner, project), await aTask(staff.owner, project), await aTask(staff.owner, project)]
    const cursor = await cursorOf(`/projects/${project.id}/tasks?limit=2`)
    await staff.owner.delete(`/tasks/${tasks[0]?.id}`)
    await staff.owner.delete(`/tasks/${tasks[1]?.id}`)
    expect((await staff.owner.get(`/projects/${project.id}/tasks?limit=2&cursor=${cursor}`)).body.items).toEqual([tasks[2]])
    await staff.owner.delete(`/projects/${project.id}`)
  })

  it('has 20 items where nobody says how many', async () => {
    const owner = await aGuest(server)
    const organization = await anOrganization(owner)
    await Promise.all(Array.from({ length: 21 }, () => aProject(owner, organization)))
    const { body } = await owner.get(`/orgs/${organization.id}/projects`)
    expect({ count: body.items.length, more: body.nextCursor !== null }).toEqual({ count: 20, more: true })
    expect((await owner.get(`/orgs/${organization.id}/projects?limit=100`)).body.items).toHaveLength(21)
  })
})

describe('the limit of a list', () => {
  it.each(['1', '100'])('may be %s', async (limit) => {
    for (const name of names) expect((await staff.owner.get(`${lists[name]}?limit=${limit}`)).status, name).toBe(200)
  })

  it.each(['0', '101', '-1', '1.5', '1e1', 'ten', '', 'NaN', '-0', '9007199254740993', '1e21', '0x10', '%2010', '5&limit=6'])(
    'may not be "%s"',
    async (limit) => {
      for (const name of names) {
        const { status, body } = await staff.owner.get(`${lists[name]}?limit=${limit}`)
        expect({ name, status, error: body.error, path: body.issues?.[0].path }).toEqual({
          name,
          status: 400,
          error: 'VALIDATION_FAILED',
          path: 'limit',
        })
      }
    },
  )
})

describe('a cursor', () => {
  it('is worthless to another member of the same organization', async () => {
    const cursor = await cursorOf(`${lists['projects']}?limit=2`)
    expect(await staff.admin.get(`${lists['projects']}?limit=2&cursor=${cursor}`)).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'cursor' }] },
    })
  })

  it('is worthless in another organization of the same caller', async () => {
    const other = await anOrganization(staff.owner)
    const cursor = await cursorOf(`${lists['projects']}?limit=2`)
    expect((await staff.owner.get(`/orgs/${other.id}/projects?cursor=${cursor}`)).status).toBe(400)
    await staff.owner.delete(`/orgs/${other.id}`)
  })

  it('is worthless with another filter, and good with another limit', async () => {
    const cursor = await cursorOf(`${lists['projects']}?limit=2`)
    for (const filter of ['q=x', 'archived=all', 'archived=true'])
      expect((await staff.owner.get(`${lists['projects']}?${filter}&cursor=${cursor}`)).status, filter).toBe(400)
    expect((await staff.owner.get(`${lists['projects']}?limit=3&cursor=${cursor}`)).status).toBe(200)
  })

  it('is worthless in another list', async () => {
    const cursor = await cursorOf(`${lists['projects']}?limit=2`)
    for (const name of names.filter((one) => one !== 'projects'))
      expect((await staff.owner.get(`${lists[name]}?cursor=${cursor}`)).status, name).toBe(400)
  })

  it('is refused when anything of it was changed, without a look at the database', async () => {
    const cursor = await cursorOf(`${lists['tasks']}?limit=2`)
    const [body = '', mac = ''] = cursor.split('.')
    const changed = [
      cursor.slice(0, -1),
      `${cursor}A`,
      `${cursor}.${mac}`,
      `${Buffer.from('[0,"00000000-0000-0000-0000-000000000000"]').toString('base64url')}.${mac}`,
      `${body}.`,
      body,
      '.',
      '',
      'null',
      '%00',
      `${body}.${'A'.repeat(mac.length)}`,
      `${body}=.${mac}`,
      'A'.repeat(513),
    ]
    const owner = callerWith(dead, staff.owner.token)
    for (const one of changed) {
      const answer = await owner.get(`${lists['tasks']}?limit=2&cursor=${one}`)
      expect({ one, status: answer.status, path: answer.body.issues?.[0].path }).toEqual({ one, status: 400, path: 'cursor' })
    }
    expect((await owner.get(`${lists['tasks']}?limit=2&cursor=${cursor}`)).status, 'the genuine one is taken to the database').toBe(503)
  })
})

describe('a search', () => {
  it.each(['members', 'projects', 'tasks'] as const)('in %s takes 100 characters and no more', async (name) => {
    expect((await staff.owner.get(`${lists[name]}?q=${'x'.repeat(100)}`)).status).toBe(200)
    expect((await staff.owner.get(`${lists[name]}?q=${'x'.repeat(101)}`)).status).toBe(400)
  })

  it.each(['%', '_', '\\', '%25', "'", '"', '(a+)+$', '[', '$1', '?', '??', ':q', '\\\\', '%_%'])('takes %s for itself', async (words) => {
    for (const name of ['members', 'projects', 'tasks'] as const) {
      const { status, body } = await staff.owner.get(`${lists[name]}?q=${encodeURIComponent(words)}`)
      expect({ status, items: body.items }, name).toEqual({ status: 200, items: [] })
    }
  })

  it('finds words whatever their case', async () => {
    const { body } = await staff.owner.get(`${lists['tasks']}?q=tASK%203`)
    expect(body.items).toMatchObject([{ title: 'Task 3' }])
  })
})
