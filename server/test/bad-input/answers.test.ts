/** Questions that mean to confuse what lies between caller and server: caches, ranges, addresses, methods that nobody takes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { appRouter } from '../../src/router.ts'
import { anAdministrator, type Administrator } from '../administrator.ts'
import { aGuest, type Caller } from '../caller.ts'
import { anOrganization } from '../makers.ts'
import { aServer, type TestServer } from '../server.ts'
import { head, onTheWire } from '../wire.ts'

let server: TestServer
let administrator: Administrator
let owner: Caller
let id: string
beforeAll(async () => {
  server = await aServer()
  administrator = await anAdministrator(server.database)
  owner = await aGuest(server)
  id = (await anOrganization(owner)).id
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

const doors: [door: string, path: () => string][] = [
  ['REST', () => `/api/v1/orgs/${id}`],
  ['tRPC', () => `/trpc/organizations.get?input=${encodeURIComponent(JSON.stringify({ org: id }))}`],
]
const bearer = () => ({ Authorization: `Bearer ${owner.token}` })
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers: { ...bearer(), ...headers } })

describe.each(doors)('an answer of the API over %s', (_, path) => {
  it.each<Record<string, string>>([
    { 'if-none-match': '*' },
    { 'if-none-match': 'W/"1", "2"' },
    { 'if-modified-since': 'Sat, 21 Nov 2099 00:00:00 GMT' },
    { 'if-match': '"stale"' },
    { 'if-range': '"x"', range: 'bytes=0-0' },
    { range: 'bytes=0-0' },
    { range: `bytes=${Array.from({ length: 500 }, (__, n) => `${n}-${n}`).join()}` },
    { range: 'bytes=-1' },
    { 'cache-control': 'only-if-cached' },
  ])('is whole, new and kept by nobody when it is asked for with %j', async (headers) => {
    const plain = await (await get(path())).text()
    const answer = await get(path(), headers)
    expect({ status: answer.status, cache: answer.headers.get('cache-control'), tag: answer.headers.get('etag') }).toEqual({
      status: 200,
      cache: 'no-store',
      tag: null,
    })
    expect(answer.headers.get('accept-ranges')).toBeNull()
    expect(answer.headers.get('last-modified')).toBeNull()
    expect(await answer.text()).toBe(plain)
  })

  it('is made anew for each caller, whoever asked before', async () => {
    const stranger = await aGuest(server)
    expect((await get(path())).status).toBe(200)
    expect((await get(path(), { Authorization: `Bearer ${stranger.token}` })).status).toBe(404)
    expect((await fetch(`${server.url}${path()}`)).status).toBe(401)
  })
})

describe('a file', () => {
  it.each(['/docs/swagger-ui-bundle.js', '/docs/swagger-ui.css'])('%s is given whole or not at all', async (path) => {
    for (const range of ['bytes=0-0', `bytes=${'0-0,'.repeat(1_000)}1-1`]) {
      const answer = await get(path, { range })
      expect([answer.status, answer.headers.get('accept-ranges'), (await answer.text()).length > 10_000]).toEqual([200, null, true])
    }
  })

  it.each([
    '/docs/..%2f..%2fpackage.json',
    '/docs/%2e%2e/package.json',
    '/docs/..%5cpackage.json',
    '/docs/package.json',
    '/docs/%00',
    '/docs/.npmrc',
  ])('of the machine is not behind %s', async (path) => {
    const [answer] = await onTheWire(server, head(`GET ${path}`))
    expect([answer?.status, answer?.headers['location'], answer?.body.includes('"dependencies"')]).toEqual([404, undefined, false])
  })
})

describe('a method that nobody takes', () => {
  const paths = ['/api/v1/auth/guest', '/api/v1/orgs', '/trpc/sessions.guest', '/trpc/organizations.create', '/']
  it.each(['TRACE', 'PROPFIND', 'SEARCH', 'LINK', 'PURGE', 'M-SEARCH', 'CONNECT'])(
    '%s does nothing and gives nothing back',
    async (method) => {
      const before = await administrator.fingerprint()
      for (const path of paths) {
        const sent = head(`${method} ${method === 'CONNECT' ? 'localhost:80' : path}`, {
          ...bearer(),
          'X-Secret': 'echo-of-a-header',
          'X-Requested-With': 'x',
        })
        const answers = await onTheWire(server, sent)
        const statuses = answers.map(({ status }) => status)
        expect([path, statuses.every((status) => [400, 404, 405].includes(status))], statuses.join()).toEqual([path, true])
        expect(JSON.stringify(answers)).not.toContain('echo-of-a-header')
        expect(answers.filter(({ status, headers }) => status === 405 && !/[A-Z]{3,}/.test(headers['allow'] ?? ''))).toEqual([])
      }
      expect(await administrator.fingerprint()).toBe(before)
    },
  )

  it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', '_method'])('cannot be asked for by %s', async (name) => {
    const before = await administrator.fingerprint()
    for (const path of ['/api/v1/auth/me', `/api/v1/orgs/${id}`, '/trpc/accounts.me', '/trpc/sessions.logout']) {
      const [answer] = await onTheWire(server, head(`GET ${path}`, { ...bearer(), [name]: 'DELETE' }))
      expect([200, 405]).toContain(answer?.status)
    }
    expect(await administrator.fingerprint()).toBe(before)
  })
})

describe('what one question can carry', () => {
  it('has no list of free length, so no statement gets more values than PostgreSQL takes', () => {
    const lists = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { inputs: z.ZodType[] } }>).filter(
      ([, { _def }]) =>
        _def.inputs.some((input) => {
          const arrays = [
            ...JSON.stringify(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })).matchAll(/"type":"array"[^{}]*/g),
          ]
          return arrays.some(([words]) => !words.includes('maxItems'))
        }),
    )
    expect(lists.map(([name]) => `${name} takes a list: bound it with .max()`)).toEqual([])
  })

  it('is seen when it has one', () => {
    const schema = JSON.stringify(z.toJSONSchema(z.strictObject({ ids: z.array(z.string()) })))
    expect(schema).toMatch(/"type":"array"/)
  })

  it.each(['x-org-id', 'x-organization-id', 'x-tenant', 'x-user-id', 'x-forwarded-user'])('names nobody by the header %s', async (name) => {
    const stranger = await aGuest(server)
    for (const value of [id, `${id}, ${id}`, 'Ünïcödé', '']) {
      const headers = { ...bearer(), Authorization: `Bearer ${stranger.token}`, [name]: Buffer.from(value).toString('latin1') }
      const [answer] = await onTheWire(server, Buffer.from(head(`GET /api/v1/orgs`, headers), 'latin1'))
      expect(JSON.parse(answer?.body ?? '')).toEqual({ items: [], nextCursor: null })
    }
  })
})
