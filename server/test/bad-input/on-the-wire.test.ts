/** Bytes that two readers could read differently, and headers beyond all measure: refused, the connection closed, nothing hidden in them done. */
import { catalogue, type ErrorCode } from '@mortise/shared/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../administrator.ts'
import { aServer, type TestServer } from '../server.ts'
import { head, onTheWire, type WireAnswer } from '../wire.ts'

let server: TestServer
let administrator: Administrator
beforeAll(async () => {
  server = await aServer({ env: { PUBLIC_URL: 'http://mortise.example' } })
  administrator = await anAdministrator(server.database)
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

const doors = [
  ['REST', '/api/v1/auth/guest'],
  ['tRPC', '/trpc/sessions.guest'],
] as const

/** What an attacker wants to be read as a request of its own: it makes a guest wherever it is. */
const hidden = (path: string) => raw(path, ['Host: localhost', 'Content-Length: 2'], '{}')

/** A request with these lines as they are; `Content-Type` and the header of our own page stand already. */
const raw = (path: string, lines: string[], body = '') =>
  [`POST ${path} HTTP/1.1`, 'Content-Type: application/json', 'X-Requested-With: x', ...lines, '', body].join('\r\n')

const ambiguous: Record<string, (path: string) => string> = {
  'a length and chunks': (path) =>
    raw(path, ['Host: localhost', 'Content-Length: 5', 'Transfer-Encoding: chunked'], `0\r\n\r\n${hidden(path)}`),
  'chunks and a length': (path) =>
    raw(path, ['Host: localhost', 'Transfer-Encoding: chunked', 'Content-Length: 5'], `0\r\n\r\n${hidden(path)}`),
  'two lengths': (path) =>
    raw(path, ['Host: localhost', 'Content-Length: 2', `Content-Length: ${hidden(path).length + 2}`], `{}${hidden(path)}`),
  'one length twice': (path) => raw(path, ['Host: localhost', 'Content-Length: 2', 'Content-Length: 2'], `{}${hidden(path)}`),
  'a list of lengths': (path) => raw(path, ['Host: localhost', 'Content-Length: 2, 2'], `{}${hidden(path)}`),
  'a length with a sign': (path) => raw(path, ['Host: localhost', 'Content-Length: +2'], `{}${hidden(path)}`),
  'a negative length': (path) => raw(path, ['Host: localhost', 'Content-Length: -2'], `{}${hidden(path)}`),
  'a length in hexadecimal': (path) => raw(path, ['Host: localhost', 'Content-Length: 0x2'], `{}${hidden(path)}`),
  'a length that no number holds': (path) => raw(path, ['Host: localhost', `Content-Length: ${'9'.repeat(40)}`], `{}${hidden(path)}`),
  'a folded header': (path) => raw(path, ['Host: localhost', 'Transfer-Encoding:\r\n chunked'], `0\r\n\r\n${hidden(path)}`),
  'a folded line of its own': (path) => raw(path, ['Host: localhost', 'X-A: 1', ' Transfer-Encoding: chunked'], `0\r\n\r\n${hidden(path)}`),
  'an encoding that is no last chunked': (path) =>
    raw(path, ['Host: localhost', 'Transfer-Encoding: chunked, identity'], `0\r\n\r\n${hidden(path)}`),
  'an encoding that nobody knows': (path) => raw(path, ['Host: localhost', 'Transfer-Encoding: xchunked'], `0\r\n\r\n${hidden(path)}`),
  'two encodings': (path) =>
    raw(path, ['Host: localhost', 'Transfer-Encoding: identity', 'Transfer-Encoding: xchunked'], `0\r\n\r\n${hidden(path)}`),
  'a blank before the colon': (path) => raw(path, ['Host: localhost', 'Transfer-Encoding : chunked'], `0\r\n\r\n${hidden(path)}`),
  'a tab in a name': (path) => raw(path, ['Host: localhost', 'Transfer\tEncoding: chunked'], `0\r\n\r\n${hidden(path)}`),
  'a NUL in a header': (path) => raw(path, ['Host: localhost', 'X-A: 1\u0000'], hidden(path)),
  'line breaks without a carriage return': (path) => raw(path, ['Host: localhost', 'X-A: 1\nContent-Length: 0', ''], hidden(path)),
  'a carriage return alone': (path) => raw(path, ['Host: localhost', 'X-A: 1\rContent-Length: 0'], hidden(path)),
  'a chunk whose size is no number': (path) =>
    raw(path, ['Host: localhost', 'Transfer-Encoding: chunked'], `zz\r\n{}\r\n0\r\n\r\n${hidden(path)}`),
  'a chunk whose size overflows': (path) =>
    raw(path, ['Host: localhost', 'Transfer-Encoding: chunked'], `fffffffffffffffff2\r\n{}\r\n0\r\n\r\n${hidden(path)}`),
  'a chunk that is longer than it says': (path) =>
    raw(path, ['Host: localhost', 'Transfer-Encoding: chunked'], `1\r\n{}\r\n0\r\n\r\n${hidden(path)}`),
  'no host': (path) => raw(path, ['Content-Length: 0'], hidden(path)),
  'two hosts': (path) => raw(path, ['Host: localhost', 'Host: evil.example', 'Content-Length: 0'], hidden(path)),
  'one host twice': (path) => raw(path, ['Host: localhost', 'host: localhost', 'Content-Length: 0'], hidden(path)),
  'an absolute address elsewhere': (path) => raw(`http://evil.example${path}`, ['Host: localhost', 'Content-Length: 0'], hidden(path)),
  'an absolute address of another kind': (path) => raw(`file://${path}`, ['Host: localhost', 'Content-Length: 0'], hidden(path)),
  'a version that does not exist': (path) => hidden(path).replace('HTTP/1.1', 'HTTP/1.7'),
  'a line of HTTP/2': () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a method that does not exist': (path) => hidden(path).replace('POST', 'POSTX'),
  'a method in small letters': (path) => hidden(path).replace('POST', 'post'),
}

const errorOf = ({ body }: WireAnswer) => (JSON.parse(body) as { error: ErrorCode }).error

describe.each(doors)('a request to %s with', (_, path) => {
  it.each(Object.keys(ambiguous))('%s is refused with everything behind it', async (what) => {
    const before = await administrator.fingerprint()
    const answers = await onTheWire(server, ambiguous[what]?.(path) ?? '')
    expect(answers.map((answer) => [answer.status, answer.headers['connection'], errorOf(answer)])).toEqual([
      [400, 'close', 'VALIDATION_FAILED'],
    ])
    expect(await administrator.fingerprint()).toBe(before)
  })

  it('nothing wrong is taken with what is behind it, or what is hidden would never do anything', async () => {
    const guests = async () => (await administrator.rows('select from app.users')).length
    const before = await guests()
    await onTheWire(server, raw(path, ['Host: localhost', 'Content-Length: 2'], `{}${hidden(path)}`), head('GET /health'))
    expect(await guests()).toBe(before + 2)
  })

  const empty = { 'Content-Type': 'application/json', 'Content-Length': '2', 'X-Requested-With': 'x' }

  it.each(['mortise.example', 'localhost'])('an absolute address at %s is one of ours', async (host) => {
    const [answer] = await onTheWire(server, `${head(`POST http://${host}${path}`, empty)}{}`)
    expect(answer?.status).toBeLessThan(300)
  })

  it.each([101, 1_000, 2_500])('%d headers is refused, whatever stands last among them', async (count) => {
    const before = await administrator.fingerprint()
    const lines = [...Array.from({ length: count }, () => 'a:b'), 'X-Forwarded-For: 10.0.0.1', 'Content-Length: 0']
    const [answer] = await onTheWire(server, raw(path, ['Host: localhost', 'Connection: close', ...lines]))
    expect([answer?.status, answer && errorOf(answer)]).toEqual([431, 'HEADERS_TOO_LARGE'])
    expect(await administrator.fingerprint()).toBe(before)
  })

  it('an expectation that nobody can meet is answered as if there were none', async () => {
    const [answer] = await onTheWire(server, `${head(`POST ${path}`, { ...empty, Expect: 'miracles' })}{}`)
    expect(answer?.status).toBeLessThan(300)
  })
})

describe('what is refused on the wire', () => {
  it('is refused by codes that the catalogue knows', () => {
    expect(Object.keys(catalogue)).toEqual(expect.arrayContaining(['VALIDATION_FAILED', 'HEADERS_TOO_LARGE', 'REQUEST_TIMEOUT']))
  })

  it('leaves the process able to answer', async () => {
    expect((await fetch(`${server.url}/ready`)).status).toBe(200)
  })
})
