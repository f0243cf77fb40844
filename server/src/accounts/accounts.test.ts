/** The own account. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator } from '../../test/administrator.ts'
import { aGuest } from '../../test/caller.ts'
import { aStaffedOrganization } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

describe('a person', () => {
  it('is seen under a new name by everybody at once', async () => {
    const staff = await aStaffedOrganization(server)
    await staff.member.put('/auth/me', { name: '  Grace\u0301  ' })
    expect((await staff.member.get('/auth/me')).body.name, 'trimmed and composed').toBe('Grac\u00e9')
    const { body } = await staff.viewer.get(`/orgs/${staff.organization.id}/members?q=grac`)
    expect(body.items).toMatchObject([{ userId: staff.member.userId, name: 'Grac\u00e9' }])
  })

  it('may rename without a version, or only if nobody else did since', async () => {
    const person = await aGuest(server)
    expect((await person.put('/auth/me', { name: 'One' })).body.version).toBe(2)
    expect(await person.put('/auth/me', { name: 'Two', version: 1 })).toMatchObject({
      status: 409,
      body: { current: { name: 'One', version: 2 } },
    })
    expect((await person.put('/auth/me', { name: 'Two', version: 2 })).body).toMatchObject({ name: 'Two', version: 3 })
  })

  it('may change nothing else of the account', async () => {
    const person = await aGuest(server)
    for (const field of ['kind', 'email', 'id', 'createdAt']) {
      expect(await person.put('/auth/me', { name: 'X', [field]: 'user' })).toMatchObject({
        status: 400,
        body: { issues: [{ path: field, message: 'Unknown field' }] },
      })
    }
  })

  it('whose account is gone has no session either', async () => {
    const person = await aGuest(server)
    const administrator = await anAdministrator(server.database)
    await administrator.rows('delete from app.users where id = $1', [person.userId])
    await administrator.close()
    expect(await person.get('/auth/me')).toMatchObject({ status: 401, body: { error: 'SESSION_ENDED' } })
  })
})
