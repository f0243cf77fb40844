/** The bus between processes, over Redis publish/subscribe. */
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Bus } from '../bus.ts'
import { listeners } from '../listeners.ts'

const prefix = 'mortise:signal:'

/**
 * One pattern subscription serves all channels, so that listening costs no round trip once it stands. A signal also wakes
 * this process directly: with Redis down a single process stays live, and several catch up when it returns.
 */
export function redisBus(url: string, log: Logger): Bus {
  const options = {
    lazyConnect: true,
    connectTimeout: 1_000,
    keepAlive: 10_000,
    retryStrategy: (times: number) => Math.min(50 * 2 ** times, 2_000),
  }
  const subscriber = new Redis(url, { ...options, autoResubscribe: false, maxRetriesPerRequest: null })
  const publisher = new Redis(url, { ...options, enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 1_000 })
  const { add, wake, wakeAll } = listeners()
  const self = crypto.randomUUID()
  let subscribed = false

  for (const client of [subscriber, publisher]) {
    client.on('error', (error: Error) => log.debug({ reason: error.message }, 'redis is away'))
    client.connect().catch(() => undefined) // the error event has told; ioredis goes on trying
  }
  subscriber.on('ready', () => {
    subscriber.psubscribe(`${prefix}*`).then(
      () => {
        subscribed = true
        log.info('redis signals are followed')
        wakeAll() // whatever was said while nobody listened
      },
      (error: Error) => log.warn({ reason: error.message }, 'redis refused the subscription'),
    )
  })
  subscriber.on('close', () => {
    if (subscribed) log.warn('redis is away: signals reach this process only')
    subscribed = false
  })
  subscriber.on('pmessage', (_pattern: string, channel: string, from: string) => {
    if (from !== self) wake(channel.slice(prefix.length))
  })

  return {
    signal(channel) {
      setImmediate(wake, channel)
      publisher.publish(prefix + channel, self).catch((error: Error) => log.debug({ reason: error.message }, 'a signal was not published'))
    },
    listen: (channel, listener) => Promise.resolve(add(channel, listener)),
    state: () => (subscribed && publisher.status === 'ready' ? 'ok' : 'down'),
    close: async () => {
      subscriber.disconnect()
      publisher.disconnect()
    },
  }
}
