/** The headers that close a browser down, on answers of every kind. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest } from '../../test/caller.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { head, onTheWire } from '../../test/wire.ts'

let server: TestServer
let safe: TestServer
beforeAll(async () => {
  server = await aServer()
  safe = await aServer({ env: { PUBLIC_URL: 'https://mortise.example' }, database: server.database })
})
afterAll(async () => {
  await safe.close()
  await server.close()
})

const json = { 'content-type': 'application/json', 'x-requested-with': 'mortise' }
const kinds: [kind: string, method: string, path: string, body?: string][] = [
  ['an answer', 'GET', '/api/v1'],
  ['a creation', 'POST', '/api/v1/auth/guest'],
  ['a refusal', 'GET', '/api/v1/auth/me'],
  ['an unknown call', 'GET', '/api/v1/nothing'],
  ['a wrong method', 'DELETE', '/api/v1/orgs'],
  ['a broken body', 'POST', '/api/v1/auth/guest', '{'],
  ['a wrong address', 'GET', '/api/v1/orgs/%E0%A4%A'],
  ['a tRPC answer', 'GET', '/trpc/system.about'],
  ['a tRPC refusal', 'GET', '/trpc/accounts.me'],
  ['an unknown procedure', 'GET', '/trpc/nothing.here'],
  ['a tRPC batch', 'GET', '/trpc/system.about,accounts.me?batch=1'],
  ['health', 'GET', '/health'],
  ['readiness', 'GET', '/ready'],
  ['the version', 'GET', '/version'],
  ['the API document', 'GET', '/api/v1/openapi.json'],
  ['the API page', 'GET', '/docs/'],
  ['a file of the API page', 'GET', '/docs/swagger-ui.css'],
  ['a page or nothing', 'GET', '/'],
  ['a file that is not there', 'GET', '/nothing.js'],
]

describe.each(kinds)('%s', (_, method, path, body) => {
  const ask = (to: TestServer) =>
    fetch(`${to.url}${path}`, {
      method,
      headers: body === undefined ? { 'x-requested-with': 'mortise' } : json,
      ...(body === undefined ? {} : { body }),
    })

  it('carries every header that closes a browser down', async () => {
    const { headers } = await ask(server)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cache-control': expect.stringMatching(/^no-(store|cache)$|^public, max-age=0$/),
      'x-request-id': expect.stringMatching(/^[\w.-]{8,64}$/),
    })
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*|https?:/)
    for (const absent of ['x-powered-by', 'etag', 'server', 'strict-transport-security', 'access-control-allow-origin'])
      expect(headers.get(absent), absent).toBeNull()
  })

  it('asks for HTTPS for a year where people come by HTTPS', async () => {
    expect((await ask(safe)).headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
    const brief = await aServer({ env: { PUBLIC_URL: 'https://mortise.example', HSTS_SECONDS: '60' }, database: server.database })
    expect((await ask(brief)).headers.get('strict-transport-security')).toBe('max-age=60; includeSubDomains')
    await brief.close()
  })
})

describe('an answer of the API', () => {
  it('may use nothing at all', async () => {
    const { headers } = await fetch(`${server.url}/api/v1`)
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'")
  })

  it('to what the parser refused is of the same form as every other', async () => {
    const [answer] = await onTheWire(server, 'GARBAGE\r\n\r\n')
    expect(answer?.status).toBe(400)
    expect(answer?.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      connection: 'close',
      'content-type': 'application/json; charset=utf-8',
    })
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ error: 'VALIDATION_FAILED', requestId: answer?.headers['x-request-id'] })
  })

  it('that is an event stream carries them too', async () => {
    const owner = await aGuest(server)
    const { body } = await owner.post('/orgs', { name: 'Streaming' })
    const response = await fetch(`${server.url}/api/v1/orgs/${body.id}/events`, { headers: { authorization: `Bearer ${owner.token}` } })
    await response.body?.cancel()
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    })
  })
})

describe('a browser page on the wire', () => {
  it('cannot be asked for with a line break in a header of ours', async () => {
    const [answer] = await onTheWire(server, head('GET /api/v1', { 'X-Request-Id': 'abcdefgh%0d%0aSet-Cookie: x=y' }))
    expect(answer?.headers['set-cookie']).toBeUndefined()
    expect(answer?.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })
})
