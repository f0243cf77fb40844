/** Limits over two processes: one budget between them while Redis is there, parts of it while it is away. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest, callerWith, type Answer, type Caller } from '../../test/caller.ts'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { aProcess, type TestProcess } from '../../test/process.ts'
import { aRedis, redisFrom, withoutRedis, type TestRedis } from '../../test/redis.ts'

const calls = 30

describe.skipIf(redisFrom === undefined)(`two processes${withoutRedis}`, () => {
  let database: TestDatabase
  let redis: TestRedis
  let servers: [TestProcess, TestProcess]
  beforeAll(async () => {
    database = await aDatabase()
    redis = await aRedis()
    const env = { DATABASE_URL: database.apiUrl, REDIS_URL: redis.url, RATE_LIMIT_USER: String(calls * 6), PROCESSES: '2' }
    servers = await Promise.all([aProcess(env), aProcess(env)])
  })
  afterAll(async () => {
    for (const server of servers) server.signal('SIGKILL')
    await Promise.all(servers.map(({ ended }) => ended))
    await redis.close()
    await database.drop()
  })

  /** Each round asks with somebody new: nobody's window begins before it. */
  const aPerson = async (): Promise<Caller[]> => {
    const guest = await aGuest(servers[0])
    return servers.map((server) => callerWith(server, guest.token, guest.userId))
  }
  const flood = async (person: Caller[], count = 4 * calls): Promise<Answer[]> =>
    Promise.all(Array.from({ length: count }, (_, turn) => (person[turn % 2] as Caller).get('/auth/me')))
  const admitted = (answers: Answer[]) => answers.filter(({ status }) => status === 200).length
  const codes = (answers: Answer[]) => [...new Set(answers.map(({ status }) => status))].sort((a, b) => a - b)
  /** Until every process says the limit that it gives with or without Redis. */
  const untilLimit = async (limit: number) => {
    await expect
      .poll(async () => (await aPerson().then((person) => Promise.all(person.map((one) => one.get('/auth/me'))))).map(limitOf), {
        timeout: 10_000,
      })
      .toEqual([limit, limit])
  }
  const limitOf = ({ headers }: Answer) => Number(headers.get('ratelimit-limit'))

  it('share one budget; without Redis each gives its part, nobody fails, and with Redis back they share again', async () => {
    await untilLimit(calls)
    const person = await aPerson()
    const together = await flood(person)
    expect({ admitted: admitted(together), codes: codes(together) }).toEqual({ admitted: calls, codes: [200, 429] })

    await redis.stop()
    await untilLimit(calls / 2)
    const alone = await flood(await aPerson())
    expect({ admitted: admitted(alone), codes: codes(alone) }).toEqual({ admitted: calls, codes: [200, 429] })
    const again = await flood(person) // spent with Redis, and whatever the parts still give
    expect(admitted(together) + admitted(again)).toBeLessThanOrEqual(2 * calls)
    expect(codes(again).filter((status) => status >= 500)).toEqual([])

    await redis.start()
    await untilLimit(calls)
    const back = await flood(await aPerson())
    expect({ admitted: admitted(back), codes: codes(back) }).toEqual({ admitted: calls, codes: [200, 429] })
  })
})
