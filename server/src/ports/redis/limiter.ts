/** The limiter that all processes share, over Redis. */
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Limiter } from '../limiter.ts'
import { consumed, memoryLimiter, oneEach } from '../memory/limiter.ts'

const patienceMs = 150
const failuresBeforeRest = 5
const restMs = 1_000

/**
 * Counts in Redis. Where Redis does not answer, this process counts its part of each budget by itself, so an outage opens
 * nothing and costs nobody a call; together the processes then give what the budget gives. After five failures in a row one call
 * a second asks Redis and the others do not wait for it. A budget that is spent is remembered here: refusing costs no round trip.
 */
export function redisLimiter(url: string, processes: number, log: Logger): Limiter {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 1_000,
    commandTimeout: patienceMs,
    keepAlive: 10_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times: number) => Math.min(50 * 2 ** times, 2_000),
  })
  client.on('error', (error: Error) => log.debug({ reason: error.message }, 'redis is away'))
  client.connect().catch(() => undefined) // the error event has told; ioredis goes on trying

  const alone = memoryLimiter(processes)
  const counters = oneEach(
    ({ name, calls, seconds }) =>
      new RateLimiterRedis({
        storeClient: client,
        keyPrefix: `mortise:limit:${name}`,
        points: calls,
        duration: seconds,
        inMemoryBlockOnConsumed: calls,
      }),
  )
  let failures = 0
  let restUntil = 0
  const failed = (reason: string) => {
    if (failures++ === 0) log.warn({ reason }, 'redis is away: this process counts its part of the limits alone')
    if (failures >= failuresBeforeRest) restUntil = performance.now() + restMs
  }

  return {
    async spend(budget, key, cost) {
      if (performance.now() < restUntil) return alone.spend(budget, key, cost)
      if (failures >= failuresBeforeRest) restUntil = performance.now() + restMs // this call tries, those behind it do not
      try {
        const spent = await consumed(counters(budget), budget.calls, budget, key, cost)
        if (failures > 0) log.info('redis is back: the limits are shared')
        failures = 0
        restUntil = 0
        return spent
      } catch (error) {
        failed(error instanceof Error ? error.message : String(error))
        return alone.spend(budget, key, cost)
      }
    },
    close: async () => client.disconnect(),
  }
}
