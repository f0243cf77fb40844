/** Streams that break: whatever happens on the way, everybody hears everything once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerWith, type Caller } from '../../test/caller.ts'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { aProject, aStaffedOrganization, aTask, type Staffed } from '../../test/makers.ts'
import { aProxy, type Proxy } from '../../test/proxy.ts'
import { aRedis, redisFrom, withoutRedis, type TestRedis } from '../../test/redis.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { aFollower, aTrpcFollower, type Heard } from '../../test/streams.ts'

const reconnects = 20
const writes = 300

/** The same person at the other server: both know the same secret. */
const at = (server: TestServer, person: Caller) => callerWith(server, person.token, person.userId)

const aMoment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Follows over REST, leaves at random moments, and comes back with the last id to the one server or the other, until it has heard `last()`. */
async function restless(servers: TestServer[], person: Caller, org: string, last: () => number | undefined) {
  const heard: Heard[] = []
  let lastId: string | undefined
  let count = 0
  for (;;) {
    const follower = await aFollower(servers[count++ % servers.length] as TestServer, person, org, lastId)
    const end = count > reconnects ? last() : undefined
    await (end === undefined ? aMoment(20 + Math.random() * 40) : follower.until(({ lastId }) => Number(lastId) >= end))
    follower.close()
    await follower.ended
    heard.push(...follower.heard)
    lastId = follower.lastId
    if (end !== undefined) return { heard, count }
  }
}

describe.skipIf(redisFrom === undefined)(`a follower of two servers${withoutRedis}`, () => {
  let redis: TestRedis
  let database: TestDatabase
  let servers: [TestServer, TestServer]
  let proxy: Proxy
  let staff: Staffed
  beforeAll(async () => {
    redis = await aRedis()
    database = await aDatabase()
    const aSecond = () => aServer({ database, env: { REDIS_URL: redis.url, DATABASE_POOL: '6' } })
    servers = [await aSecond(), await aSecond()]
    proxy = await aProxy(servers[0].url)
    staff = await aStaffedOrganization(servers[0])
  })
  afterAll(async () => {
    await proxy.close()
    await Promise.all(servers.map((server) => server.close()))
    await Promise.all([redis.close(), database.drop()])
  })

  it(`hears each of ${writes} changes by 3 people once and in order, over ${reconnects} reconnects`, { timeout: 30_000 }, async () => {
    const org = staff.organization.id
    const project = await aProject(staff.owner, staff.organization)
    const behindProxy = await aTrpcFollower({ url: `http://127.0.0.1:${proxy.port}` }, staff.viewer, org, '0')
    const head = 4 + 1 + writes // founding, three who joined, the project
    let last: number | undefined
    const leaver = restless(servers, staff.viewer, org, () => last)

    const write = async (person: Caller, turn: number) => {
      const writer = at(servers[turn % 2] as TestServer, person)
      for (let left = writes / 3; left > 0; left--) {
        await aTask(writer, project)
        await aMoment(Math.random() * 10)
      }
    }
    const cut = async () => {
      for (let left = reconnects; left > 0; left--) {
        await behindProxy.until(() => behindProxy.connections >= reconnects - left + 1)
        await aMoment(Math.random() * 40)
        proxy.cut()
      }
    }
    const cutting = cut()
    await Promise.all([staff.owner, staff.admin, staff.member].map(write))
    last = head
    const left = await leaver
    await cutting
    await behindProxy.until(({ heard }) => heard.length >= head, 'all changes')
    await behindProxy.until(() => behindProxy.connections > reconnects, 'the last reconnect')
    behindProxy.close()

    const everything = Array.from({ length: head }, (_, at) => at + 1)
    expect(behindProxy.heard.map(({ id }) => id)).toEqual(everything)
    expect(behindProxy.connections).toBeGreaterThan(reconnects)
    expect(left.count).toBeGreaterThan(reconnects)
    const first = left.heard[0]?.id ?? 0
    expect(left.heard.map(({ id }) => id)).toEqual(everything.slice(first - 1))
    process.stdout.write(
      `${writes} changes: ${behindProxy.connections} connections over tRPC, ${left.count} over REST, 0 lost, 0 doubled\n`,
    )
  })
})
