/** The contract: what answers without signing in, and the session. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withConnection } from '../src/db/provision-connection.ts'
import { aGuest, callerWith, nobody, request } from './caller.ts'
import { anOrganization } from './makers.ts'
import { aServer, type TestServer } from './server.ts'
import { moment, shapes } from './shapes.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

const at = async (path: string) => {
  const response = await fetch(`${server.url}${path}`)
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() }
}

describe('somebody who has not signed in', () => {
  it('learns at /api/v1 what this is and where its documents are', async () => {
    const { status, body } = await nobody(server).get('')
    expect({ status, body }).toEqual({
      status: 200,
      body: { name: 'Mortise', version: expect.any(String), docs: '/docs', openapi: '/api/v1/openapi.json', demo: null },
    })
  })

  it.each(['/health', '/api/v1/health'])('learns at %s that the process answers', async (path) => {
    const { status, text } = await at(path)
    expect({ status, text }).toEqual({ status: 200, text: '{"status":"healthy"}' })
  })

  it.each(['/ready', '/api/v1/health/ready'])('learns at %s that it can work', async (path) => {
    const { status, text } = await at(path)
    expect({ status, body: JSON.parse(text) }).toEqual({ status: 200, body: { status: 'ready', db: 'ok', redis: 'off', schema: 'ok' } })
  })

  it('learns at /version which release and schema this is', async () => {
    const { status, text } = await at('/version')
    expect({ status, body: JSON.parse(text) }).toEqual({
      status: 200,
      body: { version: expect.any(String), commit: expect.any(String), schema: expect.stringMatching(/^\d{8}_\d{4}_/) },
    })
  })

  it('gets the API document', async () => {
    const { status, body } = await nobody(server).get('/openapi.json')
    expect({ status, openapi: body.openapi }).toEqual({ status: 200, openapi: expect.stringMatching(/^3\.1\./) })
  })

  it('gets a page at /docs that needs nothing from elsewhere', async () => {
    const page = await at('/docs')
    expect({ status: page.status, type: page.type }).toEqual({ status: 200, type: 'text/html; charset=utf-8' })
    const addresses = [...page.text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? '')
    expect(addresses.length).toBeGreaterThan(1)
    for (const address of addresses)
      expect({ address, status: (await at(address)).status }).toEqual({ address: expect.stringMatching(/^\//), status: 200 })
  })
})

describe('signing in as a guest', () => {
  it.each([
    ['an empty body', undefined],
    ['an empty object', {}],
    ['no wish for the demo', { joinDemo: false }],
  ])('works with %s', async (_, body) => {
    const answer = await request(server, 'POST', '/auth/guest', body)
    expect(answer).toMatchObject({ status: 201 })
    expect(answer.body).toEqual(shapes.signedIn)
  })

  it('gives a token for ten minutes', async () => {
    const { body } = await request(server, 'POST', '/auth/guest')
    const minutes = (Date.parse(body.expiresAt) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(9.9)
    expect(minutes).toBeLessThanOrEqual(10)
  })

  it('sets a cookie that scripts cannot read and that goes to the auth addresses only', async () => {
    const { headers } = await request(server, 'POST', '/auth/guest')
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^mortise-refresh=[\w.-]+; Max-Age=2592000; Path=\/api\/v1\/auth; Expires=[^;]+; HttpOnly; SameSite=Strict$/),
    ])
  })

  it('sets a __Host- cookie that is Secure where people come by HTTPS', async () => {
    const safe = await aServer({ env: { PUBLIC_URL: 'https://mortise.example' }, database: server.database })
    const { headers } = await request(safe, 'POST', '/auth/guest')
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-mortise-refresh=[\w.-]+; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/),
    ])
    await safe.close()
  })

  it('into the demo is refused where there is none', async () => {
    expect(await request(server, 'POST', '/auth/guest', { joinDemo: true })).toMatchObject({
      status: 404,
      body: { error: 'ORG_NOT_FOUND' },
    })
  })
})

describe('the demo organization', () => {
  it('takes in a guest who asks for it, as a member', async () => {
    const owner = await aGuest(server)
    const { id } = await anOrganization(owner, 'Harbour demo')
    await withConnection(server.database.adminUrl, (client) =>
      client.query('update app.organizations set is_demo = true where id = $1', [id]),
    )
    const showing = await aServer({ env: { DEMO_ORGANIZATION: 'harbour-demo', NODE_ENV: 'development' }, database: server.database })
    const { status, body } = await request(showing, 'POST', '/auth/guest', { joinDemo: true })
    const mine = await callerWith(showing, body.token).get('/orgs')
    expect(status).toBe(201)
    expect(mine.body.items).toMatchObject([{ slug: 'harbour-demo', role: 'member' }])
    expect((await nobody(showing).get('')).body.demo).toBe('harbour-demo')
    await showing.close()
  })

  it('is none because the configuration says so: an organization that was not seeded as one lets nobody in', async () => {
    await anOrganization(await aGuest(server), 'Private harbour')
    const wrong = await aServer({ env: { DEMO_ORGANIZATION: 'private-harbour', NODE_ENV: 'development' }, database: server.database })
    expect(await request(wrong, 'POST', '/auth/guest', { joinDemo: true })).toMatchObject({ status: 404, body: { error: 'ORG_NOT_FOUND' } })
    await wrong.close()
  })
})

describe('the session calls', () => {
  it('answer a refresh like a sign-in, with the next cookie', async () => {
    const guest = await aGuest(server)
    const { status, body, headers } = await request(server, 'POST', '/auth/refresh', undefined, { cookie: guest.cookie })
    expect({ status, body }).toEqual({ status: 200, body: { ...shapes.signedIn, user: { ...shapes.signedIn.user, id: guest.userId } } })
    expect(headers.getSetCookie()).toHaveLength(1)
  })

  it('answer a logout with 204, without a body, and take the cookie away', async () => {
    const guest = await aGuest(server)
    const { status, body, headers } = await request(server, 'POST', '/auth/logout', undefined, { cookie: guest.cookie })
    expect({ status, body }).toEqual({ status: 204, body: undefined })
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^mortise-refresh=; Path=\/api\/v1\/auth; Expires=Thu, 01 Jan 1970/)])
  })

  it('say who the caller is, and take a new name', async () => {
    const guest = await aGuest(server)
    const me = await guest.get('/auth/me')
    expect({ status: me.status, body: me.body }).toEqual({ status: 200, body: shapes.account })
    const renamed = await guest.put('/auth/me', { name: 'Ada', version: me.body.version })
    expect({ status: renamed.status, body: renamed.body }).toEqual({
      status: 200,
      body: { ...me.body, name: 'Ada', version: me.body.version + 1 },
    })
  })

  it('list the sessions and end one', async () => {
    const guest = await aGuest(server)
    const { status, body } = await guest.get('/auth/sessions')
    expect({ status, body }).toEqual({ status: 200, body: { items: [{ ...shapes.session, current: true }], nextCursor: null } })
    expect(body.items[0].lastSeenAt).toEqual(moment)
    const ended = await guest.delete(`/auth/sessions/${body.items[0].id}`)
    expect({ status: ended.status, body: ended.body }).toEqual({ status: 204, body: undefined })
  })
})
