/** Bodies that are too large, too deep or not JSON: refused early, cheaply, and with nothing done. */
import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../../test/administrator.ts'
import { aGuest, type Caller } from '../../test/caller.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { head, onTheWire, withinMs } from '../../test/wire.ts'

let server: TestServer
let administrator: Administrator
let guest: Caller
beforeAll(async () => {
  server = await aServer()
  administrator = await anAdministrator(server.database)
  guest = await aGuest(server)
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

/** The same body to both doors; what REST and tRPC answer. */
async function post(body: string | Buffer, headers: Record<string, string> = {}): Promise<[door: string, status: number, error: string][]> {
  const at = async (door: string, path: string): Promise<[string, number, string]> => {
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${guest.token}`, 'content-type': 'application/json', 'x-requested-with': 'mortise', ...headers },
      body: new Uint8Array(Buffer.from(body)),
    })
    const answer = (await response.json()) as { error: string | { data: { error: string } } }
    return [door, response.status, typeof answer.error === 'string' ? answer.error : (answer.error?.data?.error ?? 'none')]
  }
  return [await at('REST', '/api/v1/orgs'), await at('tRPC', '/trpc/organizations.create')]
}
const both = (status: number, error: string) => [
  ['REST', status, error],
  ['tRPC', status, error],
]

/** Does what is given and expects that no row changed. */
async function withoutEffect(work: () => Promise<unknown>): Promise<void> {
  const before = await administrator.fingerprint()
  await work()
  expect(await administrator.fingerprint()).toBe(before)
}

describe('a body', () => {
  it('of 100,000 bytes is read', async () => {
    const name = 'x'.repeat(100_000 - '{"name":""}'.length)
    expect(await post(JSON.stringify({ name }))).toEqual(both(400, 'VALIDATION_FAILED'))
  })

  it('of one byte more is not', async () => {
    await withoutEffect(async () =>
      expect(await post(JSON.stringify({ name: 'ok', x: 'x'.repeat(100_000) }))).toEqual(both(413, 'PAYLOAD_TOO_LARGE')),
    )
  })

  it('that says it has five gigabytes is refused before it comes, and the connection is closed', async () => {
    const started = performance.now()
    const [answer] = await onTheWire(
      server,
      head('POST /api/v1/orgs', { 'Content-Type': 'application/json', 'Content-Length': '5000000000', Connection: 'keep-alive' }),
      '{"name":',
    )
    expect({ status: answer?.status, connection: answer?.headers['connection'] }).toEqual({ status: 413, connection: 'close' })
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ error: 'PAYLOAD_TOO_LARGE' })
    expect(performance.now() - started).toBeLessThan(10_000) // not the thirty seconds that a body may take
  })

  it('that comes in pieces without saying how long is cut off at 100 kB', async () => {
    const piece = Buffer.from(`4000\r\n${'x'.repeat(0x4000)}\r\n`)
    const [answer] = await onTheWire(
      server,
      head('POST /trpc/organizations.create', {
        'Content-Type': 'application/json',
        'X-Requested-With': 'mortise',
        'Transfer-Encoding': 'chunked',
        Connection: 'keep-alive',
      }),
      ...Array.from({ length: 8 }, () => piece),
    )
    expect(answer?.status).toBe(413)
  })

  it('that is longer than it says does not become part of another request', async () => {
    const answers = await onTheWire(
      server,
      `${head('POST /api/v1/auth/logout', { 'Content-Type': 'application/json', 'Content-Length': '2', Connection: 'keep-alive' })}{}GARBAGE\r\n\r\n`,
    )
    expect(answers.at(-1)?.status).toBe(400)
    expect(answers.every(({ status }) => status >= 400)).toBe(true)
  })

  it('that is shorter than it says is waited for, and then not acted upon', async () => {
    await withoutEffect(async () => {
      const [answer] = await withinMs(
        2_000,
        server,
        `${head('POST /api/v1/auth/guest', { 'Content-Type': 'application/json', 'Content-Length': '50' })}{}`,
      )
      expect(answer?.status ?? 408).toBeGreaterThanOrEqual(400)
    })
  })

  it.each([
    ['20,000 levels deep', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['33 levels deep', '{"a":'.repeat(33) + '1' + '}'.repeat(33)],
    ['50,000 levels open', '['.repeat(50_000)],
    ['deep inside a field', `{"name":${'['.repeat(40)}${']'.repeat(40)}}`],
  ])('that is nested %s is refused', async (_, body) => {
    expect(await post(body)).toEqual(both(400, 'MALFORMED_JSON'))
  })

  it('whose brackets stand in a text is not deep', async () => {
    const [rest] = await post(JSON.stringify({ name: `deep \\" ${'['.repeat(60)}` }))
    expect(rest?.[1]).toBe(201)
  })

  it.each([
    ['ten thousand keys', JSON.stringify(Object.fromEntries(Array.from({ length: 8_000 }, (_, i) => [`k${i}`, 1])))],
    ['forty thousand items', JSON.stringify({ name: Array.from({ length: 40_000 }, () => 1) })],
  ])('with %s is refused with few words', async (_, body) => {
    expect(await post(body)).toEqual(both(400, 'VALIDATION_FAILED'))
    const { body: answer } = await guest.post('/orgs', body)
    expect(JSON.stringify(answer).length).toBeLessThan(5_000)
  })

  it.each([
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0x6e, 0x61, 0x6d, 0x65, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['an overlong NUL', Buffer.from([0x7b, 0x22, 0x6e, 0x61, 0x6d, 0x65, 0x22, 0x3a, 0x22, 0xc0, 0x80, 0x22, 0x7d])],
    ['UTF-16', Buffer.from('{"name":"x"}', 'utf16le')],
    ['two values', '{"name":"one"}{"name":"two"}'],
    ['NaN', '{"name":NaN}'],
    ['a comment', '{"name":"x"} // y'],
    ['a trailing comma', '{"name":"x",}'],
    ['a key that is given twice', '{"name":"One","name":"Two"}'],
    ['a key that is given twice, once escaped', '{"name":"One","n\\u0061me":"Two"}'],
  ])('that is %s is refused and does nothing', async (_, body) => {
    await withoutEffect(async () => expect(await post(body)).toEqual(both(400, 'MALFORMED_JSON')))
  })

  it('may name one key in two objects', async () => {
    expect(await post('{"name":{"a":1},"slug":{"a":1}}')).toEqual(both(400, 'VALIDATION_FAILED'))
  })

  it('with a byte order mark is read', async () => {
    const [rest] = await post(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"name":"Marked"}')]))
    expect(rest?.[1]).toBe(201)
  })

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'with the key %s is refused, and pollutes nothing',
    async (key) => {
      await withoutEffect(async () =>
        expect(await post(`{"name":"Polluted","${key}":{"isAdmin":true,"polluted":1}}`)).toEqual(both(400, 'VALIDATION_FAILED')),
      )
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
      expect(await guest.get(`/orgs?${key}=1&${key}[isAdmin]=true`)).toMatchObject({ status: 400, body: { error: 'VALIDATION_FAILED' } })
    },
  )
})
