/** What every bus promises, whatever carries it; and what the one over Redis promises beyond. */
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { aProxy } from '../../test/proxy.ts'
import { aRedis, redisFrom, withoutRedis, type TestRedis } from '../../test/redis.ts'
import type { Bus, Why } from './bus.ts'
import { memoryBus } from './memory/bus.ts'
import { redisBus } from './redis/bus.ts'

let redis: TestRedis | undefined
beforeAll(async () => {
  if (redisFrom !== undefined) redis = await aRedis()
})
afterAll(() => redis?.close())

const open: Bus[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((bus) => bus.close()))
})

const kept = <Kind extends Bus>(bus: Kind): Kind => {
  open.push(bus)
  return bus
}
const overRedis = async (url = redis?.url ?? '') => {
  const bus = kept(redisBus(url, pino({ level: 'silent' })))
  await until(() => bus.state() === 'ok')
  return bus
}

async function until(isThere: () => boolean): Promise<void> {
  for (let left = 500; !isThere(); left--) {
    if (left === 0) throw new Error('Did not happen within 5 s')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
const aTick = () => new Promise((resolve) => setTimeout(resolve, 60))
const channel = () => `test:${crypto.randomUUID()}`

/** Listens and remembers why it was woken. */
async function ear(bus: Bus, on: string): Promise<{ heard: Why[]; leave: () => void }> {
  const heard: Why[] = []
  return { heard, leave: await bus.listen(on, (why) => void heard.push(why)) }
}

const adapters = [
  { name: 'memory', make: () => Promise.resolve(kept(memoryBus())), isThere: true },
  { name: `redis${withoutRedis}`, make: () => overRedis(), isThere: redisFrom !== undefined },
]

describe.each(adapters.filter(({ isThere }) => isThere))('a bus ($name)', ({ make }) => {
  it('wakes everybody who listens on the channel, once for each signal, and nobody else', async () => {
    const bus = await make()
    const [here, there] = [channel(), channel()]
    const ears = [await ear(bus, here), await ear(bus, here), await ear(bus, there)]
    bus.signal(here)
    bus.signal(here)
    await aTick()
    expect(ears.map(({ heard }) => heard)).toEqual([['signal', 'signal'], ['signal', 'signal'], []])
  })

  it('does not wait: the listener is called when the caller of signal is done', async () => {
    const bus = await make()
    const on = channel()
    const { heard } = await ear(bus, on)
    bus.signal(on)
    expect(heard).toEqual([])
    await aTick()
    expect(heard).toEqual(['signal'])
  })

  it('wakes nobody who has left, and leaving twice does the others no harm', async () => {
    const bus = await make()
    const on = channel()
    const [leaves, stays] = [await ear(bus, on), await ear(bus, on)]
    leaves.leave()
    leaves.leave()
    bus.signal(on)
    await aTick()
    expect({ left: leaves.heard, stays: stays.heard }).toEqual({ left: [], stays: ['signal'] })
  })

  it('takes whoever comes back after everybody had left', async () => {
    const bus = await make()
    const on = channel()
    const first = await ear(bus, on)
    first.leave()
    const second = await ear(bus, on)
    first.leave()
    bus.signal(on)
    await aTick()
    expect(second.heard).toEqual(['signal'])
  })

  it('lets a listener leave from inside its own call', async () => {
    const bus = await make()
    const on = channel()
    let count = 0
    const leave = await bus.listen(on, () => {
      count++
      leave()
    })
    const other = await ear(bus, on)
    bus.signal(on)
    bus.signal(on)
    await aTick()
    expect({ count, other: other.heard.length }).toEqual({ count: 1, other: 2 })
  })

  it('takes any text as a channel', async () => {
    const bus = await make()
    for (const on of ['*', 'a:*', 'line\nbreak', '[a-z]?', 'ünï 🦊', '']) {
      const [exact, other] = [await ear(bus, on), await ear(bus, `${on}x`)]
      bus.signal(on)
      await aTick()
      expect({ on, exact: exact.heard, other: other.heard }).toEqual({ on, exact: ['signal'], other: [] })
    }
  })
})

describe.skipIf(redisFrom === undefined)(`a bus over Redis${withoutRedis}`, () => {
  it('reaches the other processes, each once', async () => {
    const buses = [await overRedis(), await overRedis(), await overRedis()]
    const on = channel()
    const ears = await Promise.all(buses.map((bus) => ear(bus, on)))
    buses[0]?.signal(on)
    await until(() => ears.every(({ heard }) => heard.length > 0))
    await aTick()
    expect(ears.map(({ heard }) => heard)).toEqual([['signal'], ['signal'], ['signal']])
  })

  it('says how it is; with Redis away it never throws, keeps this process live, and tells of the gap once when Redis is back', async () => {
    const [here, there] = [await overRedis(), await overRedis()]
    const on = channel()
    const [near, far] = [await ear(here, on), await ear(there, on)]
    await redis?.stop()
    await until(() => here.state() === 'down' && there.state() === 'down')
    for (let count = 0; count < 100; count++) here.signal(on)
    await aTick()
    expect({ near: near.heard.length, far: far.heard.length }).toEqual({ near: 100, far: 0 })

    await redis?.start()
    await until(() => here.state() === 'ok' && there.state() === 'ok')
    await aTick()
    expect({ near: near.heard.slice(100), far: far.heard }).toEqual({ near: ['gap'], far: ['gap'] })
    here.signal(on)
    await until(() => far.heard.length > 1)
    expect(far.heard).toEqual(['gap', 'signal'])
  })

  it('starts where there is no Redis yet, and joins when there is', async () => {
    await redis?.stop()
    const bus = kept(redisBus(redis?.url ?? '', pino({ level: 'silent' })))
    const on = channel()
    const { heard } = await ear(bus, on)
    bus.signal(on)
    await aTick()
    expect({ state: bus.state(), heard }).toEqual({ state: 'down', heard: ['signal'] })
    await redis?.start()
    await until(() => bus.state() === 'ok')
  })

  it('does not hang on a Redis that does not answer: signals go on in this process', async () => {
    const proxy = await aProxy(redis?.url ?? '')
    const bus = await overRedis(proxy.through(redis?.url ?? ''))
    const on = channel()
    const { heard } = await ear(bus, on)
    proxy.freeze()
    const startedAt = performance.now()
    for (let count = 0; count < 1_000; count++) bus.signal(on)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    await until(() => heard.length === 1_000)
    expect(proxy.felt.held).toBeGreaterThan(0)
    await bus.close()
    proxy.thaw()
    await proxy.close()
  })

  it('closes at once, whatever Redis does, and is silent afterwards', async () => {
    const bus = await overRedis()
    const on = channel()
    const { heard } = await ear(bus, on)
    await bus.close()
    expect(() => bus.signal(on)).not.toThrow()
    await aTick()
    expect(bus.state()).toBe('down')
    expect(heard.filter((why) => why === 'gap')).toEqual([])
  })
})
