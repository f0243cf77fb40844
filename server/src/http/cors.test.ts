/** Pages of other origins: refused unless the configuration names them, and then exactly those. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, type TestServer } from '../../test/server.ts'

const named = 'https://app.example'
let open: TestServer
let closed: TestServer
beforeAll(async () => {
  open = await aServer({ env: { CORS_ORIGINS: `${named}, https://other.example:8443` } })
  closed = await aServer({ database: open.database })
})
afterAll(async () => {
  await closed.close()
  await open.close()
})

const call = (server: TestServer, origin: string, init: RequestInit = {}) =>
  fetch(`${server.url}/api/v1/auth/guest`, {
    method: 'POST',
    ...init,
    headers: { origin, 'sec-fetch-site': 'cross-site', ...init.headers },
  })
const preflight = (server: TestServer, origin: string) =>
  call(server, origin, {
    method: 'OPTIONS',
    headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  })
const corsOf = ({ headers }: Response) => [...headers.keys()].filter((name) => name.startsWith('access-control-'))

describe('a page of a named origin', () => {
  it('may call, and its browser is told so for this origin alone', async () => {
    const answer = await call(open, named)
    expect(answer.status).toBe(201)
    expect(answer.headers.get('access-control-allow-origin')).toBe(named)
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
    expect(answer.headers.get('vary')).toMatch(/\bOrigin\b/)
  })

  it('is answered when it asks beforehand', async () => {
    const answer = await preflight(open, named)
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET, POST, PUT, DELETE')
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization')
  })
})

describe('a page of any other origin', () => {
  it.each([
    'https://app.example.evil.example',
    'http://app.example',
    'https://app.example:444',
    'https://APP.example',
    'null',
    'https://evil.example',
  ])('is refused and told nothing: %s', async (origin) => {
    const answer = await call(open, origin)
    expect({ status: answer.status, cors: corsOf(answer) }).toEqual({ status: 403, cors: [] })
    expect(corsOf(await preflight(open, origin))).toEqual([])
    expect(answer.headers.get('vary')).toMatch(/\bOrigin\b/)
  })

  it('is every one where none is named', async () => {
    const answer = await call(closed, named)
    expect({ status: answer.status, cors: corsOf(answer) }).toEqual({ status: 403, cors: [] })
    expect((await preflight(closed, named)).status).toBe(405)
  })
})
