/** The process: how it starts, how it refuses to, and how it leaves without breaking a promise. */
import { Agent, createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi, type TestContext } from 'vitest'
import { aGuest } from './caller.ts'
import { aDatabase, type TestDatabase } from './database.ts'
import { anOrganization, aStaffedOrganization, aTask, aProject } from './makers.ts'
import { launch, aProcess, type TestProcess } from './process.ts'
import { aProxy, type Proxy } from './proxy.ts'
import { aFollower, aTrpcFollower } from './streams.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await aDatabase()
})
afterAll(() => database.drop())

/** A process of its own, with a proxy of its own in front of the database; both are gone after the test. */
async function aServerProcess({ onTestFinished }: TestContext): Promise<{ server: TestProcess; proxy: Proxy }> {
  const proxy = await aProxy(database.apiUrl)
  const server = await aProcess({ DATABASE_URL: proxy.through(database.apiUrl) })
  onTestFinished(async () => {
    server.signal('SIGKILL')
    await server.ended
    await proxy.close()
  })
  return { server, proxy }
}

const aMoment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe.concurrent('a server that is told to stop', { timeout: 40_000 }, () => {
  it.for(['SIGTERM', 'SIGINT'] as const)(
    'by %s answers everything in flight, ends the streams, and exits with 0',
    async (signal, context) => {
      const { server, proxy } = await aServerProcess(context)
      const staff = await aStaffedOrganization(server)
      // an organization holds a part of the pool only, so several fill it; each has been in once, and is known
      const projects = await Promise.all(Array.from({ length: 5 }, async () => aProject(staff.owner, await anOrganization(staff.owner))))
      for (const project of projects) await aTask(staff.owner, project)
      const [plain, trpc] = [
        await aFollower(server, staff.viewer, staff.organization.id),
        await aTrpcFollower(server, staff.viewer, staff.organization.id),
      ]
      let isOver = false
      void trpc.ended.then(() => (isOver = true))
      proxy.slow(80)
      // one call needs one connection: when there are as many as the pool may have, all calls are in flight
      const calls = projects.flatMap(({ id }) => [
        aTask(staff.owner, { id }),
        staff.owner.get(`/projects/${id}/tasks`).then(({ status }) => expect(status).toBe(200)),
      ])
      await vi.waitUntil(() => proxy.felt.connections >= calls.length, { timeout: 5_000, interval: 5 })
      const toldAt = performance.now()
      server.signal(signal)
      const answers = await Promise.allSettled(calls)
      const { code, stderr } = await server.ended
      const ms = performance.now() - toldAt
      expect(isOver, 'the client of tRPC goes on trying').toBe(false)
      trpc.close()

      expect(answers.filter(({ status }) => status === 'rejected')).toEqual([])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(ms).toBeLessThan(10_000)
      expect(ms, 'the calls were in flight').toBeGreaterThan(100)
      await plain.ended
      // neither was refused nor told that it is over: both come back, to whoever serves then
      expect({ plain: plain.refusal, trpc: trpc.refusal }).toEqual({ plain: undefined, trpc: undefined })
      expect(server.log().map(({ msg }) => msg)).toEqual(expect.arrayContaining(['listening', 'stopping', 'stopped']))
      process.stdout.write(`${signal}: ${calls.length} calls in flight answered, gone after ${ms.toFixed(0)} ms\n`)
    },
  )

  it('says at once that it is not ready, and asks whoever keeps a connection to let go of it', async (context) => {
    const { server, proxy } = await aServerProcess(context)
    const guest = await aGuest(server)
    proxy.freeze()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const slow = answerOf(agent, `${server.url}/api/v1/auth/me`, guest.token)
    const behind = answerOf(agent, `${server.url}/ready`) // waits for the same connection
    await vi.waitUntil(() => proxy.felt.held > 0) // the call is in flight
    server.signal('SIGTERM')
    await aMoment(100)
    proxy.thaw()
    const [first, second] = await Promise.allSettled([slow, behind])
    agent.destroy()
    expect(first).toMatchObject({ status: 'fulfilled', value: { status: 200, connection: 'close' } })
    // a new connection is refused, so nobody takes the process for ready
    expect(second.status === 'rejected' || second.value.status === 503).toBe(true)
    expect((await server.ended).code).toBe(0)
  })

  it('cuts off who does not finish, and is gone within ten seconds', async (context) => {
    const { server } = await aServerProcess(context)
    const { port } = new URL(server.url)
    const request = httpRequest({
      port,
      method: 'POST',
      path: '/api/v1/auth/guest',
      headers: { 'content-type': 'application/json', 'content-length': 100 },
    })
    const broken = once(request, 'error')
    request.write('{') // and nothing more
    await aMoment(100)
    const toldAt = performance.now()
    server.signal('SIGTERM')
    expect((await server.ended).code).toBe(0)
    expect(performance.now() - toldAt).toBeLessThan(10_000)
    await broken
  })

  it('stops as well when its parent has gone', async (context) => {
    const { server } = await aServerProcess(context)
    server.disconnect()
    expect((await server.ended).code).toBe(0)
  })
})

/** One call over an agent: its status and what it says about the connection. */
async function answerOf(agent: Agent, url: string, token = ''): Promise<{ status: number | undefined; connection: string | undefined }> {
  const request = httpRequest(url, { agent, headers: token === '' ? {} : { authorization: `Bearer ${token}` } }).end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.resume()
  return { status: response.statusCode, connection: response.headers.connection }
}

describe.concurrent('a server that cannot start', () => {
  it('for its configuration says everything that is wrong with it, shows no secret, and exits with 78', async () => {
    const { ended } = launch({
      NODE_ENV: 'production',
      PORT: '70000',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      TOKEN_SECRET: 'short',
      DEMO_ORGANIZATION: 'demo',
    })
    const { code, stderr } = await ended
    expect(code).toBe(78)
    for (const key of ['PORT', 'DATABASE_URL', 'TOKEN_SECRET', 'DEMO_ORGANIZATION']) expect(stderr).toMatch(new RegExp(`^${key}: `, 'm'))
    expect(stderr).not.toMatch(/hunter2|short|at .*\.ts:/)
  })

  it('because its port is taken says so in one sentence', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const { ended } = launch({
      NODE_ENV: 'test',
      PORT: String(port),
      DATABASE_URL: database.apiUrl,
      TOKEN_SECRET: 'a secret that is used in tests only, and nowhere else',
    })
    const { code, stderr } = await ended
    taken.close()
    expect({ code, stderr }).toEqual({ code: 1, stderr: `Port ${port} is taken. Choose another one with PORT.\n` })
  })
})
