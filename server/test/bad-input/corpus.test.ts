/** Every input of the corpus, through both doors: refused by its code before the database is asked, and none holds the process up. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { catalogue, type ErrorCode } from '@mortise/shared/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest } from '../caller.ts'
import type { Door } from '../doors.ts'
import { aServer, type TestServer } from '../server.ts'
import { aServerWithoutDatabase } from '../without-database.ts'
import { corpus, type Sent } from './corpus.ts'

/** The longest that one input may keep the event loop busy. */
const longestMs = 200

let server: TestServer
let dead: TestServer
let token: string
beforeAll(async () => {
  server = await aServer()
  dead = await aServerWithoutDatabase()
  token = (await aGuest(server)).token
})
afterAll(async () => {
  await dead.close()
  await server.close()
})

async function send({ url }: { url: string }, { method, path, headers, body }: Sent) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'x-requested-with': 'mortise', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  })
  const text = await response.text()
  return { status: response.status, text, headers: response.headers }
}
const errorIn = (text: string): ErrorCode => {
  const { error } = JSON.parse(text) as { error: ErrorCode | { data: { error: ErrorCode } } }
  return typeof error === 'string' ? error : error.data.error
}

/**
 * Processor time in milliseconds that this process, server and client in one, spends on an input: no block of the event loop is
 * longer, and other programs on the machine do not count. The least of three, because what the input costs it costs each time.
 */
async function costOf(to: { url: string }, sent: Sent): Promise<number> {
  const costs: number[] = []
  for (let times = 0; times < 3; times++) {
    const before = process.cpuUsage()
    await send(to, sent)
    const { user, system } = process.cpuUsage(before)
    costs.push((user + system) / 1_000)
    if ((costs.at(-1) ?? 0) <= longestMs) break
  }
  return Math.min(...costs)
}

const inputs = corpus.flatMap((input) => (['REST', 'tRPC'] as Door[]).map((door) => ({ ...input, door })))
const refused = inputs.filter(({ error }) => error !== undefined)

describe('a bad input', () => {
  it.each(refused)(
    'of row $row, $what, is refused over $door by its code, without a look at the database',
    async ({ door, request, error }) => {
      const { status, text, headers } = await send(dead, request(door))
      const code = errorIn(text)
      expect({ status, code }).toEqual({ status: catalogue[error as ErrorCode].status, code: error })
      expect(headers.get('content-type')).toMatch(/^application\/json/)
      expect(text.length, 'an answer repeats little of what was sent').toBeLessThan(5_000)
    },
  )

  it('leaves few words in the log', () => {
    for (const line of dead.log) expect(JSON.stringify(line).length).toBeLessThan(1_500)
    expect(dead.log.filter(({ level }) => Number(level) >= 50)).toEqual([])
    expect(dead.log.length).toBeGreaterThan(refused.length * 0.9)
  })
})

describe('the event loop', () => {
  it('is never held up by a single input', { timeout: 60_000 }, async () => {
    for (const { door, request } of inputs) await send(server, request(door)) // what is compiled once is no cost of an input
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const costs: { what: string; ms: number }[] = []
    for (const { door, what, request } of inputs) costs.push({ what: `${what} over ${door}`, ms: await costOf(server, request(door)) })
    delay.disable()
    const worst = costs.toSorted((one, other) => other.ms - one.ms)[0]
    process.stdout.write(
      `${costs.length} inputs: at most ${worst?.ms.toFixed(0)} ms of processor time (${worst?.what}), longest delay of the event loop ${(delay.max / 1e6).toFixed(0)} ms\n`,
    )
    expect(costs.filter(({ ms }) => ms > longestMs)).toEqual([])
    expect((await fetch(`${server.url}/ready`)).status).toBe(200)
  })

  it('would be seen to stand still', async () => {
    const stalled: RequestListener = (_req, res) => {
      for (const before = process.cpuUsage(); process.cpuUsage(before).user < 2 * longestMs * 1_000;) JSON.stringify(corpus[0])
      res.end()
    }
    const careless = createServer(stalled).listen(0, '127.0.0.1')
    await once(careless, 'listening')
    const url = `http://127.0.0.1:${(careless.address() as AddressInfo).port}`
    expect(await costOf({ url }, { method: 'GET', path: '/' })).toBeGreaterThan(longestMs)
    careless.closeAllConnections()
    careless.close()
  })
})

describe('the corpus', () => {
  it('is answered by the server that has a database as by the one that has none, or is allowed', async () => {
    for (const { door, what, request, error } of inputs) {
      const { status, text } = await send(server, request(door))
      const isAsExpected = error === undefined ? status < 500 : errorIn(text) === error
      expect([what, status, isAsExpected]).toEqual([what, status, true])
    }
  })
})
