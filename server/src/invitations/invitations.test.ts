/** Invitations by link: who makes them, who gets in, and who comes too late. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../../test/administrator.ts'
import { aGuest } from '../../test/caller.ts'
import { aStaffedOrganization, type Staffed } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'

let server: TestServer
let administrator: Administrator
let staff: Staffed
beforeAll(async () => {
  server = await aServer()
  administrator = await anAdministrator(server.database)
  staff = await aStaffedOrganization(server)
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

const invited = async (role = 'member', by = staff.admin) =>
  (await by.post(`/orgs/${staff.organization.id}/invitations`, { role })).body as { id: string; token: string }
const membership = async (userId: string) =>
  (await administrator.rows<{ role: string }>('select role from app.memberships where user_id = $1', [userId]))[0]?.role
const notFound = { status: 404, body: { error: 'INVITATION_NOT_FOUND' } }

describe('an invitation', () => {
  it.each(['admin', 'member', 'viewer'] as const)('lets one person in as %s', async (role) => {
    const { token } = await invited(role)
    const newcomer = await aGuest(server)
    const { status, body } = await newcomer.post('/invitations/accept', { token })
    expect({ status, id: body.id, role: body.role }).toEqual({ status: 200, id: staff.organization.id, role })
    expect((await newcomer.get(`/orgs/${staff.organization.id}`)).body.role).toBe(role)
  })

  it('makes an owner only when an owner made it', async () => {
    expect(await staff.admin.post(`/orgs/${staff.organization.id}/invitations`, { role: 'owner' })).toMatchObject({
      status: 403,
      body: { error: 'FORBIDDEN' },
    })
    const newcomer = await aGuest(server)
    const { body } = await newcomer.post('/invitations/accept', { token: (await invited('owner', staff.owner)).token })
    expect(body.role).toBe('owner')
  })

  it('is used up by the first', async () => {
    const { id, token } = await invited()
    const [first, second] = [await aGuest(server), await aGuest(server)]
    expect((await first.post('/invitations/accept', { token })).status).toBe(200)
    expect(await second.post('/invitations/accept', { token })).toMatchObject({ status: 409, body: { error: 'INVITATION_USED' } })
    expect(await membership(second.userId)).toBeUndefined()
    expect(await staff.admin.delete(`/orgs/${staff.organization.id}/invitations/${id}`)).toMatchObject(notFound)
  })

  it('lets exactly one in of ten people who follow the link at once', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => aGuest(server)))
    const { token } = await invited()
    const answers = await Promise.all(people.map((person) => person.post('/invitations/accept', { token })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.error))).toEqual(new Set(['INVITATION_USED']))
    const joined = await Promise.all(people.map(({ userId }) => membership(userId)))
    expect(joined.filter((role) => role !== undefined)).toEqual(['member'])
  })

  it('lets one person in once who follows it ten times at once', async () => {
    const person = await aGuest(server)
    const { token } = await invited()
    const answers = await Promise.all(Array.from({ length: 10 }, () => person.post('/invitations/accept', { token })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
    expect(await membership(person.userId)).toBe('member')
  })

  it('leads one person in once who follows two links at once', async () => {
    const person = await aGuest(server)
    const links = [await invited('viewer'), await invited('member')]
    const answers = await Promise.all(links.map(({ token }) => person.post('/invitations/accept', { token })))
    expect(
      answers.every(({ status }) => status < 500),
      JSON.stringify(answers.map(({ body }) => body)),
    ).toBe(true)
    expect(['viewer', 'member']).toContain(await membership(person.userId))
  })

  it('leaves a member the role, and stays good for somebody else', async () => {
    const { token } = await invited('admin')
    const { status, body } = await staff.viewer.post('/invitations/accept', { token })
    expect({ status, role: body.role }).toEqual({ status: 200, role: 'viewer' })
    expect((await (await aGuest(server)).post('/invitations/accept', { token })).body.role).toBe('admin')
  })

  it('is worthless once it has expired, and no longer listed', async () => {
    const { id, token } = await invited()
    await administrator.rows(`update app.invitations set expires_at = now() - interval '1 second' where id = $1`, [id])
    expect(await (await aGuest(server)).post('/invitations/accept', { token })).toMatchObject(notFound)
    const { body } = await staff.admin.get(`/orgs/${staff.organization.id}/invitations?limit=100`)
    expect((body.items as { id: string }[]).some((one) => one.id === id)).toBe(false)
  })

  it('is worthless once it was revoked', async () => {
    const { id, token } = await invited()
    expect((await staff.admin.delete(`/orgs/${staff.organization.id}/invitations/${id}`)).status).toBe(204)
    expect(await (await aGuest(server)).post('/invitations/accept', { token })).toMatchObject(notFound)
    expect(await staff.admin.delete(`/orgs/${staff.organization.id}/invitations/${id}`)).toMatchObject(notFound)
  })

  it('cannot be revoked from another organization', async () => {
    const { id, token } = await invited()
    const other = await aStaffedOrganization(server)
    expect(await other.owner.delete(`/orgs/${other.organization.id}/invitations/${id}`)).toMatchObject(notFound)
    expect((await (await aGuest(server)).post('/invitations/accept', { token })).status).toBe(200)
  })

  it('answers a token that was never given like one that has expired', async () => {
    expect(await (await aGuest(server)).post('/invitations/accept', { token: 'A'.repeat(43) })).toMatchObject(notFound)
  })

  it('is kept as a hash: the token is nowhere in the database and nowhere in the log', async () => {
    const { id, token } = await invited()
    await (await aGuest(server)).post('/invitations/accept', { token })
    const rows = await administrator.rows<{ text: string }>('select i::text as text from app.invitations i where id = $1', [id])
    expect(rows).toHaveLength(1)
    const kept = JSON.stringify(rows) + JSON.stringify(server.log)
    for (const form of [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'base64url').toString('hex')])
      expect(kept).not.toContain(form)
  })
})
