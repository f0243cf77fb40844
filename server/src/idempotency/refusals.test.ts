/** Keys that are none, keys where there is nothing to keep, and keys whose answer somebody may no longer have. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../../test/administrator.ts'
import { aGuest, type Caller } from '../../test/caller.ts'
import { ask, bearer, type Door, type Input } from '../../test/doors.ts'
import { askWithKey, isReplayed } from '../../test/keyed.ts'
import { aProject, aStaffedOrganization, aTask, type Staffed } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { aServerWithoutDatabase } from '../../test/without-database.ts'

let server: TestServer
let without: TestServer
let administrator: Administrator
let staff: Staffed
beforeAll(async () => {
  server = await aServer()
  without = await aServerWithoutDatabase()
  administrator = await anAdministrator(server.database)
  staff = await aStaffedOrganization(server)
})
afterAll(async () => {
  await administrator.close()
  await server.close()
  await without.close()
})

const doors: readonly Door[] = ['REST', 'tRPC']

const fromHere = { 'content-type': 'application/json', 'x-requested-with': 'mortise' }

const malformed: Record<string, string> = {
  'is too short': 'a'.repeat(7),
  'is too long': 'a'.repeat(65),
  'is empty': '',
  'has a sign that no key has': 'key with spaces',
  'has letters of elsewhere': Buffer.from('schlüssel').toString('latin1'),
  'has half a pair of quotes': `"${randomUUID()}`,
  'has an escape between its quotes': String.raw`"a-key-of-\"this\"-kind"`,
  'came twice': `${randomUUID()}, ${randomUUID()}`,
}

describe.each(doors)('over %s a key', (door) => {
  const invalid = { status: 400, body: { error: 'IDEMPOTENCY_KEY_INVALID', requestId: expect.any(String) } }

  it.each(Object.entries(malformed))('that %s is refused and costs no connection', async (_, key) => {
    const keyed = { procedure: 'projects.create', input: { org: staff.organization.id, name: 'never' }, token: staff.owner.token }
    const headers = { 'idempotency-key': key }
    expect(await ask(door, { server: without, ...keyed, headers })).toMatchObject(invalid)
    // the same without the header does ask the database, which is away there
    expect(await ask(door, { server: without, ...keyed })).toMatchObject({ status: 503 })
  })

  it('of 8 and one of 64 characters is one, with each sign that keys have', async () => {
    for (const key of ['a._:-Z09', 'k'.repeat(64)]) {
      const input = { org: staff.organization.id, name: `as long as ${key}` }
      const answer = await askWithKey({ server, door, who: staff.owner, procedure: 'projects.create', input, key })
      // the other door has used it already: same request, same key
      expect(answer.status).toBe(door === 'REST' ? 201 : 200)
    }
  })

  it('is of no use without a token, and none is asked for then', async () => {
    const asking = {
      server: without,
      procedure: 'projects.create',
      input: { org: 'x', name: 'x' },
      headers: { 'idempotency-key': 'no key' },
    }
    expect(await ask(door, asking)).toMatchObject({ status: 401, body: { error: 'UNAUTHENTICATED' } })
  })

  it('is refused by changes that keep no answers, even a good one, and costs no connection', async () => {
    for (const procedure of ['sessions.guest', 'sessions.refresh', 'sessions.logout']) {
      const asking = { server: without, procedure, input: {}, headers: { 'idempotency-key': randomUUID() } }
      expect(await ask(door, asking), procedure).toMatchObject(invalid)
    }
  })

  it('means nothing to a question, whatever it is: asking again is harmless', async () => {
    for (const key of [randomUUID(), 'no key']) {
      const input = { org: staff.organization.id }
      const answer = await ask(door, {
        server,
        procedure: 'organizations.get',
        input,
        token: staff.owner.token,
        headers: { 'idempotency-key': key },
      })
      expect(answer).toMatchObject({ status: 200, body: { id: staff.organization.id } })
    }
  })
})

describe('a batch with a key', () => {
  const batch = async (of: TestServer, names: string[], inputs: Input[]) => {
    const response = await fetch(`${of.url}/trpc/${names.join()}?batch=1`, {
      method: 'POST',
      headers: { ...fromHere, 'idempotency-key': randomUUID(), ...bearer(staff.owner.token) },
      body: JSON.stringify({ ...inputs }),
    })
    return (await response.json()) as { result?: unknown; error?: { data: { error: string } } }[]
  }
  const create = () => ({ org: staff.organization.id, name: `in a batch ${randomUUID()}` })

  it('of several changes is refused, each of them, without a connection: one key means one effect', async () => {
    const answers = await batch(without, ['projects.create', 'projects.create'], [create(), create()])
    expect(answers.map(({ error }) => error?.data.error)).toEqual(['IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_INVALID'])
  })

  it('of one change is answered the same again, also in a stream, whose head has left by then', async () => {
    const key = randomUUID()
    const send = () =>
      fetch(`${server.url}/trpc/projects.create?batch=1`, {
        method: 'POST',
        headers: { ...fromHere, 'trpc-accept': 'application/jsonl', 'idempotency-key': key, ...bearer(staff.owner.token) },
        body: JSON.stringify({ 0: { org: staff.organization.id, name: `streamed ${key}` } }),
      })
    const said = async () => {
      const response = await send()
      return { status: response.status, made: /"id":"([\w-]+)"/.exec(await response.text())?.[1] }
    }
    const first = await said()
    expect(first).toEqual({ status: 200, made: expect.any(String) })
    expect(await said()).toEqual(first)
  })

  it('of one change is one like any other', async () => {
    const [answer] = await batch(server, ['projects.create'], [create()])
    expect(answer).toMatchObject({ result: { data: { version: 1 } } })
  })
})

describe.each(doors)('over %s the answer to a key', (door) => {
  const call = (who: Caller, procedure: string, input: Input, key: string) => askWithKey({ server, door, who, procedure, input, key })

  it('is not given to somebody who was removed since, or has another role now', async () => {
    const { owner, member, admin, organization } = await aStaffedOrganization(server)
    const project = await aProject(owner, organization)
    const [key, other] = [randomUUID(), randomUUID()]
    const create = () => call(member, 'tasks.create', { project: project.id, title: 'mine' }, key)
    const rename = () => call(admin, 'projects.create', { org: organization.id, name: 'renamed' }, other)
    expect([(await create()).status, (await rename()).status]).toEqual(door === 'REST' ? [201, 201] : [200, 200])
    await owner.put(`/orgs/${organization.id}/members/${admin.userId}`, { role: 'viewer', version: 1 })
    await owner.delete(`/orgs/${organization.id}/members/${member.userId}`)
    expect(await create()).toMatchObject({ status: 404, body: { error: 'PROJECT_NOT_FOUND' } })
    expect(await rename()).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } })
  })

  it('that came by the door of the person is not given either, once the organization was left or is gone', async () => {
    const { owner, organization } = await aStaffedOrganization(server)
    const newcomer = await aGuest(server)
    const { body: link } = await owner.post(`/orgs/${organization.id}/invitations`, { role: 'member' })
    const [key, other, slug] = [randomUUID(), randomUUID(), `gone-${door.toLowerCase()}`]
    const accept = () => call(newcomer, 'invitations.accept', { token: link.token }, key)
    const create = () => call(newcomer, 'organizations.create', { name: 'Gone soon', slug }, other)
    await accept()
    const { body: made } = await create()
    expect([await accept(), await create()].map(isReplayed)).toEqual([true, true])
    await owner.delete(`/orgs/${organization.id}/members/${newcomer.userId}`)
    await newcomer.delete(`/orgs/${made.id}`)
    const gone = { status: 404, body: { error: 'ORG_NOT_FOUND' } }
    expect([await accept(), await create()]).toMatchObject([gone, gone])
    expect(await administrator.rows(`select from app.organizations where slug = $1`, [slug])).toEqual([]) // nor is it made anew
  })

  it('is not given to a session that has ended', async () => {
    const guest = await aGuest(server)
    const key = randomUUID()
    const rename = (who: Caller) => call(who, 'accounts.update', { name: 'Renamed once' }, key)
    await rename(guest)
    await guest.post('/auth/logout')
    expect(await rename(guest)).toMatchObject({ status: 401, body: { error: 'SESSION_ENDED' } })
  })

  it('of whatever ends what it stands on is what the door says then: nothing is ended twice', async () => {
    const { owner, member, organization } = await aStaffedOrganization(server)
    const project = await aProject(owner, organization)
    const task = await aTask(owner, project)
    const session = (JSON.parse(Buffer.from(member.token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }).sid
    const org = organization.id
    const endings: [who: Caller, procedure: string, input: Input, then: string][] = [
      [owner, 'tasks.delete', { task: task.id }, 'TASK_NOT_FOUND'],
      [owner, 'projects.delete', { project: project.id }, 'PROJECT_NOT_FOUND'],
      [member, 'members.remove', { org, user: member.userId }, 'ORG_NOT_FOUND'],
      [member, 'sessions.end', { session }, 'SESSION_ENDED'],
      [owner, 'organizations.delete', { org }, 'ORG_NOT_FOUND'],
    ]
    for (const [who, procedure, input, then] of endings) {
      const key = randomUUID()
      expect((await call(who, procedure, input, key)).status, procedure).toBe(door === 'REST' ? 204 : 200)
      expect((await call(who, procedure, input, key)).body, procedure).toMatchObject({ error: then })
    }
  })
})
