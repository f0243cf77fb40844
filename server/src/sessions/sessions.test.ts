/** Sessions: how they end, at once and for every token that is still about. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../../test/administrator.ts'
import { aGuest, callerWith, nobody, request, type Caller } from '../../test/caller.ts'
import { ask } from '../../test/doors.ts'
import { aServer, type TestServer } from '../../test/server.ts'

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

const ended = { status: 401, body: { error: 'SESSION_ENDED' } }
const refresh = (cookie: string) => request(server, 'POST', '/auth/refresh', undefined, { cookie })
const age = (caller: Caller, column: 'idle_until' | 'expires_at', by = '1 second') =>
  administrator.rows(`update app.sessions set ${column} = now() - interval '${by}' where user_id = $1`, [caller.userId])

describe('a guest', () => {
  it('is somebody new each time', async () => {
    const guests = await Promise.all(Array.from({ length: 5 }, () => aGuest(server)))
    expect(new Set(guests.map(({ userId }) => userId)).size).toBe(5)
  })

  it('is remembered by the program that was used, cut to 300 characters and nothing else of the request', async () => {
    const { body } = await request(server, 'POST', '/auth/guest', undefined, { 'user-agent': `Browser ${'x'.repeat(400)}` })
    const sessions = await callerWith(server, body.token).get('/auth/sessions')
    expect(sessions.body.items[0].userAgent).toBe(`Browser ${'x'.repeat(292)}`)
  })
})

describe('signing out', () => {
  it('ends the session at once for its access token too', async () => {
    const guest = await aGuest(server)
    expect((await request(server, 'POST', '/auth/logout', undefined, { cookie: guest.cookie })).status).toBe(204)
    expect(await guest.get('/auth/me')).toMatchObject(ended)
    expect(await refresh(guest.cookie)).toMatchObject(ended)
  })

  it('works with the access token alone', async () => {
    const guest = await aGuest(server)
    expect((await guest.post('/auth/logout')).status).toBe(204)
    expect(await guest.get('/orgs')).toMatchObject(ended)
  })

  it('works over tRPC with the access token', async () => {
    const guest = await aGuest(server)
    expect((await ask('tRPC', { server, procedure: 'sessions.logout', token: guest.token })).status).toBe(200)
    expect(await guest.get('/orgs')).toMatchObject(ended)
  })

  it('twice is as good as once', async () => {
    const guest = await aGuest(server)
    const out = () => request(server, 'POST', '/auth/logout', undefined, { cookie: guest.cookie })
    expect([(await out()).status, (await out()).status]).toEqual([204, 204])
  })

  it('works after the session has run out', async () => {
    const guest = await aGuest(server)
    await age(guest, 'idle_until')
    expect((await request(server, 'POST', '/auth/logout', undefined, { cookie: guest.cookie })).status).toBe(204)
  })

  it('of nobody is refused', async () => {
    expect(await nobody(server).post('/auth/logout')).toMatchObject({ status: 401, body: { error: 'UNAUTHENTICATED' } })
  })
})

describe('a session', () => {
  it('is ended by its owner, and by nobody else', async () => {
    const [guest, other] = [await aGuest(server), await aGuest(server)]
    const { id } = (await guest.get('/auth/sessions')).body.items[0]
    expect((await other.delete(`/auth/sessions/${id}`)).status).toBe(404)
    expect((await guest.get('/auth/me')).status).toBe(200)
    expect((await guest.delete(`/auth/sessions/${id}`)).status).toBe(204)
    expect(await guest.get('/auth/me')).toMatchObject(ended)
  })

  it('is one of several, of which the list marks the current and hides those that have ended', async () => {
    const guest = await aGuest(server)
    const [second] = await administrator.rows<{ id: string }>(
      `insert into app.sessions (user_id, user_agent) values ($1, 'Phone') returning id`,
      [guest.userId],
    )
    await administrator.rows('insert into app.sessions (user_id, ended_at) values ($1, now())', [guest.userId])
    await administrator.rows(`insert into app.sessions (user_id, idle_until) values ($1, now() - interval '1 minute')`, [guest.userId])
    const { body } = await guest.get('/auth/sessions')
    expect(body.items).toMatchObject([{ id: second?.id, current: false, userAgent: 'Phone' }, { current: true }])
    expect((await guest.delete(`/auth/sessions/${second?.id}`)).status).toBe(204)
    expect(await guest.delete(`/auth/sessions/${second?.id}`)).toMatchObject({ status: 404, body: { error: 'SESSION_NOT_FOUND' } })
    expect((await guest.get('/auth/me')).status, 'the current one goes on').toBe(200)
  })

  it.each(['idle_until', 'expires_at'] as const)(
    'is over when %s has passed, for the access token and for the refresh token',
    async (column) => {
      const guest = await aGuest(server)
      await age(guest, column)
      expect(await guest.get('/auth/me')).toMatchObject(ended)
      const refused = await refresh(guest.cookie)
      expect(refused).toMatchObject(ended)
      expect(refused.headers.getSetCookie(), 'the useless cookie is taken away').toEqual([expect.stringContaining('mortise-refresh=;')])
    },
  )

  it('lives eight hours longer with each refresh, but never beyond thirty days', async () => {
    const guest = await aGuest(server)
    await administrator.rows(`update app.sessions set idle_until = now() + interval '1 minute' where user_id = $1`, [guest.userId])
    expect((await refresh(guest.cookie)).status).toBe(200)
    const [row] = await administrator.rows<{ idle: boolean; whole: boolean }>(
      `select idle_until > now() + interval '7 hours 59 minutes' as idle, expires_at = created_at + interval '30 days' as whole from app.sessions where user_id = $1`,
      [guest.userId],
    )
    expect(row).toEqual({ idle: true, whole: true })
  })

  it('of one person does not serve for another: the token names both', async () => {
    const [one, other] = [await aGuest(server), await aGuest(server)]
    await administrator.rows('update app.sessions set user_id = $1 where user_id = $2', [other.userId, one.userId])
    expect(await one.get('/auth/me')).toMatchObject(ended)
  })
})
