/** Following an organization, as people and their programs meet it. */
import { getEventListeners } from 'node:events'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { aGuest, type Caller } from '../../test/caller.ts'
import { aProject, aStaffedOrganization, aTask, type Staffed } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { aFollower, aTrpcFollower, type Follower } from '../../test/streams.ts'
import { enterOrganization } from '../db/entrances.ts'
import { verifyAccessToken } from '../tokens/access.ts'
import { follow } from './service.ts'

let server: TestServer
let listening = 0
beforeAll(async () => {
  server = await aServer()
  const { listen } = server.r.bus
  vi.spyOn(server.r.bus, 'listen').mockImplementation(async (channel, wake) => {
    const leave = await listen(channel, wake)
    let isOn = listening++ >= 0
    return () => {
      leave()
      if (isOn) listening--
      isOn = false
    }
  })
})
afterAll(() => server.close())

/** One change of every kind but the deletion of the organization, in this order. */
async function everyChange({ owner, viewer, organization: { id, version } }: Staffed): Promise<string[]> {
  await owner.put(`/orgs/${id}`, { name: 'Renamed', version })
  await owner.put(`/orgs/${id}/members/${viewer.userId}`, { role: 'member', version: 1 })
  const project = await aProject(owner, { id })
  await owner.put(`/projects/${project.id}`, { name: 'Renamed', version: 1 })
  const task = await aTask(owner, project)
  await owner.put(`/tasks/${task.id}`, { status: 'done', version: 1 })
  await owner.post(`/tasks/${task.id}/move`, { to: 'start', version: 2 })
  await owner.delete(`/tasks/${task.id}`)
  await owner.delete(`/projects/${project.id}`)
  await owner.delete(`/orgs/${id}/members/${viewer.userId}`)
  return [
    'organization.created', 'member.joined', 'member.joined', 'member.joined',
    'organization.updated', 'member.changed', 'project.created', 'project.updated', 'task.created', 'task.updated', 'task.moved',
    'task.deleted', 'project.deleted', 'member.left',
  ] // prettier-ignore
}

const aTick = () => new Promise((resolve) => setTimeout(resolve, 100))

describe.each([
  ['plain server-sent events', aFollower],
  ['tRPC', aTrpcFollower],
])('whoever follows over %s', (_name, aFollowerOf) => {
  const following: Follower[] = []
  const followerOf = async (caller: Caller, org: string, lastEventId?: string) => {
    const follower = await aFollowerOf(server, caller, org, lastEventId)
    following.push(follower)
    return follower
  }
  afterAll(() => following.forEach((follower) => follower.close()))

  it('hears every kind of change, numbered from 1 without a gap, with who did it and no content', async () => {
    const staff = await aStaffedOrganization(server)
    const follower = await followerOf(staff.admin, staff.organization.id, '0')
    const types = await everyChange(staff)
    await follower.until(({ heard }) => heard.length >= types.length, 'every change')
    expect(follower.heard.map(({ type }) => type)).toEqual(types)
    expect(follower.heard.map(({ id }) => id)).toEqual(types.map((_, at) => at + 1))
    for (const { id: _, at, ...event } of follower.heard) {
      expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(event.organizationId).toBe(staff.organization.id)
      expect(Object.keys(event).toSorted()).toEqual([
        'actorId',
        'entityId',
        'organizationId',
        ...('projectId' in event ? ['projectId'] : []),
        'type',
        'version',
      ])
    }
    expect(follower.heard.at(-1)?.actorId).toBe(staff.owner.userId)
  })

  it('hears only what happens from now on, unless an id says where to resume', async () => {
    const staff = await aStaffedOrganization(server)
    await aProject(staff.owner, staff.organization, { name: 'Before' })
    const fresh = await followerOf(staff.viewer, staff.organization.slug)
    const resumed = await followerOf(staff.viewer, staff.organization.slug, '4')
    const project = await aProject(staff.owner, staff.organization, { name: 'After' })
    await fresh.until(({ heard }) => heard.length > 0, 'the change')
    await resumed.until(({ heard }) => heard.length > 1, 'both changes')
    expect(fresh.heard).toMatchObject([{ id: 6, type: 'project.created', entityId: project.id }])
    expect(resumed.heard.map(({ id }) => id)).toEqual([5, 6])
  })

  it('goes on from now when the id lies in the future, instead of waiting for it', async () => {
    const staff = await aStaffedOrganization(server)
    const follower = await followerOf(staff.viewer, staff.organization.id, '999999999999')
    await aProject(staff.owner, staff.organization)
    await follower.until(({ heard }) => heard.length > 0, 'the change')
    expect(follower.heard).toMatchObject([{ id: 5 }])
  })

  it('hears nothing of another organization', async () => {
    const [here, there] = [await aStaffedOrganization(server), await aStaffedOrganization(server)]
    const follower = await followerOf(here.viewer, here.organization.id)
    await everyChange(there)
    await aProject(here.owner, here.organization)
    await follower.until(({ heard }) => heard.length > 0, 'the change at home')
    expect(follower.heard.map(({ organizationId }) => organizationId)).toEqual([here.organization.id])
  })

  it('keeps to the organization when its slug changes hands', async () => {
    const staff = await aStaffedOrganization(server)
    const { slug, id } = staff.organization
    const follower = await followerOf(staff.owner, slug)
    await staff.owner.put(`/orgs/${id}`, { slug: `${slug}-moved`, version: 1 })
    await staff.owner.post('/orgs', { name: 'Successor', slug })
    await aProject(staff.owner, { id })
    await follower.until(({ heard }) => heard.length > 1, 'both changes')
    expect(follower.heard.map(({ organizationId }) => organizationId)).toEqual([id, id])
  })

  it('is shut out at once on signing out', async () => {
    const staff = await aStaffedOrganization(server)
    const follower = await followerOf(staff.member, staff.organization.id)
    await staff.member.post('/auth/logout')
    await follower.ended
    expect(follower.refusal).toBe('SESSION_ENDED')
  })

  it('is shut out at once on being removed, and the others stay', async () => {
    const staff = await aStaffedOrganization(server)
    const [removed, stays] = [await followerOf(staff.member, staff.organization.id), await followerOf(staff.viewer, staff.organization.id)]
    await staff.owner.delete(`/orgs/${staff.organization.id}/members/${staff.member.userId}`)
    await removed.ended
    await stays.until(({ heard }) => heard.length > 0, 'that somebody left')
    expect({ refusal: removed.refusal, stays: stays.refusal }).toEqual({ refusal: 'ORG_NOT_FOUND', stays: undefined })
    await aProject(staff.owner, staff.organization)
    await stays.until(({ heard }) => heard.at(-1)?.type === 'project.created', 'the project')
    expect(removed.heard.filter(({ type }) => type === 'project.created')).toEqual([])
  })

  it('hears as the last thing that the organization was deleted', async () => {
    const staff = await aStaffedOrganization(server)
    const { id } = staff.organization
    const follower = await followerOf(staff.viewer, id)
    await staff.owner.put(`/orgs/${id}`, { name: 'Doomed', version: 1 })
    await follower.until(({ heard }) => heard.length === 1, 'the update')
    await staff.owner.delete(`/orgs/${id}`)
    await follower.ended
    expect(follower.heard.map(({ type, entityId, version }) => ({ type, entityId, version }))).toEqual([
      { type: 'organization.updated', entityId: id, version: 2 },
      { type: 'organization.deleted', entityId: id, version: 2 },
    ])
    expect(follower.refusal).toBe('ORG_NOT_FOUND')
  })

  it('stays when the role changes to one that may still read', async () => {
    const staff = await aStaffedOrganization(server)
    const follower = await followerOf(staff.admin, staff.organization.id)
    await staff.owner.put(`/orgs/${staff.organization.id}/members/${staff.admin.userId}`, { role: 'viewer', version: 1 })
    await follower.until(({ heard }) => heard[0]?.type === 'member.changed', 'the change')
    await aTick()
    expect(follower.refusal).toBeUndefined()
  })
})

describe('a stream', () => {
  it('ends on a change to a role that no longer allows it', async () => {
    const staff = await aStaffedOrganization(server)
    const caller = verifyAccessToken(server.r.keys.access, staff.admin.token)
    // every role may follow the events; a stream that asks for more is what a feature to come will be
    const { events } = await follow(
      {
        r: server.r,
        caller,
        look: (work, org = staff.organization.id) => server.r.database.transact('read', enterOrganization(caller, org, 'audit:read'), work),
      },
      null,
    )
    const [next] = await Promise.allSettled([
      events.next(),
      staff.owner.put(`/orgs/${staff.organization.id}/members/${staff.admin.userId}`, { role: 'member', version: 1 }),
    ])
    expect(next).toMatchObject({ status: 'rejected', reason: { error: 'FORBIDDEN' } })
  })

  it('that nobody reads any more leaves nobody listening', async () => {
    const staff = await aStaffedOrganization(server)
    const before = listening
    const followers = await Promise.all([
      ...Array.from({ length: 10 }, () => aFollower(server, staff.viewer, staff.organization.id)),
      ...Array.from({ length: 10 }, () => aTrpcFollower(server, staff.viewer, staff.organization.id)),
    ])
    expect(listening).toBeGreaterThan(before)
    for (const follower of followers) follower.close()
    await aTick()
    expect(listening).toBe(before)
    expect(getEventListeners(server.r.closing, 'abort').length).toBeLessThanOrEqual(before)
  })

  it.each([
    [
      'a stranger, as if there were nothing',
      async () => (await aGuest(server)).get(`/orgs/${(await aStaffedOrganization(server)).organization.id}/events`),
      404,
      'ORG_NOT_FOUND',
    ],
    ['whoever asks for nothing that is there', async () => (await aGuest(server)).get('/orgs/nowhere/events'), 404, 'ORG_NOT_FOUND'],
    ['an id that is none', async () => malformed('12x'), 400, 'VALIDATION_FAILED'],
    ['a negative id', async () => malformed('-1'), 400, 'VALIDATION_FAILED'],
    ['an id beyond all numbers', async () => malformed('99999999999999999999'), 400, 'VALIDATION_FAILED'],
  ])('is refused to %s, with a status and a body like any other call', async (_whom, ask, status, error) => {
    expect(await ask()).toMatchObject({ status, body: { error, requestId: expect.any(String) } })
  })

  const malformed = async (id: string) => {
    const staff = await aStaffedOrganization(server)
    return staff.viewer.get(`/orgs/${staff.organization.id}/events`, { 'last-event-id': id })
  }

  it('is refused to a stranger over tRPC as well', async () => {
    const staff = await aStaffedOrganization(server)
    const stranger = await aTrpcFollower(server, await aGuest(server), staff.organization.id)
    await everyChange(staff)
    await stranger.ended
    expect({ heard: stranger.heard, refusal: stranger.refusal }).toEqual({ heard: [], refusal: 'ORG_NOT_FOUND' })
  })
})
