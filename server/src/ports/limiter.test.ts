/** What every limiter promises, wherever it counts; and what the one over Redis promises beyond. */
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { aProxy } from '../../test/proxy.ts'
import { aRedis, redisFrom, withoutRedis, type TestRedis } from '../../test/redis.ts'
import type { Budget, Limiter, Spent } from './limiter.ts'
import { memoryLimiter } from './memory/limiter.ts'
import { redisLimiter } from './redis/limiter.ts'

let redis: TestRedis | undefined
beforeAll(async () => {
  if (redisFrom !== undefined) redis = await aRedis()
})
afterAll(() => redis?.close())

const open: Limiter[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((limiter) => limiter.close()))
})
const kept = (limiter: Limiter): Limiter => {
  open.push(limiter)
  return limiter
}

/** Long windows: no test waits for the end of one, unless it says so. */
const aBudget = (calls: number, seconds = 600): Budget => ({ name: `test-${crypto.randomUUID()}`, calls, seconds })

async function until(isThere: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let left = 500; !(await isThere()); left--) {
    if (left === 0) throw new Error(`Did not happen within 5 s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A limiter over Redis that has reached it: until then it counts alone, with a part so small that it shows. */
async function overRedis(url = redis?.url ?? ''): Promise<Limiter> {
  const limiter = kept(redisLimiter(url, 1_000, pino({ level: 'silent' })))
  await until(async () => isShared(await limiter.spend(aBudget(2_000), 'somebody', 1)), 'Redis is asked')
  return limiter
}
const isShared = ({ limit }: Spent) => limit === 2_000

const adapters = [
  { name: 'memory', make: () => Promise.resolve(kept(memoryLimiter())), isThere: true },
  { name: `redis${withoutRedis}`, make: () => overRedis(), isThere: redisFrom !== undefined },
]

describe.each(adapters.filter(({ isThere }) => isThere))('a limiter ($name)', ({ make }) => {
  it('admits what the budget has, refuses what is beyond, and says each time how it stands', async () => {
    const limiter = await make()
    const budget = aBudget(3)
    const stands: Spent[] = []
    for (let turn = 0; turn < 5; turn++) stands.push(await limiter.spend(budget, 'somebody', 1))
    expect(stands.map(({ isAdmitted, remaining }) => [isAdmitted, remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
      [false, 0],
    ])
    for (const { limit, seconds, resetMs } of stands) {
      expect({ limit, seconds }).toEqual({ limit: 3, seconds: 600 })
      expect(resetMs).toBeGreaterThan(0)
      expect(resetMs).toBeLessThanOrEqual(600_000)
    }
  })

  it('takes what a call costs', async () => {
    const limiter = await make()
    const budget = aBudget(10)
    const costs = [4, 5, 2]
    const stands: boolean[] = []
    for (const cost of costs) stands.push((await limiter.spend(budget, 'somebody', cost)).isAdmitted)
    expect(stands).toEqual([true, true, false])
  })

  it('keeps everybody apart, and every budget', async () => {
    const limiter = await make()
    const [one, other] = [aBudget(1), aBudget(1)]
    const asked = [await limiter.spend(one, 'a', 1), await limiter.spend(one, 'b', 1), await limiter.spend(other, 'a', 1)]
    expect(asked.map(({ isAdmitted }) => isAdmitted)).toEqual([true, true, true])
    expect((await limiter.spend(one, 'a', 1)).isAdmitted).toBe(false)
  })

  it('admits no more when all ask at once', async () => {
    const limiter = await make()
    const budget = aBudget(50)
    const asked = await Promise.all(Array.from({ length: 300 }, () => limiter.spend(budget, 'somebody', 1)))
    expect(asked.filter(({ isAdmitted }) => isAdmitted)).toHaveLength(50)
  })

  it('admits again when the window is over', async () => {
    const limiter = await make()
    const budget = aBudget(1, 1)
    await limiter.spend(budget, 'somebody', 1)
    await until(async () => !(await limiter.spend(budget, 'somebody', 1)).isAdmitted, 'the budget is spent')
    await expect.poll(async () => (await limiter.spend(budget, 'somebody', 1)).isAdmitted, { timeout: 5_000 }).toBe(true)
  })

  it('takes any text as a key', async () => {
    const limiter = await make()
    const budget = aBudget(1)
    for (const key of ['*', 'a:b', 'line\nbreak', '', 'ünï 🦊', '2001:db8:0:0::/64']) {
      expect({ key, isAdmitted: (await limiter.spend(budget, key, 1)).isAdmitted }).toEqual({ key, isAdmitted: true })
      expect((await limiter.spend(budget, key, 1)).isAdmitted).toBe(false)
    }
  })
})

describe('a limiter that counts alone', () => {
  it('gives the part of one process', async () => {
    const limiter = kept(memoryLimiter(4))
    const budget = aBudget(10)
    const asked = await Promise.all(Array.from({ length: 10 }, () => limiter.spend(budget, 'somebody', 1)))
    expect(asked.filter(({ isAdmitted }) => isAdmitted)).toHaveLength(3)
    expect(asked[0]?.limit).toBe(3)
  })
})

describe.skipIf(redisFrom === undefined)(`a limiter over Redis${withoutRedis}`, () => {
  const two = async () => [await overRedis(), await overRedis()] as [Limiter, Limiter]

  it('counts together with the other processes', async () => {
    const [here, there] = await two()
    const budget = aBudget(10)
    const asked = await Promise.all(Array.from({ length: 40 }, (_, turn) => (turn % 2 ? here : there).spend(budget, 'somebody', 1)))
    expect(asked.filter(({ isAdmitted }) => isAdmitted)).toHaveLength(10)
  })

  it('with Redis away goes on at the part of each process, within twice the budget, and shares again when Redis is back', async () => {
    const limiters = [1, 2].map(() => kept(redisLimiter(redis?.url ?? '', 2, pino({ level: 'silent' }))))
    const [here, there] = limiters as [Limiter, Limiter]
    const whole = aBudget(20)
    for (const limiter of limiters) await until(async () => (await limiter.spend(whole, 'x', 1)).limit === 20, 'Redis is asked')
    const budget = aBudget(20)
    const flood = () => Promise.all(Array.from({ length: 100 }, (_, turn) => (turn % 2 ? here : there).spend(budget, 'somebody', 1)))
    const admitted = (asked: Spent[]) => asked.filter(({ isAdmitted }) => isAdmitted).length

    const before = admitted(await flood())
    await redis?.stop()
    const during = aBudget(20)
    const alone = await Promise.all(Array.from({ length: 100 }, (_, turn) => (turn % 2 ? here : there).spend(during, 'somebody', 1)))
    const both = before + admitted(await flood())
    expect({ before, during: admitted(alone), parts: [...new Set(alone.map(({ limit }) => limit))] }).toEqual({
      before: 20,
      during: 20,
      parts: [10],
    })
    expect(both).toBeLessThanOrEqual(40)

    await redis?.start()
    const after = aBudget(20)
    for (const limiter of limiters) await until(async () => (await limiter.spend(aBudget(20), 'x', 1)).limit === 20, 'Redis is back')
    const again = await Promise.all(Array.from({ length: 100 }, (_, turn) => (turn % 2 ? here : there).spend(after, 'somebody', 1)))
    expect(admitted(again)).toBe(20)
  })

  it('starts where there is no Redis yet, and joins when there is', async () => {
    await redis?.stop()
    const limiter = kept(redisLimiter(redis?.url ?? '', 2, pino({ level: 'silent' })))
    expect(await limiter.spend(aBudget(10), 'somebody', 1)).toMatchObject({ isAdmitted: true, limit: 5 })
    await redis?.start()
    await until(async () => (await limiter.spend(aBudget(10), 'x', 1)).limit === 10, 'Redis is asked')
  })

  it('waits a moment for a Redis that hangs, then asks it once a second only, and comes back by itself', async () => {
    const proxy = await aProxy(redis?.url ?? '')
    const limiter = await overRedis(proxy.through(redis?.url ?? ''))
    proxy.freeze()
    const first = await Promise.all(Array.from({ length: 10 }, () => limiter.spend(aBudget(2_000), 'x', 1)))
    expect(first.map(isShared)).toEqual(Array.from({ length: 10 }, () => false))
    const felt = proxy.felt.held
    expect(felt).toBeGreaterThan(0)
    for (let turn = 0; turn < 500; turn++) expect(isShared(await limiter.spend(aBudget(2_000), 'x', 1))).toBe(false)
    expect(proxy.felt.held - felt).toBeLessThan(50)
    proxy.thaw()
    await until(async () => isShared(await limiter.spend(aBudget(2_000), 'x', 1)), 'Redis is asked again')
    await limiter.close()
    await proxy.close()
  })

  it('does not ask Redis about a budget that it knows to be spent', async () => {
    const proxy = await aProxy(redis?.url ?? '')
    const limiter = await overRedis(proxy.through(redis?.url ?? ''))
    const budget = aBudget(2_000)
    await limiter.spend(budget, 'somebody', 2_001)
    proxy.freeze()
    for (let turn = 0; turn < 20; turn++)
      expect(await limiter.spend(budget, 'somebody', 1)).toMatchObject({ isAdmitted: false, limit: 2_000 })
    expect(proxy.felt.held).toBe(0)
    proxy.thaw()
    await limiter.close()
    await proxy.close()
  })
})
