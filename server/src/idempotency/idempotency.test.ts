/** A request that is sent again with its key: one effect, one answer. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../../test/administrator.ts'
import type { Answer, Caller } from '../../test/caller.ts'
import type { Door, Input } from '../../test/doors.ts'
import { askOnce, askWithKey, isReplayed, plain } from '../../test/keyed.ts'
import { anOrganization, aProject, aStaffedOrganization, aTask, type Staffed } from '../../test/makers.ts'
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

const doors: readonly Door[] = ['REST', 'tRPC']

const count = async (from: string, ...values: unknown[]) => (await administrator.rows(`select from app.${from}`, values)).length
const projectsNamed = (name: string) => count('projects where name = $1', name)
const keysKept = (key: string) => count('idempotency_keys where key = $1', key)

describe.each(doors)('over %s a request with a key', (door) => {
  const call = (key: string, procedure: string, input: Input, who: Caller = staff.owner): Promise<Answer> =>
    askWithKey({ server, door, who, procedure, input, key })
  const create = (key: string, name: string, more: Input = {}, who?: Caller) =>
    call(key, 'projects.create', { org: staff.organization.id, name, ...more }, who)

  it('that comes again gets the same answer and has no second effect', async () => {
    const [key, name] = [randomUUID(), `again over ${door}`]
    const [first, second] = [await create(key, name), await create(key, name)]
    expect(first.status).toBe(door === 'REST' ? 201 : 200)
    expect(plain(second)).toEqual(plain(first))
    expect([first, second].map(isReplayed)).toEqual([false, true])
    expect([await projectsNamed(name), await keysKept(key)]).toEqual([1, 1])
  })

  it('that comes again tells nobody of anything', async () => {
    const [key, name] = [randomUUID(), `quiet over ${door}`]
    const events = () => count('events where organization_id = $1', staff.organization.id)
    const before = await events()
    await create(key, name)
    await create(key, name)
    expect(await events()).toBe(before + 1)
  })

  it('means the same with its fields in another order, and with a default said or left out', async () => {
    const [key, name] = [randomUUID(), `order over ${door}`]
    const first = await call(key, 'projects.create', { org: staff.organization.id, name, description: '' })
    const second = await call(key, 'projects.create', { name, org: staff.organization.id })
    expect(plain(second)).toEqual(plain(first))
    expect(await projectsNamed(name)).toBe(1)
  })

  it('means the same with quotes around it and without', async () => {
    const [key, name] = [randomUUID(), `quotes over ${door}`]
    const [first, second] = [await create(`"${key}"`, name), await create(key, name)]
    expect(plain(second)).toEqual(plain(first))
  })

  it('that comes fifty times at once has one effect, and everybody who gets an answer gets that one', async () => {
    const [key, name] = [randomUUID(), `fifty over ${door}`]
    const keyed = { server, door, who: staff.owner, procedure: 'projects.create', input: { org: staff.organization.id, name }, key }
    const answers = await Promise.all(Array.from({ length: 50 }, () => askOnce(keyed)))
    const answered = answers.filter(({ status }) => status < 300)
    const refusals = answers.filter(({ status }) => status >= 300).map(({ status, body }) => [status, body.error as string])
    // fifty at once may also be more than a busy machine has connections for
    expect(refusals.map(String).filter((one) => !['409,IDEMPOTENCY_KEY_IN_USE', '503,UNAVAILABLE'].includes(one))).toEqual([])
    expect(new Set(answered.map((answer) => JSON.stringify(plain(answer)))).size).toBe(1)
    expect(answered.filter((answer) => !isReplayed(answer)).length).toBe(1)
    expect([await projectsNamed(name), await keysKept(key)]).toEqual([1, 1])
  })

  it('that says something else is refused, and so are another procedure and another organization', async () => {
    const [key, name] = [randomUUID(), `else over ${door}`]
    const other = await anOrganization(staff.owner)
    await create(key, name)
    const refused = { status: 422, body: { error: 'IDEMPOTENCY_KEY_REUSED', requestId: expect.any(String) } }
    expect(await create(key, `${name} too`)).toMatchObject(refused)
    expect(await create(key, name, { org: other.id })).toMatchObject(refused)
    expect(await call(key, 'organizations.create', { name })).toMatchObject(refused)
    expect([await projectsNamed(name), await projectsNamed(`${name} too`)]).toEqual([1, 0])
  })

  it('has nothing to do with the same key of somebody else', async () => {
    const [key, name] = [randomUUID(), `somebody over ${door}`]
    const [first, second] = [await create(key, name), await create(key, name, {}, staff.admin)]
    expect(second.body.id).not.toBe(first.body.id)
    expect([first, second].map(isReplayed)).toEqual([false, false])
    expect(await projectsNamed(name)).toBe(2)
  })

  it('that was refused leaves nothing, and the same key works when it is right', async () => {
    const [key, slug] = [randomUUID(), `taken-${door.toLowerCase()}`]
    await aProject(staff.owner, staff.organization, { slug })
    const refusals = [
      await create(key, ''),
      await create(key, 'refused', { org: randomUUID() }),
      await create(key, 'refused', {}, staff.viewer),
      await create(key, 'refused', { slug }),
    ]
    expect(refusals.map(({ status }) => status)).toEqual([400, 404, 403, 409])
    expect(await keysKept(key)).toBe(0)
    const right = await create(key, 'right')
    expect([right.status, isReplayed(right)]).toEqual([door === 'REST' ? 201 : 200, false])
  })

  it('is answered again for a change and for a deletion below the thing that is deleted', async () => {
    const task = await aTask(staff.owner, await aProject(staff.owner, staff.organization))
    const [key, other] = [randomUUID(), randomUUID()]
    const complete = () => call(key, 'tasks.update', { task: task.id, version: 1, status: 'done' })
    const [first, second] = [await complete(), await complete()]
    expect(first).toMatchObject({ status: 200, body: { version: 2, status: 'done' } }) // without the key the second were a conflict
    expect(plain(second)).toEqual(plain(first))
    const { body: made } = await staff.owner.post(`/orgs/${staff.organization.id}/invitations`, { role: 'viewer' })
    const revoke = () => call(other, 'invitations.revoke', { org: staff.organization.id, invitation: made.id })
    const [gone, again] = [await revoke(), await revoke()]
    expect(gone.status).toBe(door === 'REST' ? 204 : 200)
    expect(plain(again)).toEqual(plain(gone))
    expect([gone, again].map(isReplayed)).toEqual([false, true])
  })

  it('is forgotten after a day, with everything else of that person that is as old', async () => {
    const [key, name] = [randomUUID(), `a day over ${door}`]
    const age = (hours: number) =>
      administrator.rows(`update app.idempotency_keys set created_at = now() - make_interval(hours => $2) where key = $1`, [key, hours])
    await create(key, name)
    await age(23)
    expect(isReplayed(await create(key, name))).toBe(true)
    await age(25)
    await create(randomUUID(), `another over ${door}`)
    expect(await keysKept(key)).toBe(0)
    expect(isReplayed(await create(key, name))).toBe(false)
    expect(await projectsNamed(name)).toBe(2)
  })
})

describe('what is kept of an answer', () => {
  it('shows nothing of it: neither a token that is stored nowhere else, nor a word of it', async () => {
    const key = randomUUID()
    const org = staff.organization.id
    const keyed = { server, door: 'REST', who: staff.owner, procedure: 'invitations.create', input: { org, role: 'viewer' }, key } as const
    const [first, second] = [await askWithKey(keyed), await askWithKey(keyed)]
    expect(second.body.token).toBe(first.body.token)
    const rows = await administrator.rows<{ row: string; raw: string }>(
      `select k::text as row, encode(k.response, 'escape') as raw from app.idempotency_keys k`,
    )
    const everything = JSON.stringify(rows)
    expect(everything).toContain(key) // so the row was looked at
    const hex = (text: string) => Buffer.from(text).toString('hex')
    const words = [first.body.token, first.body.id, '"token"'] as string[]
    expect(words.filter((word) => everything.includes(word) || everything.includes(hex(word)))).toEqual([])
  })

  it('is worth nothing under another key or to somebody else', async () => {
    const [key, name] = [randomUUID(), 'sealed for one place']
    const keyed = { server, door: 'REST', procedure: 'projects.create', input: { org: staff.organization.id, name }, key } as const
    await askWithKey({ ...keyed, who: staff.owner })
    await administrator.rows(`update app.idempotency_keys set user_id = $2 where key = $1`, [key, staff.admin.userId])
    expect(await askWithKey({ ...keyed, who: staff.admin })).toMatchObject({ status: 500, body: { error: 'INTERNAL' } })
  })
})
