/** Whatever breaks between a request and its answer: the same request with the same key has one effect in the end. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi, type TestContext } from 'vitest'
import { z } from 'zod'
import { anAdministrator, type Administrator } from '../../test/administrator.ts'
import type { Answer } from '../../test/caller.ts'
import type { Door } from '../../test/doors.ts'
import { askOnce, askWithKey, isReplayed, plain } from '../../test/keyed.ts'
import { aProject, aStaffedOrganization, aTask, type Staffed } from '../../test/makers.ts'
import { aProxy, type Proxy } from '../../test/proxy.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import type { Context } from '../context.ts'
import { connect } from '../db/provision-connection.ts'
import { create as createProject } from '../projects/service.ts'
import { verifyAccessToken } from '../tokens/access.ts'
import { createCallerFactory, orgProcedure, router } from '../trpc.ts'

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

const projectsNamed = async (name: string) => (await administrator.rows('select from app.projects where name = $1', [name])).length

const creating = (door: Door, name: string) => ({
  server: server as Pick<TestServer, 'url'>,
  door,
  who: staff.owner,
  procedure: 'projects.create',
  input: { org: staff.organization.id, name },
  key: randomUUID(),
})

/** A request in flight: its change waits for a row that we hold. */
async function inFlight(door: Door) {
  const task = await aTask(staff.owner, await aProject(staff.owner, staff.organization))
  const holder = await connect(server.database.adminUrl)
  await holder.query('begin')
  await holder.query('select from app.tasks where id = $1 for update', [task.id])
  const input = { task: task.id, version: 1, title: 'Changed once' }
  const keyed = { server, door, who: staff.owner, procedure: 'tasks.update', input, key: randomUUID() }
  const first: Promise<Answer> = askOnce(keyed)
  await vi.waitUntil(async () => (await administrator.waiting()) > 0, { timeout: 10_000, interval: 5 })
  return { keyed, first, release: () => holder.end() }
}

describe.each(doors)('over %s a request', (door) => {
  it('that is still being answered is told so to whoever sends it again, and when to come back', async () => {
    const { keyed, first, release } = await inFlight(door)
    const second = await askOnce(keyed)
    expect(second).toMatchObject({ status: 409, body: { error: 'IDEMPOTENCY_KEY_IN_USE', requestId: expect.any(String) } })
    expect(second.headers.get('retry-after')).toBe('1')
    await release()
    expect(await first).toMatchObject({ status: 200, body: { title: 'Changed once', version: 2 } })
    expect(plain(await askWithKey(keyed))).toEqual(plain(await first))
  })

  it('whose connection to PostgreSQL is killed before the commit leaves nothing, and succeeds when it comes again', async () => {
    const { keyed, first, release } = await inFlight(door)
    await administrator.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and usename = 'mortise_api'`,
    )
    expect(await first).toMatchObject({ status: 503, body: { error: 'UNAVAILABLE' } })
    await release()
    const second = await askWithKey(keyed)
    expect(second).toMatchObject({ status: 200, body: { title: 'Changed once', version: 2 } })
    expect(isReplayed(second)).toBe(false)
  })

  it('whose answer is lost on its way to the caller gets it when it comes again', async () => {
    const cutting = await aProxy(server.url, () => (side, _chunk, pass, cut) => (side === 'server' ? cut() : pass()))
    try {
      const keyed = creating(door, `lost answer over ${door}`)
      await expect(askOnce({ ...keyed, server: { url: `http://127.0.0.1:${cutting.port}` } })).rejects.toThrow('fetch failed')
      expect(cutting.felt.broken).toBe(1)
      expect(await projectsNamed(keyed.input.name)).toBe(1)
      const again = await askWithKey(keyed)
      expect([again.body.name, isReplayed(again)]).toEqual([keyed.input.name, true])
      expect(await projectsNamed(keyed.input.name)).toBe(1)
    } finally {
      await cutting.close()
    }
  })

  it('whose commit succeeds and is never confirmed is not known to have succeeded, and has one effect all the same', async (context) => {
    const { behind, proxy, lose } = await behindLosingProxy(context)
    const keyed = { ...creating(door, `lost commit over ${door}`), server: behind }
    await behind.r.database.ping()
    lose()
    expect(await askOnce(keyed)).toMatchObject({ status: 503, body: { error: 'UNAVAILABLE' } })
    expect(proxy.felt.broken).toBeGreaterThan(0)
    expect(await projectsNamed(keyed.input.name)).toBe(1)
    const again = await askWithKey(keyed)
    expect([again.body.name, isReplayed(again)]).toEqual([keyed.input.name, true])
    expect(await projectsNamed(keyed.input.name)).toBe(1)
  })
})

/** A server on the same database whose next commit is done, and whose confirmation never arrives. */
async function behindLosingProxy({ onTestFinished }: TestContext): Promise<{ behind: TestServer; proxy: Proxy; lose: () => void }> {
  let isLosing = false
  const confirmation = Buffer.from('COMMIT\0') // the tag that PostgreSQL ends a commit with
  const proxy = await aProxy(server.database.apiUrl, () => (side, chunk, pass, cut) => {
    if (!isLosing || side === 'client' || !chunk.includes(confirmation)) return pass()
    isLosing = false
    cut()
  })
  const database = { ...server.database, apiUrl: proxy.through(server.database.apiUrl) }
  const behind = await aServer({ database })
  onTestFinished(async () => {
    await behind.close()
    await proxy.close()
  })
  return { behind, proxy, lose: () => void (isLosing = true) }
}

describe('work that lost a race and is begun anew', () => {
  const input = z.object({ org: z.string(), name: z.string() })
  let runs = 0
  const procedures = router({
    racing: orgProcedure('project:write', input)
      .output(z.object({ id: z.string() }))
      .mutation(async ({ ctx: { scope }, input: { name } }) => {
        const made = await createProject(scope, { org: '', name, description: '' })
        if (++runs === 1) await scope.tx.raw(`do $$ begin raise exception 'lost' using errcode = '40001'; end $$`)
        return made
      }),
  })

  it('keeps its key: it is answered once, and the same when it comes again', async () => {
    const [key, name] = [randomUUID(), 'lost a race']
    const context = {
      r: server.r,
      requestId: 'test',
      authenticate: () => verifyAccessToken(server.r.keys.access, staff.owner.token),
      idempotencyKey: key,
      callsInRequest: 1,
      markReplayed: vi.fn(),
      tellSpent: () => undefined,
    }
    const call = () => createCallerFactory(procedures)(context as unknown as Context).racing({ org: staff.organization.id, name })
    const first = await call()
    expect([runs, context.markReplayed.mock.calls.length]).toEqual([2, 0])
    expect(await call()).toEqual(first)
    expect([runs, context.markReplayed.mock.calls.length]).toEqual([2, 1])
    expect(await projectsNamed(name)).toBe(1)
  })
})
