/** Members, who may change whose role, and the owner who must remain. */
import type { Role } from '@mortise/shared/permissions'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator } from '../../test/administrator.ts'
import { aGuest, type Caller } from '../../test/caller.ts'
import { aStaffedOrganization, type Staffed } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

type Member = { userId: string; role: Role; version: number }
const membersOf = async ({ organization }: Staffed, caller: Caller): Promise<Member[]> =>
  (await caller.get(`/orgs/${organization.id}/members`)).body.items
const memberOf = async (staff: Staffed, who: Caller) => (await membersOf(staff, staff.owner)).find(({ userId }) => userId === who.userId)
const setRole = async (staff: Staffed, by: Caller, who: Caller, role: Role) => {
  const version = (await memberOf(staff, who))?.version ?? 1
  return by.put(`/orgs/${staff.organization.id}/members/${who.userId}`, { role, version })
}
const remove = ({ organization }: Staffed, by: Caller, who: Caller) => by.delete(`/orgs/${organization.id}/members/${who.userId}`)

/** An organization with a second owner. */
async function withTwoOwners(): Promise<Staffed & { second: Caller }> {
  const staff = await aStaffedOrganization(server)
  await setRole(staff, staff.owner, staff.admin, 'owner')
  return { ...staff, second: staff.admin }
}

describe('a member', () => {
  it('can do what the new role allows with the very next request', async () => {
    const staff = await aStaffedOrganization(server)
    const project = () => staff.viewer.post(`/orgs/${staff.organization.id}/projects`, { name: 'First' })
    expect((await project()).status).toBe(403)
    await setRole(staff, staff.admin, staff.viewer, 'member')
    expect((await project()).status).toBe(201)
    await setRole(staff, staff.admin, staff.viewer, 'viewer')
    expect((await project()).status).toBe(403)
  })

  it('is shut out at once when removed', async () => {
    const staff = await aStaffedOrganization(server)
    expect((await remove(staff, staff.admin, staff.member)).status).toBe(204)
    expect((await staff.member.get(`/orgs/${staff.organization.id}`)).status).toBe(404)
    expect(await memberOf(staff, staff.member)).toBeUndefined()
  })

  it('of any role but the last owner may leave', async () => {
    const staff = await aStaffedOrganization(server)
    for (const role of ['viewer', 'member', 'admin'] as const)
      expect((await remove(staff, staff[role], staff[role])).status, role).toBe(204)
    expect(await membersOf(staff, staff.owner)).toHaveLength(1)
  })

  it('is listed by name, and found by a part of it', async () => {
    const staff = await aStaffedOrganization(server)
    await staff.viewer.put('/auth/me', { name: 'Aaron the Keeper' })
    await staff.member.put('/auth/me', { name: 'zz Zoe' })
    const names = (await staff.viewer.get(`/orgs/${staff.organization.id}/members`)).body.items.map(({ name }: { name: string }) => name)
    expect([names.at(0), names.at(-1)]).toEqual(['Aaron the Keeper', 'zz Zoe'])
    const { body } = await staff.viewer.get(`/orgs/${staff.organization.id}/members?q=keep`)
    expect(body.items).toMatchObject([{ userId: staff.viewer.userId }])
  })

  it('who is unknown here is not found, also when known elsewhere', async () => {
    const [staff, elsewhere] = [await aStaffedOrganization(server), await aGuest(server)]
    const path = `/orgs/${staff.organization.id}/members/${elsewhere.userId}`
    const refusal = { status: 404, body: { error: 'MEMBER_NOT_FOUND', message: `Member ${elsewhere.userId} not found` } }
    expect(await staff.owner.put(path, { role: 'admin', version: 1 })).toMatchObject(refusal)
    expect(await staff.owner.delete(path)).toMatchObject(refusal)
  })
})

describe('an admin', () => {
  it('neither demotes nor removes an owner, even one of several', async () => {
    const staff = await withTwoOwners()
    await setRole(staff, staff.owner, staff.member, 'admin')
    expect(await setRole(staff, staff.member, staff.second, 'viewer')).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } })
    expect(await remove(staff, staff.member, staff.second)).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } })
    expect(await memberOf(staff, staff.second)).toMatchObject({ role: 'owner' })
  })

  it('makes nobody an owner, not even oneself', async () => {
    const staff = await aStaffedOrganization(server)
    for (const who of [staff.member, staff.admin]) expect((await setRole(staff, staff.admin, who, 'owner')).status).toBe(403)
  })

  it('who is demoted while changing a role changes none', async () => {
    const staff = await aStaffedOrganization(server)
    const administrator = await anAdministrator(server.database)
    await administrator.rows('begin')
    await administrator.rows(`update app.memberships set role = 'viewer' where user_id = $1`, [staff.admin.userId])
    const change = setRole(staff, staff.admin, staff.member, 'admin')
    await expect.poll(administrator.waiting).toBe(1)
    await administrator.rows('commit')
    await administrator.close()
    expect(await change).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } })
  })

  it('may demote oneself and another admin', async () => {
    const staff = await aStaffedOrganization(server)
    await setRole(staff, staff.owner, staff.member, 'admin')
    expect((await setRole(staff, staff.admin, staff.member, 'viewer')).status).toBe(200)
    expect((await setRole(staff, staff.admin, staff.admin, 'viewer')).status).toBe(200)
  })
})

describe('the last owner', () => {
  it('cannot leave, and cannot be demoted by oneself', async () => {
    const staff = await aStaffedOrganization(server)
    const refusal = { status: 409, body: { error: 'LAST_OWNER' } }
    expect(await remove(staff, staff.owner, staff.owner)).toMatchObject(refusal)
    for (const role of ['admin', 'member', 'viewer'] as const)
      expect(await setRole(staff, staff.owner, staff.owner, role)).toMatchObject(refusal)
    expect(await memberOf(staff, staff.owner)).toMatchObject({ role: 'owner', version: 1 })
  })

  it('may hand over: first another owner, then leave', async () => {
    const staff = await withTwoOwners()
    expect((await remove(staff, staff.owner, staff.owner)).status).toBe(204)
    expect(await staff.second.delete(`/orgs/${staff.organization.id}/members/${staff.second.userId}`)).toMatchObject({
      status: 409,
      body: { error: 'LAST_OWNER' },
    })
  })

  it('may be told again to be owner', async () => {
    const staff = await aStaffedOrganization(server)
    expect(await setRole(staff, staff.owner, staff.owner, 'owner')).toMatchObject({ status: 200, body: { role: 'owner' } })
  })
})

describe('two owners', () => {
  const owners = async (staff: Staffed) => {
    for (const caller of [staff.owner, staff.admin, staff.viewer]) {
      const { status, body } = await caller.get(`/orgs/${staff.organization.id}/members`)
      if (status === 200) return (body.items as Member[]).filter(({ role }) => role === 'owner').length
    }
    return 0
  }

  it('who demote each other at once leave one owner, every time', async () => {
    for (let round = 0; round < 6; round++) {
      const staff = await withTwoOwners()
      const path = (who: Caller) => `/orgs/${staff.organization.id}/members/${who.userId}`
      const answers = await Promise.all([
        staff.owner.put(path(staff.second), { role: 'viewer', version: 2 }),
        staff.second.put(path(staff.owner), { role: 'viewer', version: 1 }),
      ])
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(['FORBIDDEN', 'LAST_OWNER']).toContain(answers.find(({ status }) => status !== 200)?.body.error)
      expect(await owners(staff)).toBe(1)
    }
  })

  it('who leave at once leave one owner, every time', async () => {
    for (let round = 0; round < 6; round++) {
      const staff = await withTwoOwners()
      const answers = await Promise.all([remove(staff, staff.owner, staff.owner), remove(staff, staff.second, staff.second)])
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409])
      expect(await owners(staff)).toBe(1)
    }
  })

  it('who remove each other at once leave one owner, every time', async () => {
    for (let round = 0; round < 6; round++) {
      const staff = await withTwoOwners()
      const answers = await Promise.all([remove(staff, staff.owner, staff.second), remove(staff, staff.second, staff.owner)])
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
      expect(answers.every(({ status }) => status < 500)).toBe(true)
      expect(await owners(staff)).toBe(1)
    }
  })
})
