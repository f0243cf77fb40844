/** The contract: the event stream, for callers without tRPC. */
import { Agent, request as rawRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest } from './caller.ts'
import { aProject, aStaffedOrganization, aTask, anOrganization, type Staffed } from './makers.ts'
import { aServer, type TestServer } from './server.ts'
import { shapes } from './shapes.ts'
import { aFollower } from './streams.ts'

let server: TestServer
let staff: Staffed
beforeAll(async () => {
  server = await aServer()
  staff = await aStaffedOrganization(server)
})
afterAll(() => server.close())

/** What a thing became, as the stream tells it. */
const told = (type: string, entityId: string, version: number) => expect.objectContaining({ type, entityId, version })

describe('the stream of an organization', () => {
  it('tells a viewer what members do, with ids that count up', async () => {
    const stream = await aFollower(server, staff.viewer, staff.organization.slug)
    const project = await aProject(staff.member, staff.organization)
    const task = await aTask(staff.member, project)
    await staff.member.put(`/tasks/${task.id}`, { status: 'done', version: 1 })
    await staff.member.post(`/tasks/${task.id}/move`, { to: 'start', version: 2 })
    await staff.member.delete(`/tasks/${task.id}`)
    await staff.member.put(`/projects/${project.id}`, { archived: true, version: 1 })
    await staff.owner.delete(`/projects/${project.id}`)
    await stream.until(({ heard }) => heard.length === 7)
    stream.close()
    expect(stream.heard).toEqual([
      told('project.created', project.id, 1),
      told('task.created', task.id, 1),
      told('task.updated', task.id, 2),
      told('task.moved', task.id, 3),
      told('task.deleted', task.id, 3),
      told('project.updated', project.id, 2),
      told('project.deleted', project.id, 2),
    ])
    expect(stream.heard[1]).toEqual({
      ...shapes.event,
      id: expect.any(Number),
      organizationId: staff.organization.id,
      projectId: project.id,
      actorId: staff.member.userId,
    })
    const ids = stream.heard.map(({ id }) => id)
    expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) + index))
  })

  it('tells of the organization and its members', async () => {
    const owner = await aGuest(server)
    const organization = await anOrganization(owner)
    const stream = await aFollower(server, owner, organization.id, '0')
    const newcomer = await aGuest(server)
    const { body } = await owner.post(`/orgs/${organization.id}/invitations`, { role: 'viewer' })
    await newcomer.post('/invitations/accept', { token: body.token })
    await owner.put(`/orgs/${organization.id}/members/${newcomer.userId}`, { role: 'member', version: 1 })
    await owner.delete(`/orgs/${organization.id}/members/${newcomer.userId}`)
    await owner.put(`/orgs/${organization.id}`, { name: 'Renamed', version: 1 })
    await stream.until(({ heard }) => heard.length === 5)
    stream.close()
    expect(stream.heard).toEqual([
      told('organization.created', organization.id, 1),
      told('member.joined', newcomer.userId, 1),
      told('member.changed', newcomer.userId, 2),
      told('member.left', newcomer.userId, 2),
      told('organization.updated', organization.id, 2),
    ])
  })

  it('is an event stream', async () => {
    const { status, headers, body } = await fetch(`${server.url}/api/v1/orgs/${staff.organization.id}/events`, {
      headers: { authorization: `Bearer ${staff.viewer.token}` },
    })
    await body?.cancel()
    expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type: expect.stringMatching(/^text\/event-stream/) })
  })

  it('goes on behind the last event that a caller saw', async () => {
    const owner = await aGuest(server)
    const organization = await anOrganization(owner)
    const projects = [await aProject(owner, organization), await aProject(owner, organization), await aProject(owner, organization)]
    const stream = await aFollower(server, owner, organization.id, '2')
    await stream.until(({ heard }) => heard.length === 2)
    stream.close()
    expect(stream.heard.map(({ id, entityId }) => [id, entityId])).toEqual([
      [3, projects[1]?.id],
      [4, projects[2]?.id],
    ])
  })

  it('ends at once for a member who is removed, and tells why', async () => {
    const newcomer = await aGuest(server)
    const { body } = await staff.owner.post(`/orgs/${staff.organization.id}/invitations`, { role: 'viewer' })
    await newcomer.post('/invitations/accept', { token: body.token })
    const stream = await aFollower(server, newcomer, staff.organization.id)
    await staff.owner.delete(`/orgs/${staff.organization.id}/members/${newcomer.userId}`)
    await stream.ended
    expect(stream.refusal).toBe('ORG_NOT_FOUND')
  })

  it('ends at once when the organization is deleted', async () => {
    const owner = await aGuest(server)
    const organization = await anOrganization(owner)
    const stream = await aFollower(server, owner, organization.id)
    await owner.delete(`/orgs/${organization.id}`)
    await stream.ended
    expect(stream.refusal).toBe('ORG_NOT_FOUND')
  })

  it.each(['-1', 'abc', '01', '99999999999999999'])('refuses %s as the id of an event', async (id) => {
    const { status, body } = await staff.viewer.get(`/orgs/${staff.organization.id}/events`, { 'last-event-id': id })
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'VALIDATION_FAILED' })
  })

  it('answers HEAD with its headers and leaves the connection free for the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = (method: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const sent = rawRequest(
          `${server.url}/api/v1${path}`,
          { method, agent, timeout: 2_000, headers: { authorization: `Bearer ${staff.viewer.token}` } },
          (response) => {
            response.resume().on('end', () => resolve(response.statusCode))
          },
        )
        sent.on('timeout', () => sent.destroy(new Error('nobody answered')))
        sent.on('error', reject).end()
      })
    const statuses = [await ask('HEAD', `/orgs/${staff.organization.id}/events`), await ask('GET', '/auth/me')]
    agent.destroy()
    expect(statuses).toEqual([200, 200])
  })
})
