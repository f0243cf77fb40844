/** Requests that no honest client sends: from other sites, as other types, with too many headers. None has any effect. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../../test/administrator.ts'
import { aGuest, type Caller } from '../../test/caller.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { head, onTheWire } from '../../test/wire.ts'

let server: TestServer
let administrator: Administrator
let guest: Caller
beforeAll(async () => {
  server = await aServer({ env: { PUBLIC_URL: 'http://mortise.example' } })
  administrator = await anAdministrator(server.database)
  guest = await aGuest(server)
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

type Target = { door: string; path: string; method?: string; body?: string }
/** Calls that change something: with and without input, with a token and with the cookie. */
const targets: Target[] = [
  { door: 'REST', path: '/api/v1/orgs', body: '{"name":"Forged"}' },
  { door: 'REST', path: '/api/v1/auth/guest' },
  { door: 'REST', path: '/api/v1/auth/refresh' },
  { door: 'REST', path: '/api/v1/auth/logout' },
  { door: 'REST', path: '/api/v1/auth/me', method: 'PUT', body: '{"name":"Forged"}' },
  { door: 'tRPC', path: '/trpc/organizations.create', body: '{"name":"Forged"}' },
  { door: 'tRPC', path: '/trpc/sessions.guest' },
  { door: 'tRPC', path: '/trpc/sessions.logout' },
  { door: 'tRPC', path: '/trpc/organizations.create,sessions.guest?batch=1', body: '{"0":{"name":"Forged"},"1":{}}' },
]

/** Sends as raw bytes, because a fetch refuses to say who it is. Gives the status. */
async function send(
  { path, method = 'POST', body = '' }: Target,
  headers: Record<string, string>,
): Promise<{ status: number | undefined; error: string }> {
  const common = {
    Host: 'mortise.example',
    Authorization: `Bearer ${guest.token}`,
    Cookie: guest.cookie,
    'X-Requested-With': 'mortise',
    'Content-Length': String(Buffer.byteLength(body)),
  }
  const [answer] = await onTheWire(
    server,
    head(`${method} ${path}`, { ...common, ...(body === '' ? {} : { 'Content-Type': 'application/json' }), ...headers }) + body,
  )
  return { status: answer?.status, error: (JSON.parse(answer?.body ?? '{}') as { error: string }).error }
}

/** How each target answers, and whether any row changed. */
async function attempted(headers: Record<string, string>) {
  const before = await administrator.fingerprint()
  const answers = []
  for (const { door, path, ...rest } of targets) answers.push({ door, path, ...(await send({ door, path, ...rest }, headers)) })
  return { answers, isUnchanged: (await administrator.fingerprint()) === before }
}
const refused = (status: number, error: string) => ({
  answers: targets.map(({ door, path }) => ({ door, path, status, error })),
  isUnchanged: true,
})

describe('a request from another site', () => {
  const crossSite = refused(403, 'CROSS_SITE')
  it.each(['cross-site', 'same-site', 'unheard-of', ''])('that a browser marks as %s is refused', async (site) => {
    expect(await attempted({ 'Sec-Fetch-Site': site })).toEqual(crossSite)
  })

  it.each([
    'https://evil.example',
    'null',
    'http://mortise.example.evil.example',
    'https://mortise.example',
    'http://mortise.example:81',
    'http://sub.mortise.example',
    '',
  ])('with the origin "%s" is refused', async (origin) => {
    expect(await attempted({ Origin: origin })).toEqual(crossSite)
  })

  it('is refused though its origin is ours when the browser says otherwise', async () => {
    expect(await attempted({ Origin: 'http://mortise.example', 'Sec-Fetch-Site': 'cross-site' })).toEqual(crossSite)
  })

  it('may read nothing: there are no CORS headers, whatever the origin', async () => {
    for (const path of ['/api/v1', '/api/v1/auth/me', '/trpc/accounts.me', '/health']) {
      for (const method of ['GET', 'OPTIONS']) {
        const [answer] = await onTheWire(
          server,
          head(`${method} ${path}`, { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }),
        )
        expect(Object.keys(answer?.headers ?? {}).filter((name) => name.startsWith('access-control'))).toEqual([])
      }
    }
  })
})

describe('a request from here', () => {
  it.each([{ 'Sec-Fetch-Site': 'same-origin' }, { 'Sec-Fetch-Site': 'none' }, { Origin: 'http://mortise.example' }, {}])(
    'with %j is taken',
    async (headers) => {
      const target = targets[0] as Target
      expect(await send(target, headers as Record<string, string>)).toMatchObject({ status: 201 })
    },
  )
})

describe('a body of another type', () => {
  const types = [
    'text/plain',
    'text/plain;charset=UTF-8',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'application/json; charset=utf-7',
    'application/json; charset=latin1',
    'application/json, text/plain',
    'application/jsonp',
    'application/trpc+json',
    'text/json',
    'application/json; boundary=x',
    '/',
    ' ',
  ]
  it.each(types)('%s is refused, with and without a body', async (type) => {
    expect(await attempted({ 'Content-Type': type })).toEqual(refused(415, 'UNSUPPORTED_MEDIA_TYPE'))
  })

  it.each(['gzip', 'deflate', 'br', 'gzip, gzip', 'x'])('compressed by %s is refused', async (encoding) => {
    expect(await attempted({ 'Content-Encoding': encoding, 'Content-Type': 'application/json' })).toEqual(
      refused(415, 'UNSUPPORTED_MEDIA_TYPE'),
    )
  })

  it.each(['application/json', 'application/json; charset=utf-8', 'application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"'])(
    '%s is the right type',
    async (type) => {
      expect(await send(targets[0] as Target, { 'Content-Type': type })).toMatchObject({ status: 201 })
    },
  )

  it('is refused without any type', async () => {
    const [answer] = await onTheWire(server, `${head('POST /api/v1/orgs', { 'Content-Length': '12' })}{"name":"x"}`)
    expect(answer?.status).toBe(415)
  })
})

describe('headers', () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`x-${i}`, 'y']))
  it('that are twenty kilobytes long are refused', async () => {
    const [answer] = await onTheWire(server, head('GET /api/v1', { 'X-Long': 'y'.repeat(20_000) }))
    expect({ status: answer?.status, body: JSON.parse(answer?.body ?? '{}') }).toMatchObject({
      status: 431,
      body: { error: 'HEADERS_TOO_LARGE', requestId: answer?.headers['x-request-id'] },
    })
  })

  it.each([200, 1_000, 1_900])('that are %d in number are refused, before the parser drops the last of them silently', async (count) => {
    const [answer] = await onTheWire(server, head('GET /api/v1', many(count)))
    expect({ status: answer?.status, error: (JSON.parse(answer?.body ?? '{}') as { error?: string }).error }).toEqual({
      status: 431,
      error: 'HEADERS_TOO_LARGE',
    })
  })

  it('that are ninety in number are taken', async () => {
    const [answer] = await onTheWire(server, head('GET /api/v1', many(90)))
    expect(answer?.status).toBe(200)
  })

  it.each([
    ['a method override', { 'X-HTTP-Method-Override': 'DELETE' }],
    ['another method override', { 'X-HTTP-Method': 'DELETE', 'X-Method-Override': 'DELETE' }],
    ['another address', { 'X-Original-URL': '/api/v1/auth/me', 'X-Rewrite-URL': '/api/v1/auth/me' }],
  ])('that ask for %s change nothing', async (_, headers) => {
    const [answer] = await onTheWire(server, head('GET /api/v1', headers))
    expect(JSON.parse(answer?.body ?? '{}')).toMatchObject({ name: 'Mortise' })
  })

  it('of bearer tokens may be spelled in any case, but come once and whole', async () => {
    const asking = async (authorization: string) =>
      (await onTheWire(server, head('GET /api/v1/auth/me', { Authorization: authorization })))[0]?.status
    expect(await Promise.all([`Bearer ${guest.token}`, `bearer ${guest.token}`, `BEARER ${guest.token}`].map(asking))).toEqual([
      200, 200, 200,
    ])
    const refusedOnes = [
      '',
      'Bearer',
      'Bearer ',
      `Bearer  ${guest.token}`,
      guest.token,
      `Basic ${guest.token}`,
      `Bearer ${guest.token} x`,
      `Bearer ${guest.token},Bearer x`,
    ]
    expect(await Promise.all(refusedOnes.map(asking))).toEqual(refusedOnes.map(() => 401))
  })
})
