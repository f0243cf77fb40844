/** What breaks around the server, and what its callers notice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withConnection } from '../src/db/provision-connection.ts'
import { organizationChannel } from '../src/events/channels.ts'
import { aGuest, callerWith, type Answer, type Caller } from './caller.ts'
import { aCluster, type TestCluster } from './cluster.ts'
import { aDatabase, type TestDatabase } from './database.ts'
import { aProject, aStaffedOrganization, type Staffed } from './makers.ts'
import { aProxy, type Proxy } from './proxy.ts'
import { aRedis, redisFrom, withoutRedis, type TestRedis } from './redis.ts'
import { aServer, type TestServer } from './server.ts'
import { aFollower, aTrpcFollower } from './streams.ts'

const unavailable = { status: 503, body: { error: 'UNAVAILABLE', requestId: expect.any(String) } }

/** Long enough for a busy machine, and shorter than every default that waits: ten seconds of a driver, sixty of a pool, for ever. */
const soonMs = 5_000

const aMoment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** How the process is, at its own addresses. */
async function ask(server: TestServer, path: '/health' | '/ready'): Promise<Answer> {
  const response = await fetch(server.url + path)
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** The answer and how many milliseconds it took. */
async function timed(call: () => Promise<Answer>): Promise<{ answer: Answer; ms: number }> {
  const startedAt = performance.now()
  const answer = await call()
  return { answer, ms: performance.now() - startedAt }
}

async function until(isThere: () => Promise<boolean>, ms = 5_000): Promise<number> {
  const startedAt = performance.now()
  while (!(await isThere())) {
    if (performance.now() - startedAt > ms) throw new Error(`Did not happen within ${ms} ms`)
    await aMoment(20)
  }
  return performance.now() - startedAt
}

describe('while PostgreSQL is stopped', () => {
  let cluster: TestCluster
  let server: TestServer
  let staff: Staffed
  beforeAll(async () => {
    cluster = await aCluster()
    server = await aServer({ database: cluster.database })
    staff = await aStaffedOrganization(server)
  })
  afterAll(async () => {
    await server.close()
    await cluster.database.drop()
  })

  it(
    'the process lives, says that it is not ready and why, answers 503 at once, and goes on by itself afterwards',
    { timeout: 30_000 },
    async () => {
      expect(await ask(server, '/ready')).toMatchObject({ status: 200, body: { status: 'ready', db: 'ok', redis: 'off', schema: 'ok' } })
      const follower = await aTrpcFollower(server, staff.viewer, staff.organization.id, '4')
      await cluster.stop()

      expect(await ask(server, '/health')).toMatchObject({ status: 200, body: { status: 'healthy' } })
      const ready = await ask(server, '/ready')
      expect(ready).toMatchObject({ status: 503, body: { status: 'unavailable', db: 'down' } })
      expect(ready.headers.get('retry-after')).toBe('2')
      for (const { answer, ms } of await Promise.all(Array.from({ length: 20 }, () => timed(() => staff.owner.get('/orgs'))))) {
        expect(answer).toMatchObject(unavailable)
        expect(answer.headers.get('retry-after')).toBe('2')
        expect(ms).toBeLessThan(soonMs)
      }
      const trpc = await fetch(`${server.url}/trpc/accounts.me`, { headers: { authorization: `Bearer ${staff.owner.token}` } })
      expect({ status: trpc.status, after: trpc.headers.get('retry-after') }).toEqual({ status: 503, after: '2' })
      server.r.bus.signal(organizationChannel(staff.organization.id)) // makes the stream look, and fail
      expect(await staff.owner.get('/orgs/nothing%20here')).toMatchObject({ status: 404 }) // what needs no database needs none

      await cluster.start()
      const ms = await until(async () => (await staff.owner.get('/orgs')).status === 200)
      expect(ms).toBeLessThan(soonMs)
      expect(await ask(server, '/ready')).toMatchObject({ status: 200, body: { status: 'ready', db: 'ok' } })
      await follower.until(() => follower.connections > 1, 'that the stream came back')
      await aProject(staff.owner, staff.organization)
      await follower.until(({ heard }) => heard.length === 1, 'the change after the restart')
      follower.close()
      process.stdout.write(`PostgreSQL was back: first answer after ${ms.toFixed(0)} ms\n`)
    },
  )
})

describe('a server', () => {
  let database: TestDatabase
  let proxy: Proxy
  let server: TestServer
  let owner: Caller
  beforeAll(async () => {
    database = await aDatabase()
    proxy = await aProxy(database.apiUrl)
    server = await aServer({ database: { ...database, apiUrl: proxy.through(database.apiUrl) }, env: { DATABASE_POOL: '2' } })
    owner = await aGuest(server)
  })
  afterAll(async () => {
    await server.close()
    await proxy.close()
    await database.drop()
  })

  it('survives that all its connections to PostgreSQL are killed at work, and the next request is answered', async () => {
    const killAll = () =>
      withConnection(database.adminUrl, async (client) => {
        const { rows } = await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'mortise_api' and datname = current_database()`,
        )
        return rows.length
      })
    let killed = 0
    for (let round = 0; round < 5; round++) {
      const calls = Array.from({ length: 10 }, () => owner.get('/orgs'))
      killed += await killAll()
      for (const { status } of await Promise.all(calls)) expect([200, 503]).toContain(status)
      await aMoment(20)
      killed += await killAll() // and while they are idle
      await aMoment(20)
      expect(await owner.get('/orgs')).toMatchObject({ status: 200 })
    }
    expect(killed).toBeGreaterThan(5)
  })

  it(
    'answers 503 and not never when PostgreSQL hangs, refuses at once who finds no connection, and goes on when it is back',
    { timeout: 30_000 },
    async () => {
      await Promise.all([owner.get('/orgs'), owner.get('/orgs')]) // both connections are open
      proxy.freeze()
      const holders = Promise.all([timed(() => owner.get('/orgs')), timed(() => owner.put('/auth/me', { name: 'Frozen' }))])
      await aMoment(50)
      const waiting = await Promise.all(Array.from({ length: 20 }, () => timed(() => owner.get('/orgs'))))
      for (const { answer, ms } of waiting) {
        expect(answer).toMatchObject(unavailable)
        expect(ms).toBeLessThan(soonMs)
      }
      expect(await ask(server, '/health')).toMatchObject({ status: 200 })
      const { answer, ms } = await timed(() => ask(server, '/ready'))
      expect(answer).toMatchObject({ status: 503, body: { db: 'down' } })
      expect(ms).toBeLessThan(9_000)
      for (const { answer, ms } of await holders) {
        expect(answer).toMatchObject(unavailable)
        expect(ms).toBeLessThan(9_000) // query_timeout is 6 s
      }
      expect(proxy.felt.held).toBeGreaterThan(0)
      proxy.thaw()
      expect(await until(async () => (await owner.get('/orgs')).status === 200)).toBeLessThan(soonMs)
    },
  )

  it('answers 503 when connections are refused, and goes on when they are not', async () => {
    await proxy.vanish()
    const { answer, ms } = await timed(() => owner.get('/orgs'))
    expect(answer).toMatchObject(unavailable)
    expect(ms).toBeLessThan(soonMs)
    expect(await ask(server, '/ready')).toMatchObject({ status: 503, body: { db: 'down' } })
    await proxy.appear()
    expect(await until(async () => (await owner.get('/orgs')).status === 200)).toBeLessThan(soonMs)
  })

  it('that starts before PostgreSQL waits for it: not ready, then ready', async () => {
    await proxy.vanish()
    const early = await aServer({ database: { ...database, apiUrl: proxy.through(database.apiUrl) } })
    expect(await ask(early, '/ready')).toMatchObject({ status: 503, body: { db: 'down', schema: 'unknown' } })
    expect(await callerWith(early, undefined).post('/auth/guest')).toMatchObject(unavailable)
    await proxy.appear()
    await until(async () => (await ask(early, '/ready')).status === 200)
    await early.close()
  })

  it('forgets the requests of callers who leave: their connections serve the next', async () => {
    const ends: string[] = []
    for (let count = 0; count < 40; count++) {
      const leaves = new AbortController()
      const call = fetch(`${server.url}/api/v1/orgs`, { headers: { authorization: `Bearer ${owner.token}` }, signal: leaves.signal })
      setTimeout(() => leaves.abort(), Math.random() * 6)
      ends.push(
        await call.then(
          ({ status }) => String(status),
          ({ name }: Error) => name,
        ),
      )
    }
    expect(ends.filter((end) => end !== '200' && end !== 'AbortError')).toEqual([])
    expect(ends).toContain('AbortError')
    expect(await owner.get('/orgs')).toMatchObject({ status: 200 })
  })
})

describe('a server whose database is not as it must be', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.drop())

  const administrator = (sql: string) => withConnection(database.adminUrl, async (client) => void (await client.query(sql)))

  it('is not ready when it was given a login that row level security does not hold', async () => {
    const server = await aServer({ database, env: { DATABASE_URL: database.adminUrl } })
    const { status, body } = await ask(server, '/ready')
    await server.close()
    expect({ status, schema: body.schema }).toEqual({ status: 503, schema: 'wrong' })
    expect(body.faults.join('\n')).toMatch(/superuser|row level security/i)
  })

  it('is not ready while a table does not force row level security, names the table, and is ready when it does', async () => {
    await administrator('alter table app.tasks no force row level security')
    const server = await aServer({ database })
    const before = await ask(server, '/ready')
    await administrator('alter table app.tasks force row level security')
    const after = await ask(server, '/ready')
    await server.close()
    expect(before).toMatchObject({
      status: 503,
      body: { status: 'unavailable', db: 'ok', schema: 'wrong', faults: [expect.stringMatching(/tasks.*force/i)] },
    })
    expect(after).toMatchObject({ status: 200, body: { status: 'ready', schema: 'ok' } })
  })
})

describe.skipIf(redisFrom === undefined)(`while Redis is stopped${withoutRedis}`, () => {
  let redis: TestRedis
  let server: TestServer
  let staff: Staffed
  beforeAll(async () => {
    redis = await aRedis()
    server = await aServer({ env: { REDIS_URL: redis.url } })
    staff = await aStaffedOrganization(server)
    await until(async () => (await ask(server, '/ready')).body.redis === 'ok')
  })
  afterAll(async () => {
    await server.close()
    await redis.close()
  })

  it('the process is degraded and serves on, streams included, and is whole again afterwards', async () => {
    const before = await ask(server, '/ready')
    const follower = await aFollower(server, staff.viewer, staff.organization.id)
    await redis.stop()
    await until(async () => (await ask(server, '/ready')).body.redis === 'down')
    const during = await ask(server, '/ready')
    const { ms } = await timed(() => staff.owner.get('/orgs'))
    await aProject(staff.owner, staff.organization)
    await follower.until(({ heard }) => heard.length === 1, 'a change without Redis')
    await redis.start()
    await until(async () => (await ask(server, '/ready')).body.redis === 'ok')
    await aProject(staff.owner, staff.organization)
    await follower.until(({ heard }) => heard.length === 2, 'a change after Redis came back')
    follower.close()
    expect(before).toMatchObject({ status: 200, body: { status: 'ready', redis: 'ok' } })
    expect(during).toMatchObject({ status: 200, body: { status: 'degraded', redis: 'down', db: 'ok' } })
    expect(ms).toBeLessThan(soonMs)
  })
})
