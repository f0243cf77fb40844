/** Counts how often somebody waits for PostgreSQL: answers are held until every statement sent so far has one. */
import { aProxy, type Side, type Tap } from './proxy.ts'

/** Silence in milliseconds after which the caller is taken to wait: a statement of the same thought leaves well within it. */
const pauseMs = 15

export type Counted<Result> = {
  result: Result
  /** How often the work waited for an answer. */
  waits: number
  /** Statements sent until the work was done. */
  statements: number
}

export type RoundTrips = {
  through(url: string): string
  /** Runs work, one at a time, over connections that exist already, and tells how often it waited. */
  count<Result>(work: () => Promise<Result>): Promise<Counted<Result>>
  close(): Promise<void>
}

/** Starts a counting proxy in front of the PostgreSQL that `url` names. The connection must not be encrypted. */
export async function roundTrips(url: string): Promise<RoundTrips> {
  const held: (() => void)[] = []
  let counting = false
  let unanswered = 0
  let waits = 0
  let statements = 0
  let timer: NodeJS.Timeout | undefined

  const letGo = () => {
    waits++
    for (const pass of held.splice(0)) pass()
  }
  const later = () => {
    clearTimeout(timer)
    if (held.length > 0 && unanswered === 0) timer = setTimeout(letGo, pauseMs)
  }

  const tapOf = (): Tap => {
    const read: Record<Side, (chunk: Buffer) => string[]> = { client: messages('untyped'), server: messages('typed') }
    return (side, chunk, pass) => {
      const kinds = read[side](chunk)
      if (side === 'client') {
        const sent = kinds.filter((kind) => kind === 'S' || kind === 'Q').length // Sync ends a statement, Query is one
        unanswered += sent
        if (counting) statements += sent
        pass()
      } else {
        unanswered -= kinds.filter((kind) => kind === 'Z').length
        if (counting) held.push(pass)
        else pass()
      }
      if (counting) later()
    }
  }
  const proxy = await aProxy(url, tapOf)

  return {
    through: (given) => proxy.through(given),
    count: async (work) => {
      await new Promise((resolve) => setTimeout(resolve, 2 * pauseMs)) // for what the last work sent and did not wait for
      unanswered = 0
      waits = 0
      statements = 0
      counting = true
      try {
        const result = await work()
        return { result, waits, statements }
      } finally {
        counting = false
        clearTimeout(timer)
        for (const pass of held.splice(0)) pass()
      }
    },
    close: () => proxy.close(),
  }
}

/** Reads the kinds of PostgreSQL messages off a stream. The first message of a client has a length and no kind. */
function messages(first: 'untyped' | 'typed'): (chunk: Buffer) => string[] {
  let rest = Buffer.alloc(0)
  let untyped = first === 'untyped'
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const kinds: string[] = []
    for (;;) {
      const head = untyped ? 0 : 1
      if (rest.length < head + 4) return kinds
      const size = head + rest.readUInt32BE(head)
      if (rest.length < size) return kinds
      if (!untyped) kinds.push(String.fromCharCode(rest[0] as number))
      untyped = false
      rest = rest.subarray(size)
    }
  }
}
