/** The fair gate: whose turn it is, how many at once, and that every place is given back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fairGate, shareOf, type Who } from './fair-gate.ts'

/** A gate whose clock stands still until it is moved, and works that end when they are told to. */
function aScene(settings: { slots: number; share?: number; longestQueue?: number; patienceMs?: number }) {
  let clock = 0
  const gate = fairGate({ now: () => clock, ...settings })
  const begun: string[] = []
  const ends: Record<string, () => void> = {}
  const ask = (name: string, { party = name.slice(0, 1), signal }: { party?: string; signal?: AbortSignal } = {}) =>
    gate.run(
      () => an(party),
      () => {
        begun.push(name)
        return new Promise<string>((resolve) => (ends[name] = () => resolve(name)))
      },
      signal,
    )
  return {
    gate,
    begun,
    ask,
    /** Lets `ms` pass and then ends a work. */
    end: async (name: string, ms = 0) => {
      await turns()
      clock += ms
      ends[name]?.()
      await turns()
    },
    pass: (ms: number) => void (clock += ms),
  }
}

const an = (name: string): Who => ({ name, isOrganization: true })

/** Long enough for whatever only waits for promises. */
const turns = () => new Promise((resolve) => setImmediate(resolve))
const empty = { taken: 0, waiting: 0 }

describe('a share of the connections', () => {
  it('is a quarter, two where that is one, and never all of them', () => {
    expect([1, 2, 3, 4, 8, 10, 20, 100].map((slots) => [slots, shareOf(slots)])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 2],
      [8, 2],
      [10, 3],
      [20, 5],
      [100, 25],
    ])
  })
})

describe('the fair gate', () => {
  it('lets a party hold its share and no more, while another one goes at once', async () => {
    const { ask, begun, end } = aScene({ slots: 4, share: 2 })
    const all = ['a1', 'a2', 'a3', 'b1'].map((name) => ask(name))
    await turns()
    expect(begun).toEqual(['a1', 'a2', 'b1'])
    await end('a1')
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3'])
    for (const name of ['a2', 'a3', 'b1']) await end(name)
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'b1'])
  })

  it('gives the next turn to the party that used the least time lately, not to the one that waits the longest', async () => {
    const { ask, begun, end } = aScene({ slots: 1, share: 1 })
    void ask('a1')
    void ask('a2')
    void ask('b1')
    await end('a1', 100) // a has used 100 ms, b nothing
    expect(begun).toEqual(['a1', 'b1'])
    await end('b1', 10)
    void ask('b2')
    void ask('b3')
    await turns()
    expect(begun).toEqual(['a1', 'b1', 'a2']) // only a waited
    await end('a2', 10)
    expect(begun.slice(3)).toEqual(['b2'])
  })

  it('forgets the past by half every five seconds', async () => {
    const { ask, begun, end, pass } = aScene({ slots: 1, share: 1 })
    void ask('a1')
    await end('a1', 1_000)
    pass(60_000)
    void ask('b1')
    await end('b1', 100) // long ago a used ten times as much
    void ask('c1')
    void ask('b2')
    void ask('a2')
    await end('c1')
    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2'])
  })

  it('leaves an organization a third of its share while it uses most of the time and others work too, and all of it otherwise', async () => {
    const { gate, ask, begun, end, pass } = aScene({ slots: 10 }) // a share of three
    const use = (who: Who, ms: number) =>
      gate.run(
        () => who,
        () => Promise.resolve(pass(ms)),
      )
    const four = ['a1', 'a2', 'a3', 'a4']
    const held = async () => {
      begun.length = 0
      const asked = four.map((name) => ask(name))
      await turns()
      const count = begun.length
      for (const name of four) await end(name)
      await Promise.all(asked)
      return count
    }
    await use(an('a'), 1_000)
    expect(await held(), 'alone').toBe(3)
    await use({ name: 'a person of a', isOrganization: false }, 100)
    expect(await held(), 'beside its own people').toBe(3)
    await use(an('b'), 100)
    expect(await held(), 'beside b').toBe(1)
    await use(an('b'), 1_000)
    expect(await held(), 'beside b, who uses as much').toBe(3)
    pass(60_000)
    await use(an('a'), 1_000)
    expect(await held(), 'long after b').toBe(3)
  })

  it('serves those of one party in the order in which they came', async () => {
    const { ask, begun, end } = aScene({ slots: 1, share: 1 })
    for (const name of ['a1', 'a2', 'a3', 'a4']) void ask(name)
    for (const name of ['a1', 'a2', 'a3']) await end(name)
    expect(begun).toEqual(['a1', 'a2', 'a3', 'a4'])
  })

  it('charges the time to whoever it turns out to have been', async () => {
    const { gate, ask, begun, end, pass } = aScene({ slots: 1, share: 1 })
    let party = 'somebody'
    const run = gate.run(
      () => an(party),
      () => {
        party = 'a'
        pass(1_000)
        return Promise.resolve()
      },
    )
    await run
    void ask('x1')
    void ask('a1')
    void ask('b1')
    await end('x1')
    expect(begun).toEqual(['x1', 'b1'])
  })

  it('refuses those of a party that queue too long with RATE_LIMITED, and nobody else', async () => {
    const { gate, ask, begun } = aScene({ slots: 2, share: 1, longestQueue: 2 })
    for (const name of ['a1', 'a2', 'a3']) void ask(name)
    await expect(ask('a4')).rejects.toMatchObject({ error: 'RATE_LIMITED', retryAfterSeconds: 1 })
    void ask('b1')
    await turns()
    expect({ begun, state: gate.state() }).toEqual({ begun: ['a1', 'b1'], state: { taken: 2, waiting: 2, parties: 2 } })
  })

  it('refuses with UNAVAILABLE whoever has no turn in time, and gives the turn to the next', async () => {
    const { gate, ask, begun, end } = aScene({ slots: 1, patienceMs: 1 })
    const first = ask('a1')
    await expect(ask('b1')).rejects.toMatchObject({ error: 'UNAVAILABLE', retryAfterSeconds: 2 })
    expect(gate.state()).toMatchObject({ taken: 1, waiting: 0 })
    await end('a1')
    await first
    void ask('c1')
    await turns()
    expect(begun).toEqual(['a1', 'c1'])
  })

  it('refuses with RATE_LIMITED whoever has no turn in time because of their own', async () => {
    const { gate, ask, begun, end } = aScene({ slots: 2, share: 1, patienceMs: 20 })
    const [first, second, third] = [ask('a1'), ask('a2'), ask('a3')]
    await end('a1', 1)
    await first
    expect(begun).toEqual(['a1', 'a2']) // works of a do end, and there is a connection for others
    await expect(third).rejects.toMatchObject({ error: 'RATE_LIMITED' })
    await end('a2')
    await second
    expect(gate.state()).toMatchObject(empty)
  })

  it('takes whoever has gone out of the queue, and does not begin what nobody waits for', async () => {
    const { gate, ask, begun, end } = aScene({ slots: 1 })
    const gone = new AbortController()
    void ask('a1')
    const waiting = ask('b1', { signal: gone.signal })
    gone.abort()
    await expect(waiting).rejects.toMatchObject({ error: 'UNAVAILABLE' })
    await expect(ask('c1', { signal: gone.signal })).rejects.toMatchObject({ error: 'UNAVAILABLE' })
    await end('a1')
    expect({ begun, state: gate.state() }).toMatchObject({ begun: ['a1'], state: empty })
  })

  it('gives back the place of a work that throws before it waits for anything', async () => {
    const { gate } = aScene({ slots: 1 })
    const thrown = gate.run(
      () => an('a'),
      () => {
        throw new Error('at once')
      },
    )
    await expect(thrown).rejects.toThrow('at once')
    expect(gate.state()).toMatchObject(empty)
  })

  it('has no place taken after 10,000 works that end, throw, give up and go as they like; never too many at once', async () => {
    const slots = 7
    const share = 3
    const gate = fairGate({ slots, share, longestQueue: 50, patienceMs: 3 })
    const [sample] = fc.sample(
      fc.array(
        fc.record({
          party: fc.integer({ min: 0, max: 5 }),
          how: fc.constantFrom('ends', 'throws', 'throws at once', 'goes before', 'goes meanwhile'),
          ms: fc.integer({ min: 0, max: 2 }),
        }),
        { minLength: 10_000, maxLength: 10_000 },
      ),
      1,
    )
    const running = new Map<string, number>()
    let [total, most, mostOfOne] = [0, 0, 0]
    const count = (party: string, by: 1 | -1) => {
      total += by
      running.set(party, (running.get(party) ?? 0) + by)
      most = Math.max(most, total)
      mostOfOne = Math.max(mostOfOne, ...running.values())
    }
    const outcomes = new Map<string, number>()
    const works = (sample ?? []).map(async ({ party: number, how, ms }, turn) => {
      await new Promise((resolve) => setTimeout(resolve, Math.floor(turn / 40)))
      const party = `party ${number}`
      const gone = new AbortController()
      if (how === 'goes before') gone.abort()
      if (how === 'goes meanwhile') setTimeout(() => gone.abort(), ms)
      const work = async () => {
        count(party, 1)
        try {
          if (how === 'throws at once') throw new Error(how)
          await new Promise((resolve) => setTimeout(resolve, ms))
          if (how === 'throws') throw new Error(how)
          return 'done'
        } finally {
          count(party, -1)
        }
      }
      const outcome = await gate
        .run(() => an(party), work, gone.signal)
        .catch((error: Error & { error?: string }) => error.error ?? error.message)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    })
    await Promise.all(works)
    expect({ state: gate.state(), total }).toMatchObject({ state: empty, total: 0 })
    expect({ most: most <= slots, mostOfOne }).toEqual({ most: true, mostOfOne: share })
    expect([...outcomes.keys()].sort()).toEqual(expect.arrayContaining(['UNAVAILABLE', 'done', 'throws', 'throws at once']))
  })

  it('remembers no party that has not asked for long', async () => {
    const { gate, pass } = aScene({ slots: 4 })
    for (let turn = 0; turn < 5_000; turn++) {
      pass(1_000)
      await gate.run(
        () => an(`party ${turn}`),
        () => Promise.resolve(pass(1)),
      )
    }
    expect(gate.state().parties).toBeLessThan(1_100)
  })
})
