/** Limits as a caller meets them: what is counted, who is charged, what is said about it, and that everybody else notices nothing. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { aGuest, callerWith, request, type Answer, type Caller } from '../../test/caller.ts'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { ask, bearer, type Door } from '../../test/doors.ts'
import { aProject, anOrganization, aStaffedOrganization, type Staffed } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { aServerWithoutDatabase } from '../../test/without-database.ts'

let database: TestDatabase
/** A server whose limits nobody meets, to make what a test needs. */
let roomy: TestServer
let staff: Staffed
beforeAll(async () => {
  database = await aDatabase()
  roomy = await aServer({ database })
  staff = await aStaffedOrganization(roomy)
})
afterAll(async () => {
  await roomy.close()
  await database.drop()
})

const open: TestServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})
const kept = (server: TestServer): TestServer => {
  open.push(server)
  return server
}
/** Limits are said by the minute; those of people and organizations are counted in windows of ten seconds. */
const perWindow = (calls: number) => String(calls * 6)
const limited = async (env: Record<string, string>) => kept(await aServer({ database, env }))
/** The same person at another server. */
const at = (server: TestServer, { token, userId, cookie }: Caller) => callerWith(server, token, userId, cookie)

const refusal = { status: 429, body: { error: 'RATE_LIMITED', requestId: expect.any(String) } }

/** Calls again and again, a window's worth at most, until it is refused. */
async function flood(call: () => Promise<Answer>, most = 60): Promise<Answer | undefined> {
  for (let turn = 0; turn < most; turn++) {
    const answer = await call()
    if (answer.status === 429) return answer
  }
  return undefined
}

describe('every limit', () => {
  const post =
    (path: string, headers = {}) =>
    (server: TestServer) =>
      request(server, 'POST', path, {}, headers)
  const floods: Record<string, { limit: string; few: string; call: (server: TestServer) => Promise<Answer> }> = {
    'of addresses, by calls without sign-in': { limit: 'ADDRESS', few: perWindow(5), call: (server) => request(server, 'GET', '/') },
    'of addresses, by tokens that are none': {
      limit: 'ADDRESS',
      few: perWindow(5),
      call: (server) => request(server, 'GET', '/orgs', undefined, bearer('x.y.z')),
    },
    'of sign-ins': { limit: 'SIGN_IN', few: '5', call: post('/auth/guest') },
    'of refreshes': { limit: 'REFRESH', few: '5', call: post('/auth/refresh', { cookie: 'mortise-refresh=none' }) },
    'of people': { limit: 'USER', few: perWindow(5), call: (server) => at(server, staff.viewer).get('/auth/me') },
    'of people, by bad input': { limit: 'USER', few: perWindow(5), call: (server) => at(server, staff.viewer).get('/orgs?limit=none') },
    'of organizations': {
      limit: 'ORGANIZATION',
      few: perWindow(5),
      call: (server) => at(server, staff.viewer).get(`/orgs/${staff.organization.id}`),
    },
    'of invitations that are made': {
      limit: 'INVITATIONS',
      few: '5',
      call: (server) => at(server, staff.owner).post(`/orgs/${staff.organization.id}/invitations`, { role: 'viewer' }),
    },
    'of invitations that are accepted': {
      limit: 'INVITATIONS',
      few: '5',
      call: (server) => at(server, staff.viewer).post('/invitations/accept', { token: 'x'.repeat(43) }),
    },
  }
  it.each(Object.entries(floods))(
    '%s refuses a flood, and says when to come back; without it nobody is refused',
    async (_, { limit, few, call }) => {
      const server = await limited({ [`RATE_LIMIT_${limit}`]: few })
      const refused = await flood(() => call(server))
      expect(refused).toMatchObject(refusal)
      const { headers } = refused as Answer
      const [after, reset] = [Number(headers.get('retry-after')), Number(headers.get('ratelimit-reset'))]
      expect(after).toBeGreaterThanOrEqual(1)
      expect(after).toBeLessThanOrEqual(60)
      expect({ limit: headers.get('ratelimit-limit'), remaining: headers.get('ratelimit-remaining'), reset }).toEqual({
        limit: '5',
        remaining: '0',
        reset: after,
      })
      expect(headers.get('ratelimit-policy')).toMatch(/^5;w=(10|60)$/)

      const without = await limited({ [`RATE_LIMIT_${limit}`]: '0' })
      expect(await flood(() => call(without), 30)).toBeUndefined()
    },
  )

  it('is not repeated faster than it should be asked: a refusal takes a second', async () => {
    const server = await limited({ RATE_LIMIT_USER: perWindow(1) })
    await flood(() => at(server, staff.viewer).get('/auth/me'))
    const askedAt = performance.now()
    expect(await at(server, staff.viewer).get('/auth/me')).toMatchObject(refusal)
    expect(performance.now() - askedAt).toBeGreaterThan(900)
  })

  it('costs no connection to the database once it is spent', async () => {
    const dead = kept(await aServerWithoutDatabase({ RATE_LIMIT_USER: perWindow(3), RATE_LIMIT_SIGN_IN: '3' }))
    expect(await flood(() => at(dead, staff.owner).get('/orgs'))).toMatchObject(refusal)
    expect(await flood(() => request(dead, 'POST', '/auth/guest'))).toMatchObject(refusal)
  })
})

describe('a batch', () => {
  it('costs each of its calls: what is left pays for some and not for the others', async () => {
    const server = await limited({ RATE_LIMIT_USER: perWindow(8) })
    const names = Array.from({ length: 20 }, () => 'accounts.me').join(',')
    const response = await fetch(`${server.url}/trpc/${names}?batch=1`, {
      headers: { ...bearer(staff.viewer.token), 'x-requested-with': 'mortise' },
    })
    const outcomes = (await response.json()) as { error?: { data: { error: string } } }[]
    const codes = outcomes.map(({ error }) => error?.data.error ?? 'ok')
    expect([codes.filter((code) => code === 'ok').length, codes.filter((code) => code === 'RATE_LIMITED').length]).toEqual([8, 12])
    expect(response.status).toBe(207)
    expect(response.headers.get('ratelimit-remaining')).toBe('0')
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  })

  it('of calls without sign-in too', async () => {
    const server = await limited({ RATE_LIMIT_ADDRESS: perWindow(8) })
    const response = await fetch(`${server.url}/trpc/${Array.from({ length: 20 }, () => 'system.about').join(',')}?batch=1`)
    const outcomes = (await response.json()) as { error?: unknown }[]
    expect(outcomes.filter(({ error }) => error !== undefined)).toHaveLength(12)
  })
})

describe.each<Door>(['REST', 'tRPC'])('an answer over %s', (door) => {
  const headersOf = ({ headers }: Answer) => ({
    limit: headers.get('ratelimit-limit'),
    remaining: headers.get('ratelimit-remaining'),
    policy: headers.get('ratelimit-policy'),
  })
  const get = (server: TestServer, org: string) =>
    ask(door, { server, procedure: 'organizations.get', input: { org }, token: staff.viewer.token })

  it('says what is left of the tightest budget, also when it is no refusal', async () => {
    const server = await limited({ RATE_LIMIT_USER: perWindow(100), RATE_LIMIT_ORGANIZATION: perWindow(50) })
    const answers = [await get(server, staff.organization.id), await get(server, staff.organization.id)]
    expect(answers.map(headersOf)).toEqual([
      { limit: '50', remaining: '49', policy: '50;w=10' },
      { limit: '50', remaining: '48', policy: '50;w=10' },
    ])
    expect(headersOf(await get(server, 'nothing-here'))).toEqual({ limit: '100', remaining: '97', policy: '100;w=10' })
  })

  it('that refuses says so in the same words', async () => {
    const server = await limited({ RATE_LIMIT_USER: perWindow(2) })
    const refused = await flood(() => get(server, staff.organization.id))
    expect(refused).toMatchObject({ status: 429, body: { error: 'RATE_LIMITED', message: 'Too many requests' } })
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  })

  it('that costs more spends more', async () => {
    const server = await limited({ RATE_LIMIT_USER: perWindow(100), RATE_LIMIT_ORGANIZATION: '0' })
    const input = { org: staff.organization.id }
    const left = async (procedure: string) =>
      Number((await ask(door, { server, procedure, input, token: staff.viewer.token })).headers.get('ratelimit-remaining'))
    expect([await left('organizations.get'), await left('organizations.stats'), await left('members.list')]).toEqual([99, 94, 92])
  })

  it('says nothing of limits where there is none', async () => {
    const server = await limited({ RATE_LIMIT_USER: '0', RATE_LIMIT_ORGANIZATION: '0' })
    expect(headersOf(await get(server, staff.organization.id))).toEqual({ limit: null, remaining: null, policy: null })
  })
})

describe('the flood of one', () => {
  it('person refuses nobody else, of the same organization and from the same address', async () => {
    const server = await limited({ RATE_LIMIT_USER: perWindow(20) })
    const [noisy, quiet] = [at(server, staff.member), at(server, staff.viewer)]
    expect(await flood(() => noisy.get('/orgs'))).toMatchObject(refusal)
    for (let turn = 0; turn < 10; turn++) expect((await quiet.get('/orgs')).status).toBe(200)
  })

  it('address refuses nobody who is signed in, and no other address', async () => {
    const server = await limited({ RATE_LIMIT_ADDRESS: perWindow(5), TRUSTED_PROXIES: '1' })
    const from = (address: string) => request(server, 'GET', '/', undefined, { 'x-forwarded-for': address })
    expect(await flood(() => from('198.51.100.7'))).toMatchObject(refusal)
    expect((await from('198.51.100.8')).status).toBe(200)
    expect((await at(server, staff.viewer).get('/orgs', { 'x-forwarded-for': '198.51.100.7' })).status).toBe(200)
  })

  it('network of IPv6 is one, whatever address of it is used', async () => {
    const server = await limited({ RATE_LIMIT_SIGN_IN: '5', TRUSTED_PROXIES: '1' })
    let turn = 0
    const from = (network: string) =>
      request(server, 'POST', '/auth/guest', {}, { 'x-forwarded-for': `${network}::${(++turn).toString(16)}` })
    expect(await flood(() => from('2001:db8:1:1'))).toMatchObject(refusal)
    expect((await from('2001:db8:1:2')).status).toBe(201)
  })

  it('caller who invents addresses is refused all the same', async () => {
    let turn = 0
    const forged = () => `203.0.113.${++turn}`
    const direct = await limited({ RATE_LIMIT_SIGN_IN: '5' })
    expect(await flood(() => request(direct, 'POST', '/auth/guest', {}, { 'x-forwarded-for': forged() }))).toMatchObject(refusal)
    const behind = await limited({ RATE_LIMIT_SIGN_IN: '5', TRUSTED_PROXIES: '1' })
    const through = () => request(behind, 'POST', '/auth/guest', {}, { 'x-forwarded-for': `${forged()}, ${forged()}, 198.51.100.7` })
    expect(await flood(through)).toMatchObject(refusal)
  })
})

describe('the budget of an organization', () => {
  it('is spent by all its members together, by id, by address and by what is inside', async () => {
    const server = await limited({ RATE_LIMIT_ORGANIZATION: perWindow(20) })
    const project = await aProject(staff.owner, staff.organization)
    const members = [staff.owner, staff.admin, staff.member, staff.viewer].map((one) => at(server, one))
    const paths = [`/orgs/${staff.organization.id}`, `/orgs/${staff.organization.slug}`, `/projects/${project.id}`]
    let turn = 0
    expect(await flood(() => (members[turn++ % 4] as Caller).get(paths[turn % 3] as string))).toMatchObject(refusal)
    for (const member of members)
      expect((await flood(() => member.get(paths[0] as string)))?.headers.get('ratelimit-limit'), 'all are refused').toBe('20')
    const other = await anOrganization(at(server, staff.owner))
    expect((await at(server, staff.owner).get(`/orgs/${other.id}`)).status, 'in another organization they go on').toBe(200)
  })

  it('is never spent by a stranger, whatever is asked for', async () => {
    const server = await limited({ RATE_LIMIT_ORGANIZATION: perWindow(10) })
    const [member, stranger] = [at(server, staff.viewer), at(server, await aGuest(roomy))]
    const project = await aProject(staff.owner, staff.organization)
    const path = `/orgs/${staff.organization.id}`
    expect((await member.get(path)).status).toBe(200) // the server knows now where this leads, for the member
    for (let turn = 0; turn < 20; turn++) {
      for (const asked of [path, `/projects/${project.id}`]) {
        const { status, headers } = await stranger.get(asked)
        expect({ status, limit: headers.get('ratelimit-limit') }).toEqual({ status: 404, limit: '166667' })
      }
    }
    expect(Number((await member.get(path)).headers.get('ratelimit-remaining'))).toBeGreaterThanOrEqual(8)
  })

  it('is no longer spent by somebody who was removed', async () => {
    const server = await limited({ RATE_LIMIT_ORGANIZATION: perWindow(10) })
    const { organization, owner, member } = await aStaffedOrganization(roomy)
    const [stays, goes] = [at(server, owner), at(server, member)]
    expect((await goes.get(`/orgs/${organization.id}`)).status).toBe(200)
    await owner.delete(`/orgs/${organization.id}/members/${member.userId}`)
    for (let turn = 0; turn < 20; turn++) expect((await goes.get(`/orgs/${organization.id}`)).status).toBe(404)
    expect((await stays.get(`/orgs/${organization.id}`)).status).toBe(200)
  })
})
