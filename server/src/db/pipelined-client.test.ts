/** Round trips to PostgreSQL, counted on the wire: what a call costs on a network, whatever the machine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest, callerWith, type Answer, type Caller } from '../../test/caller.ts'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { aProject, aStaffedOrganization, aTask, type Staffed } from '../../test/makers.ts'
import { roundTrips, type RoundTrips } from '../../test/round-trips.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { appRouter } from '../router.ts'

let database: TestDatabase
let wire: RoundTrips
let server: TestServer
let staff: Staffed
beforeAll(async () => {
  database = await aDatabase()
  wire = await roundTrips(database.apiUrl)
  // one connection, so that none is opened while we count
  server = await aServer({ database: { ...database, apiUrl: wire.through(database.apiUrl) }, env: { DATABASE_POOL: '1' } })
  staff = await aStaffedOrganization(server)
})
afterAll(async () => {
  await server.close()
  await wire.close()
  await database.drop()
})

type Procedures = Record<string, { _def: { type: 'query' | 'mutation' | 'subscription' } }>
const procedures = Object.entries(appRouter._def.procedures as unknown as Procedures).map(([name, { _def }]) => ({ name, type: _def.type }))

/** How often a success waits: once for a read, and once more for the COMMIT of a write. */
const usual = { query: 1, mutation: 2 }

/** What asks nobody waits for nobody. */
const free = new Set(['system.about'])

/** For each procedure: prepares, and gives the call that is counted. */
const cases: Record<string, () => Promise<() => Promise<Answer>>> = {
  'system.about': async () => () => staff.owner.get(''),
  'sessions.guest': async () => () => callerWith(server, undefined).post('/auth/guest'),
  'sessions.refresh': withGuest((guest) => () => guest.post('/auth/refresh', {}, { cookie: guest.cookie })),
  'sessions.logout': withGuest((guest) => () => guest.post('/auth/logout')),
  'sessions.list': async () => () => staff.owner.get('/auth/sessions'),
  'sessions.end': async () => {
    const guest = await aGuest(server)
    const { body } = await guest.get('/auth/sessions')
    return () => guest.delete(`/auth/sessions/${body.items[0].id}`)
  },
  'accounts.me': async () => () => staff.owner.get('/auth/me'),
  'accounts.update': withGuest((guest) => () => guest.put('/auth/me', { name: 'Ada' })),
  'organizations.create': withGuest((guest) => () => guest.post('/orgs', { name: 'Round trips' })),
  'organizations.list': async () => () => staff.owner.get('/orgs'),
  'organizations.get': async () => () => staff.owner.get(`/orgs/${staff.organization.slug}`),
  'organizations.update': withStaff(
    ({ owner, organization: { id, version } }) =>
      () =>
        owner.put(`/orgs/${id}`, { name: 'Renamed', version }),
  ),
  'organizations.delete': withStaff(
    ({ owner, organization }) =>
      () =>
        owner.delete(`/orgs/${organization.id}`),
  ),
  'organizations.stats': async () => () => staff.owner.get(`/orgs/${staff.organization.id}/stats`),
  'audit.list': async () => () => staff.owner.get(`/orgs/${staff.organization.id}/audit`),
  'members.list': async () => () => staff.owner.get(`/orgs/${staff.organization.id}/members`),
  'members.setRole': withStaff(
    ({ owner, viewer, organization: { id } }) =>
      () =>
        owner.put(`/orgs/${id}/members/${viewer.userId}`, { role: 'member', version: 1 }),
  ),
  'members.remove': withStaff(
    ({ owner, viewer, organization: { id } }) =>
      () =>
        owner.delete(`/orgs/${id}/members/${viewer.userId}`),
  ),
  'invitations.create': async () => () => staff.owner.post(`/orgs/${staff.organization.id}/invitations`, { role: 'viewer' }),
  'invitations.list': async () => () => staff.owner.get(`/orgs/${staff.organization.id}/invitations`),
  'invitations.revoke': async () => {
    const { body } = await anInvitation()
    return () => staff.owner.delete(`/orgs/${staff.organization.id}/invitations/${body.id}`)
  },
  'invitations.accept': async () => {
    const [{ body }, guest] = [await anInvitation(), await aGuest(server)]
    return () => guest.post('/invitations/accept', { token: body.token })
  },
  'projects.create': async () => () => staff.owner.post(`/orgs/${staff.organization.id}/projects`, { name: 'Counted' }),
  'projects.list': async () => () => staff.owner.get(`/orgs/${staff.organization.id}/projects?q=a`),
  'projects.get': withProject((id) => () => staff.owner.get(`/projects/${id}`)),
  'projects.update': withProject((id) => () => staff.owner.put(`/projects/${id}`, { name: 'Renamed', version: 1 })),
  'projects.delete': withProject((id) => () => staff.owner.delete(`/projects/${id}`)),
  'tasks.create': withProject(
    (id) => () => staff.owner.post(`/projects/${id}/tasks`, { title: 'Counted', assigneeId: staff.viewer.userId }),
  ),
  'tasks.list': withProject((id) => () => staff.owner.get(`/projects/${id}/tasks?assignee=me&status=todo&q=a`)),
  'tasks.get': withTask((id) => () => staff.owner.get(`/tasks/${id}`)),
  'tasks.update': withTask((id) => () => staff.owner.put(`/tasks/${id}`, { status: 'done', version: 1 })),
  'tasks.move': withTask((id) => () => staff.owner.post(`/tasks/${id}/move`, { to: 'start', version: 1 })),
  'tasks.delete': withTask((id) => () => staff.owner.delete(`/tasks/${id}?version=1`)),
}

function withGuest(call: (guest: Caller) => () => Promise<Answer>) {
  return async () => call(await aGuest(server))
}
function withStaff(call: (own: Staffed) => () => Promise<Answer>) {
  return async () => call(await aStaffedOrganization(server))
}
function withProject(call: (id: string) => () => Promise<Answer>) {
  return async () => call((await aProject(staff.owner, staff.organization)).id)
}
function withTask(call: (id: string) => () => Promise<Answer>) {
  return async () => call((await aTask(staff.owner, await aProject(staff.owner, staff.organization))).id)
}
const anInvitation = () => staff.owner.post(`/orgs/${staff.organization.id}/invitations`, { role: 'viewer' })

describe('a call', () => {
  const table: string[] = []
  afterAll(() => void process.stdout.write(`${table.join('\n')}\n`))

  for (const { name, type } of procedures) {
    if (type === 'subscription') continue
    const expected = free.has(name) ? 0 : usual[type]
    it(`${name} waits for PostgreSQL ${['never', 'once', 'twice'][expected]}`, async () => {
      const act = await cases[name]?.()
      if (act === undefined) throw new Error(`No case for ${name}: a new procedure must be counted`)
      const { result, waits, statements } = await wire.count(act)
      table.push(`${name.padEnd(24)} ${type.padEnd(9)} ${waits} waits  ${statements} statements`)
      if (result.status >= 300) throw new Error(`${name} was to succeed: ${JSON.stringify(result.body)}`)
      expect(waits).toBe(expected)
    })
  }

  it('is counted by what it waits for: one that asks twice is found out', async () => {
    const { waits } = await wire.count(async () => {
      await staff.owner.get('/auth/me')
      await staff.owner.get('/auth/me')
    })
    expect(waits).toBe(2)
  })

  it('opens a stream after one question', async () => {
    const { waits, result } = await wire.count(async () => {
      const stop = new AbortController()
      const { status } = await fetch(`${server.url}/api/v1/orgs/${staff.organization.id}/events`, {
        headers: { authorization: `Bearer ${staff.viewer.token}`, 'last-event-id': '0' },
        signal: stop.signal,
      })
      stop.abort()
      return status
    })
    expect({ result, waits }).toEqual({ result: 200, waits: 1 })
  })
})
