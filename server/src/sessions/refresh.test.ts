/** The refresh token: one step at a time, lost answers forgiven, copies found out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../../test/administrator.ts'
import { aGuest, callerWith, request, type Answer, type Caller } from '../../test/caller.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { aServerWithoutDatabase } from '../../test/without-database.ts'
import { mintRefreshToken } from '../tokens/refresh.ts'

let server: TestServer
let administrator: Administrator
beforeAll(async () => {
  server = await aServer()
  administrator = await anAdministrator(server.database)
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

const refresh = (cookie: string) => request(server, 'POST', '/auth/refresh', undefined, { cookie })
const cookieOf = ({ headers }: Answer) => headers.getSetCookie()[0]?.split(';')[0] ?? ''
const stateOf = async ({ userId }: Caller) =>
  (
    await administrator.rows<{ counter: number; alive: boolean }>(
      'select refresh_counter as counter, ended_at is null as alive from app.sessions where user_id = $1',
      [userId],
    )
  )[0]
const ended = { status: 401, body: { error: 'SESSION_ENDED' } }

describe('a refresh', () => {
  it('gives a token that works and another cookie', async () => {
    const guest = await aGuest(server)
    const answer = await refresh(guest.cookie)
    expect(answer.body.user.id).toBe(guest.userId)
    expect((await callerWith(server, answer.body.token).get('/auth/me')).body.id).toBe(guest.userId)
    expect(cookieOf(answer)).not.toBe(guest.cookie)
    expect(await stateOf(guest)).toEqual({ counter: 2, alive: true })
  })

  it('goes on, step by step', async () => {
    const guest = await aGuest(server)
    let { cookie } = guest
    for (let step = 2; step <= 6; step++) {
      cookie = cookieOf(await refresh(cookie))
      expect(await stateOf(guest)).toEqual({ counter: step, alive: true })
    }
  })

  it('whose answer was lost is answered again with the same cookie', async () => {
    const guest = await aGuest(server)
    const [lost, again] = [await refresh(guest.cookie), await refresh(guest.cookie)]
    expect(again.status).toBe(200)
    expect(cookieOf(again)).toBe(cookieOf(lost))
    expect(await stateOf(guest)).toEqual({ counter: 2, alive: true })
  })

  it('of twenty windows at once makes one step and logs nobody out', async () => {
    const guest = await aGuest(server)
    // held back until as many as may go at once wait at the same row
    await administrator.rows('begin')
    await administrator.rows('select from app.sessions where user_id = $1 for update', [guest.userId])
    const asking = Promise.all(Array.from({ length: 20 }, () => refresh(guest.cookie)))
    await expect.poll(administrator.waiting).toBeGreaterThan(2)
    await administrator.rows('commit')
    const answers = await asking
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    expect(new Set(answers.map(cookieOf)).size).toBe(1)
    expect(await stateOf(guest)).toEqual({ counter: 2, alive: true })
    expect((await refresh(cookieOf(answers[0] as Answer))).status).toBe(200)
  })

  it('with a token from before the last ends the session, its access token and the newest cookie at once', async () => {
    const guest = await aGuest(server)
    const second = await refresh(guest.cookie)
    const third = await refresh(cookieOf(second))
    expect(await refresh(guest.cookie), 'a copy of the first cookie').toMatchObject(ended)
    expect(await stateOf(guest)).toEqual({ counter: 3, alive: false })
    for (const token of [guest.token, second.body.token, third.body.token])
      expect(await callerWith(server, token).get('/auth/me')).toMatchObject(ended)
    expect(await refresh(cookieOf(third))).toMatchObject(ended)
  })

  it('with a stolen token is written to the log, without the token', async () => {
    const guest = await aGuest(server)
    await refresh(cookieOf(await refresh(guest.cookie)))
    await refresh(guest.cookie)
    expect(server.log).toContainEqual(expect.objectContaining({ msg: 'a spent refresh token came back: session ended' }))
    expect(JSON.stringify(server.log)).not.toContain(guest.cookie.split('=')[1])
  })

  it('ends nobody else’s session', async () => {
    const [victim, other] = [await aGuest(server), await aGuest(server)]
    await refresh(cookieOf(await refresh(victim.cookie)))
    await refresh(victim.cookie)
    expect((await other.get('/auth/me')).status).toBe(200)
  })
})

describe('a refresh token that is not ours', () => {
  it('is refused without a look at the database', async () => {
    const dead = await aServerWithoutDatabase()
    const guest = await aGuest(server)
    const genuine = guest.cookie.split('=')[1] ?? ''
    const [version, session, counter, mac] = genuine.split('.') as [string, string, string, string]
    const another = await aServerWithoutDatabase({ TOKEN_SECRET: 'another secret that is used in tests only, nowhere else' })
    const forged = [
      '',
      'null',
      genuine.slice(0, -1),
      `${genuine}A`,
      `${genuine}.${mac}`,
      `${version}.${session}.2.${mac}`,
      `2.${session}.${counter}.${mac}`,
      `${version}.${session}.${counter}.`,
      `${version}.${session}.${counter}`,
      `${version}.${session.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))}.${counter}.${mac}`,
      guest.token,
      mintRefreshToken(another.r.keys.refresh, { sessionId: session, counter: 1 }),
      mintRefreshToken(another.r.keys.access, { sessionId: session, counter: 1 }),
      mintRefreshToken(server.r.keys.refresh, { sessionId: 'not-a-session', counter: 1 }),
      mintRefreshToken(server.r.keys.refresh, { sessionId: session, counter: 1e21 }),
    ]
    for (const token of forged) {
      const { status, body } = await request(dead, 'POST', '/auth/refresh', undefined, { cookie: `mortise-refresh=${token}` })
      expect({ token, status, error: body.error }).toEqual({ token, status: 401, error: 'UNAUTHENTICATED' })
    }
    expect(
      (await request(dead, 'POST', '/auth/refresh', undefined, { cookie: guest.cookie })).status,
      'the genuine one is taken to the database',
    ).toBe(503)
    await Promise.all([dead.close(), another.close()])
  })

  it('may stand among other cookies, and the first of its name counts', async () => {
    const guest = await aGuest(server)
    expect((await refresh(`a=b; ${guest.cookie}; x-mortise-refresh=c`)).status).toBe(200)
    expect((await refresh(`mortise-refresh=planted; ${guest.cookie}`)).status).toBe(401)
  })
})

describe('the refresh cookie', () => {
  it('authenticates nothing but refresh and logout', async () => {
    const { cookie } = await aGuest(server)
    for (const path of ['/auth/me', '/auth/sessions', '/orgs']) {
      expect(await request(server, 'GET', path, undefined, { cookie })).toMatchObject({ status: 401, body: { error: 'UNAUTHENTICATED' } })
    }
    const response = await fetch(`${server.url}/trpc/sessions.refresh`, {
      method: 'POST',
      headers: { cookie, 'x-requested-with': 'mortise', 'content-type': 'application/json' },
      body: '{}',
    })
    expect(response.status).toBe(401)
  })
})
