/** Access tokens that are not ours, not for us, not yet or no longer good: one answer for all of them. */
import { createHmac, createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest, callerWith, request, type Caller } from '../../test/caller.ts'
import { ask } from '../../test/doors.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { aServerWithoutDatabase } from '../../test/without-database.ts'
import { mintAccessToken, verifyAccessToken } from './access.ts'
import { keysFrom } from './keys.ts'

let server: TestServer
let dead: TestServer
let guest: Caller
beforeAll(async () => {
  server = await aServer()
  dead = await aServerWithoutDatabase()
  guest = await aGuest(server)
})
afterAll(async () => {
  await dead.close()
  await server.close()
})

const base64 = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const seconds = () => Math.floor(Date.now() / 1000)
const good = (change: Record<string, unknown> = {}) => ({
  sub: guest.userId,
  sid: randomUUID(),
  iss: 'mortise',
  aud: 'mortise-api',
  iat: seconds(),
  exp: seconds() + 600,
  ...change,
})
const head = (change: Record<string, unknown> = {}) => ({ alg: 'HS256', typ: 'at+jwt', ...change })

/** Signs by hand, as an attacker does, with our own key unless another is given: what is wrong is what is said, not the signature. */
function token(
  header: unknown,
  payload: unknown,
  { hash = 'sha256', key = server.r.keys.access.export() }: { hash?: string; key?: Buffer | string } = {},
): string {
  const body = `${base64(header)}.${base64(payload)}`
  return `${body}.${createHmac(hash, key).update(body).digest('base64url')}`
}
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
function signed(alg: string, key: typeof rsa.privateKey): string {
  const body = `${base64(head({ alg }))}.${base64(good())}`
  return `${body}.${createSign('sha256').update(body).sign(key).toString('base64url')}`
}
const without = (name: string) => Object.fromEntries(Object.entries(good()).filter(([key]) => key !== name))
const publicPem = () => rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string
const partsOf = (text: string) => text.split('.') as [string, string, string]

/** What is wrong with each, and how it is made. */
const bad: Record<string, () => string> = {
  'no signature, alg none': () => `${base64(head({ alg: 'none' }))}.${base64(good())}.`,
  'alg None in capitals': () => `${base64(head({ alg: 'NONE' }))}.${base64(good())}.`,
  'alg none with a signature': () => token(head({ alg: 'none' }), good()),
  'an empty signature': () => `${partsOf(guest.token).slice(0, 2).join('.')}.`,
  'no signature part': () => partsOf(guest.token).slice(0, 2).join('.'),
  'a fourth part': () => `${guest.token}.x`,
  'RS256, signed by a key of somebody': () => signed('RS256', rsa.privateKey),
  'ES256, signed by a key of somebody': () => signed('ES256', ec.privateKey),
  'RS256 said, HMAC with the public key done': () => token(head({ alg: 'RS256' }), good(), { key: publicPem() }),
  'HS256 with a public key as the secret': () => token(head(), good(), { key: publicPem() }),
  'HS384 with the right key': () => token(head({ alg: 'HS384' }), good(), { hash: 'sha384' }),
  'HS512 with the right key': () => token(head({ alg: 'HS512' }), good(), { hash: 'sha512' }),
  'the empty secret': () => token(head(), good(), { key: '' }),
  'another secret': () => token(head(), good(), { key: 'another secret of more than thirty-two bytes' }),
  'the master secret itself': () => token(head(), good(), { key: 'a secret that is used in tests only, and nowhere else' }),
  'the key of refresh tokens': () => token(head(), good(), { key: server.r.keys.refresh.export() }),
  'the key of cursors': () => token(head(), good(), { key: server.r.keys.cursor.export() }),
  'a changed subject': () => {
    const [header, , signature] = partsOf(guest.token)
    return `${header}.${base64(good({ sub: randomUUID() }))}.${signature}`
  },
  'a second subject beside the first, under the old signature': () => {
    const [header, payload, signature] = partsOf(guest.token)
    const doubled = Buffer.from(payload, 'base64url').toString().replace('{', `{"sub":"${randomUUID()}",`)
    return `${header}.${base64(doubled)}.${signature}`
  },
  'a changed header': () => `${base64(head({ kid: 'x' }))}.${partsOf(guest.token).slice(1).join('.')}`,
  'a signature that lost its last sign': () => guest.token.slice(0, -1),
  'typ JWT': () => token(head({ typ: 'JWT' }), good()),
  'typ refresh': () => token(head({ typ: 'rt+jwt' }), good()),
  'no typ': () => token({ alg: 'HS256' }, good()),
  'another audience': () => token(head(), good({ aud: 'another-api' })),
  'no audience': () => token(head(), without('aud')),
  'another issuer': () => token(head(), good({ iss: 'https://evil.example' })),
  'no issuer': () => token(head(), without('iss')),
  'no exp': () => token(head(), without('exp')),
  'an exp that is a text': () => token(head(), good({ exp: String(seconds() + 600) })),
  'an exp that is not whole': () => token(head(), good({ exp: seconds() + 600.5 })),
  'no iat': () => token(head(), without('iat')),
  'an iat in the future': () => token(head(), good({ iat: seconds() + 120, exp: seconds() + 700 })),
  'an nbf in the future': () => token(head(), good({ nbf: seconds() + 120 })),
  'a life of a year': () => token(head(), good({ iat: seconds() - 3_600, exp: seconds() + 31_536_000 })),
  'no sub': () => token(head(), without('sub')),
  'a sub that is no id': () => token(head(), good({ sub: 'admin' })),
  'a sub that is an object': () => token(head(), good({ sub: { id: guest.userId } })),
  'no sid': () => token(head(), without('sid')),
  'a sid that is a list': () => token(head(), good({ sid: [randomUUID()] })),
  'a sid in capitals': () => token(head(), good({ sid: randomUUID().toUpperCase().replace(/^./, 'A') })),
  'crit in the header': () => token(head({ crit: ['exp'] }), good()),
  'jku in the header': () => token(head({ jku: 'https://evil.example/keys' }), good()),
  'x5u in the header': () => token(head({ x5u: 'https://evil.example/cert' }), good()),
  'jwk in the header': () => token(head({ jwk: { kty: 'oct', k: 'AAAA' } }), good()),
  'x5c in the header': () => token(head({ x5c: ['AAAA'] }), good()),
  'b64 false in the header': () => token(head({ b64: false }), good()),
  'zip in the header': () => token(head({ zip: 'DEF' }), good()),
  'a payload that is a text': () => token(head(), 'just text'),
  'a payload that is a list': () => token(head(), [good()]),
  'a payload that is null': () => token(head(), 'null'),
  'a header that is no JSON': () => token('{', good()),
  'a header that is null': () => token('null', good()),
  'five kilobytes': () => token(head(), good({ padding: 'x'.repeat(4_500) })),
  'a refresh token': () => guest.cookie.split('=')[1] ?? '',
  'an invitation token': () => 'A'.repeat(43),
  'a made-up text': () => 'Bearer',
  'dots alone': () => '..',
  'signs that are no base64url': () => `${guest.token.slice(0, 20)}+/=${guest.token.slice(23)}`,
  'old, and for somebody else': () => token(head(), good({ aud: 'another-api', iat: seconds() - 9_000, exp: seconds() - 8_400 })),
  'old, and of another type': () => token(head({ typ: 'JWT' }), good({ iat: seconds() - 9_000, exp: seconds() - 8_400 })),
  'old, and without a session': () => token(head(), { ...without('sid'), iat: seconds() - 9_000, exp: seconds() - 8_400 }),
}

const refusal = { error: 'UNAUTHENTICATED', message: 'Sign in first', requestId: expect.any(String) }

describe('a token is refused with the one message, and without a look at the database, if it has', () => {
  it.each(Object.keys(bad))('%s', async (what) => {
    const text = bad[what]?.() ?? ''
    const answer = await callerWith(dead, text).get('/auth/me')
    expect({ status: answer.status, body: answer.body, challenge: answer.headers.get('www-authenticate') }).toEqual({
      status: 401,
      body: refusal,
      challenge: 'Bearer',
    })
    const overTrpc = await ask('tRPC', { server: dead, procedure: 'accounts.me', token: text })
    expect({ status: overTrpc.status, body: overTrpc.body }).toEqual({ status: 401, body: { ...refusal, httpStatus: 401 } })
  })

  it('any of more than forty faults', () => {
    expect(Object.keys(bad).length).toBeGreaterThan(40)
  })
})

describe('a token of ours', () => {
  it('made by hand is good when nothing is wrong with it, or the rest of this file would prove nothing', async () => {
    const { sid } = JSON.parse(Buffer.from(partsOf(guest.token)[1], 'base64url').toString()) as { sid: string }
    expect((await callerWith(server, token(head(), good({ sid }))).get('/auth/me')).status).toBe(200)
    expect(
      (await callerWith(server, token(head({ kid: 'one' }), good({ sid }))).get('/auth/me')).status,
      'kid is known and names nothing yet',
    ).toBe(200)
    expect((await callerWith(dead, guest.token).get('/auth/me')).status, 'and only then the database is asked').toBe(503)
  })

  it('that has expired says so, so that a client knows to refresh', async () => {
    const answer = await callerWith(dead, token(head(), good({ iat: seconds() - 700, exp: seconds() - 100 }))).get('/auth/me')
    expect(answer).toMatchObject({ status: 401, body: { error: 'TOKEN_EXPIRED', message: 'The access token has expired' } })
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('whose session does not exist, or is somebody else’s, is a session that has ended', async () => {
    const other = await aGuest(server)
    const { sid } = JSON.parse(Buffer.from(partsOf(other.token)[1], 'base64url').toString()) as { sid: string }
    for (const forged of [token(head(), good()), token(head(), good({ sid }))]) {
      expect(await callerWith(server, forged).get('/auth/me')).toMatchObject({ status: 401, body: { error: 'SESSION_ENDED' } })
    }
  })

  it('carries an identity and a session, and neither organization nor role', async () => {
    const { body } = await request(server, 'POST', '/auth/guest')
    const [header, payload] = partsOf(body.token)
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>)
    expect(header).toEqual({ alg: 'HS256', typ: 'at+jwt' })
    expect(Object.keys(payload ?? {}).toSorted()).toEqual(['aud', 'exp', 'iat', 'iss', 'sid', 'sub'])
  })
})

describe('the clock', () => {
  const { access } = keysFrom('a secret of the clock test, of more than 32 bytes')
  const caller = { userId: randomUUID(), sessionId: randomUUID() }
  const start = Date.UTC(2026, 10, 21, 9, 30)
  const codeAt = (ms: number) => {
    try {
      return verifyAccessToken(access, mintAccessToken(access, caller, start).token, start + ms).userId
    } catch (error) {
      return (error as { error: string }).error
    }
  }

  it.each([0, 599_000, 600_000, 629_000])('is right %d ms after a token was made', (ms) => {
    expect(codeAt(ms)).toBe(caller.userId)
  })

  it.each([631_000, 3_600_000, 31_536_000_000])('has run out %d ms after a token was made', (ms) => {
    expect(codeAt(ms)).toBe('TOKEN_EXPIRED')
  })

  it('may be thirty seconds behind, and not forty', () => {
    expect([codeAt(-30_000), codeAt(-40_000)]).toEqual([caller.userId, 'UNAUTHENTICATED'])
  })

  it('says when the token will run out', () => {
    expect(mintAccessToken(access, caller, start).expiresAt).toBe('2026-11-21T09:40:00.000Z')
  })
})
