/** The tRPC door against callers who do not play along: batches, unknown names, wrong methods. */
import { catalogue } from '@mortise/shared/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../../test/administrator.ts'
import { aGuest, type Caller } from '../../test/caller.ts'
import { bearer, procedures } from '../../test/doors.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { aServerWithoutDatabase } from '../../test/without-database.ts'

let server: TestServer
let dead: TestServer
let administrator: Administrator
let guest: Caller
beforeAll(async () => {
  server = await aServer()
  dead = await aServerWithoutDatabase()
  administrator = await anAdministrator(server.database)
  guest = await aGuest(server)
})
afterAll(async () => {
  await administrator.close()
  await dead.close()
  await server.close()
})

type Outcome = {
  result?: { data: unknown }
  error?: { message: string; data: { error: string; httpStatus: number; requestId: string; issues?: unknown } }
}
async function call(path: string, { method = 'GET', body, to = server }: { method?: string; body?: string; to?: TestServer } = {}) {
  const response = await fetch(`${to.url}/trpc/${path}`, {
    method,
    headers: {
      ...bearer(guest.token),
      'x-requested-with': 'mortise',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, outcome: (text === '' ? {} : JSON.parse(text)) as Outcome | Outcome[] }
}
const only = (outcome: Outcome | Outcome[]): Outcome => (Array.isArray(outcome) ? (outcome[0] ?? {}) : outcome)
const codes = (outcome: Outcome | Outcome[]) => [outcome].flat().map(({ error }) => error?.data.error ?? 'ok')

describe('a refusal over tRPC', () => {
  it('carries the code, the sentence and the request id of the catalogue where typed clients look', async () => {
    const { status, headers, outcome } = await call(`organizations.get?input=${encodeURIComponent('{"org":"nowhere"}')}`)
    expect(status).toBe(404)
    expect(only(outcome).error).toMatchObject({
      message: 'Organization nowhere not found',
      data: { error: 'ORG_NOT_FOUND', message: 'Organization nowhere not found', httpStatus: 404, requestId: headers.get('x-request-id') },
    })
    expect(JSON.stringify(outcome)).not.toMatch(/stack|\.ts|node_modules/)
  })

  it('is JSON, of whatever kind it is', async () => {
    for (const path of [
      'nothing.here',
      'accounts.me?input={',
      'organizations.create',
      `system.about,${'system.about,'.repeat(30)}system.about?batch=1`,
    ]) {
      const { status, headers, outcome } = await call(path)
      expect({ path: path.slice(0, 40), type: headers.get('content-type') }).toEqual({
        path: path.slice(0, 40),
        type: expect.stringMatching(/^application\/json/),
      })
      expect(status).toBeGreaterThanOrEqual(400)
      expect(only(outcome).error?.data.requestId).toBe(headers.get('x-request-id'))
    }
  })

  it('of a caller without a token is a challenge', async () => {
    const response = await fetch(`${server.url}/trpc/accounts.me`, { headers: { 'x-requested-with': 'mortise' } })
    expect({ status: response.status, challenge: response.headers.get('www-authenticate') }).toEqual({ status: 401, challenge: 'Bearer' })
  })

  it('says when to come back while the database is away', async () => {
    const { status, headers, outcome } = await call('accounts.me', { to: dead })
    expect({ status, after: headers.get('retry-after'), codes: codes(outcome) }).toEqual({
      status: 503,
      after: '2',
      codes: ['UNAVAILABLE'],
    })
  })
})

describe('a name that is no procedure', () => {
  const names = [
    'nothing',
    'nothing.here',
    '__proto__',
    'constructor',
    'constructor.name',
    'organizations',
    'organizations.',
    '.list',
    'organizations.list.x',
    'toString',
    'organizations.__proto__',
    'x'.repeat(4_000),
    'x'.repeat(8_000),
    'organizations%00list',
    'ORGANIZATIONS.LIST',
  ]
  it.each(names)('like %s is not found, and not repeated', async (name) => {
    for (const method of ['GET', 'POST']) {
      const { status, text, outcome } = await call(name, { method, ...(method === 'POST' ? { body: '{}' } : {}) })
      expect({ status, codes: codes(outcome) }).toEqual({ status: 404, codes: ['ROUTE_NOT_FOUND'] })
      expect(text.length).toBeLessThan(1_000)
    }
  })

  it.each(['%E0%A4%A', '%', '%zz', '..%2f..%2fetc', '', '%2e%2e', '/', '//'])(
    'because it cannot be read, like "%s", is refused',
    async (name) => {
      const { status, outcome } = await call(name)
      expect({ name, status, code: (only(outcome).error as unknown as string | undefined)?.length }).toMatchObject({
        name,
        status: expect.toSatisfy((code: number) => code === 400 || code === 404),
      })
    },
  )
})

describe('a method', () => {
  const reading = procedures.filter(({ kind }) => kind === 'query').map(({ name }) => name)
  const changing = procedures.filter(({ kind }) => kind === 'mutation').map(({ name }) => name)

  it.each(changing)('GET cannot change anything through %s', async (name) => {
    const before = await administrator.fingerprint()
    const { status, headers, outcome } = await call(name)
    expect({ status, codes: codes(outcome), allow: headers.get('allow') }).toEqual({
      status: 405,
      codes: ['METHOD_NOT_ALLOWED'],
      allow: 'POST',
    })
    expect(await administrator.fingerprint()).toBe(before)
  })

  it.each(reading)('POST cannot read through %s', async (name) => {
    const { status, headers, outcome } = await call(name, { method: 'POST', body: '{}' })
    expect({ status, codes: codes(outcome), allow: headers.get('allow') }).toEqual({
      status: 405,
      codes: ['METHOD_NOT_ALLOWED'],
      allow: 'GET',
    })
  })

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is not taken', async (method) => {
    const { status, headers } = await call('organizations.create', { method, ...(method === 'OPTIONS' ? {} : { body: '{"name":"x"}' }) })
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow: 'GET, HEAD, POST' })
  })

  it('HEAD answers no body and changes nothing', async () => {
    const before = await administrator.fingerprint()
    for (const name of ['system.about', 'organizations.create']) expect((await call(name, { method: 'HEAD' })).text).toBe('')
    expect(await administrator.fingerprint()).toBe(before)
  })
})

describe('a batch', () => {
  const batch = (count: number, name = 'accounts.me') => `${Array.from({ length: count }, () => name).join(',')}?batch=1`

  it('of twenty calls is answered, each by itself', async () => {
    const { status, outcome } = await call(batch(20))
    expect({ status, codes: codes(outcome) }).toEqual({ status: 200, codes: Array.from({ length: 20 }, () => 'ok') })
  })

  it.each([21, 100, 500])('of %d calls is refused whole, without a look at the database', async (count) => {
    const { status, outcome } = await call(batch(count), { to: dead })
    expect({ status, codes: [...new Set(codes(outcome))] }).toEqual({ status: 400, codes: ['VALIDATION_FAILED'] })
  })

  it('of ten thousand calls is too long for an address', async () => {
    const response = await fetch(`${server.url}/trpc/${batch(10_000)}`)
    expect(response.status).toBe(431)
    await response.text()
  })

  it('of changes that is too large changes nothing', async () => {
    const before = await administrator.fingerprint()
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 21 }, (_, i) => [i, {}])))
    expect((await call(batch(21, 'sessions.guest'), { method: 'POST', body })).status).toBe(400)
    expect(await administrator.fingerprint()).toBe(before)
  })

  it('tells for each call how it went', async () => {
    const body = JSON.stringify({ 0: { name: 'Good' }, 1: { name: '' }, 2: { name: 'Also good' } })
    const { status, outcome } = await call(batch(3, 'organizations.create'), { method: 'POST', body })
    expect({ status, codes: codes(outcome) }).toEqual({ status: 207, codes: ['ok', 'VALIDATION_FAILED', 'ok'] })
  })

  it('that asks for one change twice makes it twice, and says so twice', async () => {
    const body = JSON.stringify({ 0: { name: 'Twin' }, 1: { name: 'Twin' } })
    const { status, outcome } = await call(batch(2, 'organizations.create'), { method: 'POST', body })
    const made = (outcome as Outcome[]).map(({ result }) => (result?.data as { id: string } | undefined)?.id)
    expect({ status, codes: codes(outcome), different: new Set(made).size }).toEqual({ status: 200, codes: ['ok', 'ok'], different: 2 })
  })

  it.each([
    ['a list instead of an object', '[{"name":"One"},{"name":"Two"}]'],
    ['a text', '"0"'],
    ['nothing', 'null'],
    ['broken JSON', '{"0":'],
    ['one key twice', '{"0":{"name":"One"},"0":{"name":"Two"},"1":{"name":"Three"}}'],
  ])('whose inputs are %s is refused and changes nothing', async (_, body) => {
    const before = await administrator.fingerprint()
    const { status } = await call(batch(2, 'organizations.create'), { method: 'POST', body })
    expect(status).toBe(400)
    expect(await administrator.fingerprint()).toBe(before)
  })

  it.each(['GET', 'POST'])('that mixes reading and changing is refused whole over %s, and changes nothing', async (method) => {
    const before = await administrator.fingerprint()
    const { status, outcome } =
      method === 'GET'
        ? await call('accounts.me,organizations.create?batch=1&input={"1":{"name":"x"}}')
        : await call('accounts.me,organizations.create?batch=1', { method, body: '{"1":{"name":"x"}}' })
    expect({ status, codes: codes(outcome) }).toEqual({ status: 400, codes: ['VALIDATION_FAILED'] })
    expect(await administrator.fingerprint()).toBe(before)
  })
})

describe('the input of a call', () => {
  it.each(['{', 'x', '%00', '{"org":}', '%EF%BF%BD'])('that is not JSON, like %s, is refused', async (input) => {
    const { status, outcome } = await call(`organizations.get?input=${input}`)
    expect({ status, codes: codes(outcome) }).toEqual({ status: 400, codes: ['VALIDATION_FAILED'] })
  })

  it.each(['null', '1', '[]', '"x"', '{}', '{"org":null}', '{"org":["a"]}', '{"org":{"$ne":1}}'])(
    'that is %s is refused by its schema',
    async (input) => {
      const { status, outcome } = await call(`organizations.get?input=${encodeURIComponent(input)}`)
      expect({ status, codes: codes(outcome) }).toEqual({ status: 400, codes: ['VALIDATION_FAILED'] })
    },
  )

  it('is refused with codes of the catalogue only', () => {
    expect(Object.keys(catalogue)).toEqual(
      expect.arrayContaining(['MALFORMED_JSON', 'VALIDATION_FAILED', 'METHOD_NOT_ALLOWED', 'ROUTE_NOT_FOUND']),
    )
  })
})
