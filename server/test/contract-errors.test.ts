/** The contract: every code of its table, and when callers meet it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../src/rest/calls.ts'
import { aGuest, callerWith, nobody, type Answer, type Caller } from './caller.ts'
import { aProject, aStaffedOrganization, aTask, anOrganization, type Staffed } from './makers.ts'
import { aServer, type TestServer } from './server.ts'
import { shapes } from './shapes.ts'
import { aServerWithoutDatabase } from './without-database.ts'

const unknown = '01890000-0000-7000-8000-000000000000'

let server: TestServer
let dead: TestServer
let staff: Staffed
let stranger: Caller
beforeAll(async () => {
  server = await aServer()
  dead = await aServerWithoutDatabase()
  staff = await aStaffedOrganization(server)
  stranger = await aGuest(server)
})
afterAll(async () => {
  await dead.close()
  await server.close()
})

const org = () => `/orgs/${staff.organization.id}`
const codeOf = ({ status, body }: Answer) => ({ status, error: body?.error as string })

describe('400', () => {
  it.each(['{', '{"name":}', 'name', '{"name":"x"', "{'name':'x'}", '{"name":"x"}}', '\u0000'])(
    'MALFORMED_JSON answers a body like %j',
    async (body) => {
      expect(codeOf(await staff.owner.post('/orgs', body))).toEqual({ status: 400, error: 'MALFORMED_JSON' })
    },
  )

  it.each(['[]', '"text"', '1', 'null', 'true'])('VALIDATION_FAILED answers a body that is %s', async (body) => {
    expect(codeOf(await staff.owner.post('/orgs', body))).toEqual({ status: 400, error: 'VALIDATION_FAILED' })
  })
})

describe('401', () => {
  it('UNAUTHENTICATED answers nobody at every call that is not open, before anything else is looked at', async () => {
    for (const { method, path, isPublic } of calls) {
      if (isPublic) continue
      const answer = await nobody(dead)[method](
        path.replaceAll(/\{\w+\}/g, 'not-an-id'),
        method === 'get' ? undefined : ({ surprise: 1 } as never),
      )
      expect({ path, ...codeOf(answer), challenge: answer.headers.get('www-authenticate') }).toEqual({
        path,
        status: 401,
        error: 'UNAUTHENTICATED',
        challenge: 'Bearer',
      })
    }
  })

  it('SESSION_ENDED answers a genuine token whose session has ended, with a challenge', async () => {
    const guest = await aGuest(server)
    await guest.post('/auth/logout')
    const answer = await guest.get('/auth/me')
    expect({ ...codeOf(answer), challenge: answer.headers.get('www-authenticate') }).toEqual({
      status: 401,
      error: 'SESSION_ENDED',
      challenge: 'Bearer',
    })
  })
})

describe('403', () => {
  it('FORBIDDEN answers a member whose role lacks the permission', async () => {
    expect(codeOf(await staff.viewer.post(`${org()}/projects`, { name: 'Not mine to make' }))).toEqual({ status: 403, error: 'FORBIDDEN' })
  })
})

describe('404', () => {
  it('says "Organization 999 not found" for GET /orgs/999', async () => {
    const { status, body } = await stranger.get('/orgs/999')
    expect({ status, body }).toEqual({
      status: 404,
      body: { ...shapes.problem, error: 'ORG_NOT_FOUND', message: 'Organization 999 not found' },
    })
  })

  it('is the same to the byte for what is unknown and for what is somebody else’s, but for the id and the request id', async () => {
    const project = await aProject(staff.owner, staff.organization)
    const task = await aTask(staff.owner, project)
    const pairs = [
      ...['', '/members', '/projects', '/invitations', '/stats', '/events'].map((tail) => [`${org()}${tail}`, `/orgs/${unknown}${tail}`]),
      [`/projects/${project.id}`, `/projects/${unknown}`],
      [`/projects/${project.id}/tasks`, `/projects/${unknown}/tasks`],
      [`/tasks/${task.id}`, `/tasks/${unknown}`],
    ]
    const bytes = async (method: 'get' | 'put' | 'delete', path: string) => {
      const { status, body, headers } = await stranger[method](
        path,
        method === 'put' ? ({ version: 1 } as never) : { 'x-request-id': 'the-same-name' },
      )
      const id = path.split('/')[2] ?? ''
      const changing = new Set(['date', 'x-request-id', 'ratelimit-remaining', 'ratelimit-reset']) // from call to call, whatever is asked
      const kept = [...headers].filter(([name]) => !changing.has(name))
      return { status, text: JSON.stringify(body).replaceAll(id, '<id>').replaceAll(String(body.requestId), '<request>'), headers: kept }
    }
    for (const [foreign = '', absent = ''] of pairs) {
      const answer = await bytes('get', foreign)
      expect(answer, foreign).toEqual(await bytes('get', absent))
      expect(answer.status).toBe(404)
    }
    for (const [foreign = '', absent = ''] of pairs.filter(([path]) => path?.split('/').length === 3)) {
      for (const method of ['put', 'delete'] as const) expect(await bytes(method, foreign)).toEqual(await bytes(method, absent))
    }
  })

  const parts: [part: string, code: string, path: string][] = [
    ['organization', 'ORG_NOT_FOUND', '/orgs/{}'],
    ['organization', 'ORG_NOT_FOUND', '/orgs/{}/projects'],
    ['project', 'PROJECT_NOT_FOUND', '/projects/{}'],
    ['project', 'PROJECT_NOT_FOUND', '/projects/{}/tasks'],
    ['task', 'TASK_NOT_FOUND', '/tasks/{}'],
  ]
  const malformed = [
    '1',
    'NOT-AN-ID',
    '01890000-0000-7000-8000-00000000000_',
    '01890000-0000-7000-8000-00000000000G',
    `{${unknown}}`,
    unknown.toUpperCase().replace('8', 'A'),
    '..%2f..',
    "' or 1=1",
    '%00',
    'x'.repeat(2_000),
  ]
  it.each(parts)('answers a %s in the path that is no id with %s at %s, without a look at the database', async (_, error, path) => {
    const caller = callerWith(dead, stranger.token)
    for (const id of malformed)
      expect({ id, ...codeOf(await caller.get(path.replace('{}', encodeURIComponent(id)))) }).toEqual({ id, status: 404, error })
  })

  it('echoes at most 100 characters of what was asked for', async () => {
    const { body } = await stranger.get(`/tasks/${'x'.repeat(2_000)}`)
    expect(body.message).toBe(`Task ${'x'.repeat(100)} not found`)
  })

  const gone: [error: string, method: 'get' | 'delete', path: string][] = [
    ['MEMBER_NOT_FOUND', 'delete', `{org}/members/${unknown}`],
    ['MEMBER_NOT_FOUND', 'delete', '{org}/members/nobody'],
    ['INVITATION_NOT_FOUND', 'delete', `{org}/invitations/${unknown}`],
    ['INVITATION_NOT_FOUND', 'delete', '{org}/invitations/none'],
    ['SESSION_NOT_FOUND', 'delete', `/auth/sessions/${unknown}`],
    ['SESSION_NOT_FOUND', 'delete', '/auth/sessions/mine'],
    ['ROUTE_NOT_FOUND', 'get', '/nothing-here'],
    ['ROUTE_NOT_FOUND', 'get', '/Orgs'],
    ['ROUTE_NOT_FOUND', 'get', '{org}/everything'],
  ]
  it.each(gone)('is %s for %s of %s', async (error, method, path) => {
    expect(codeOf(await staff.owner[method](path.replace('{org}', org())))).toEqual({ status: 404, error })
  })

  it('does not tell that the session of somebody else exists', async () => {
    const { body } = await staff.owner.get('/auth/sessions')
    const id = (body.items as { id: string }[])[0]?.id
    expect(codeOf(await stranger.delete(`/auth/sessions/${id}`))).toEqual({ status: 404, error: 'SESSION_NOT_FOUND' })
  })
})

describe('405', () => {
  it('METHOD_NOT_ALLOWED answers every other method of every address, and names those that it takes', async () => {
    for (const path of new Set(calls.map((call) => call.path))) {
      const taken = calls
        .filter((call) => call.path === path)
        .flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((one) => !taken.includes(one))) {
        const response = await fetch(`${dead.url}/api/v1${path.replaceAll(/\{\w+\}/g, unknown)}`, { method })
        expect({ path, method, status: response.status, allow: response.headers.get('allow') }).toEqual({
          path,
          method,
          status: 405,
          allow: taken.join(', '),
        })
        expect(await response.json()).toMatchObject({ error: 'METHOD_NOT_ALLOWED', message: `This address does not take ${method}` })
      }
    }
  })
})

describe('409', () => {
  it('SLUG_TAKEN answers a slug that is asked for and taken', async () => {
    await staff.owner.post('/orgs', { name: 'First', slug: 'taken-slug' })
    expect(codeOf(await stranger.post('/orgs', { name: 'Second', slug: 'taken-slug' }))).toEqual({ status: 409, error: 'SLUG_TAKEN' })
    expect(codeOf(await staff.owner.put(org(), { slug: 'taken-slug', version: 1 }))).toEqual({ status: 409, error: 'SLUG_TAKEN' })
    const [first, second] = [
      await aProject(staff.owner, staff.organization, { slug: 'one-slug' }),
      await aProject(staff.owner, staff.organization),
    ]
    expect(codeOf(await staff.owner.post(`${org()}/projects`, { name: 'X', slug: first.slug }))).toEqual({
      status: 409,
      error: 'SLUG_TAKEN',
    })
    expect(codeOf(await staff.owner.put(`/projects/${second.id}`, { slug: first.slug, version: 1 }))).toEqual({
      status: 409,
      error: 'SLUG_TAKEN',
    })
  })

  it('VERSION_CONFLICT answers a stale version in every change, with the object as it is', async () => {
    const own = await anOrganization(staff.owner)
    const project = await aProject(staff.owner, staff.organization)
    const task = await aTask(staff.owner, await aProject(staff.owner, staff.organization))
    const me = (await stranger.get('/auth/me')).body
    const members = (await staff.owner.get(`${org()}/members`)).body.items as { userId: string }[]
    const viewer = members.find(({ userId }) => userId === staff.viewer.userId)
    const member = `${org()}/members/${staff.viewer.userId}`
    const stale: [string, Answer, unknown][] = [
      ['PUT organization', await staff.owner.put(`/orgs/${own.id}`, { name: 'X', version: 7 }), own],
      ['DELETE organization', await staff.owner.delete(`/orgs/${own.id}?version=7`), own],
      ['PUT project', await staff.owner.put(`/projects/${project.id}`, { name: 'X', version: 7 }), project],
      ['DELETE project', await staff.owner.delete(`/projects/${project.id}?version=7`), project],
      ['PUT task', await staff.owner.put(`/tasks/${task.id}`, { title: 'X', version: 7 }), task],
      ['move task', await staff.owner.post(`/tasks/${task.id}/move`, { to: 'end', version: 7 }), task],
      ['DELETE task', await staff.owner.delete(`/tasks/${task.id}?version=7`), task],
      ['PUT member', await staff.owner.put(member, { role: 'admin', version: 7 }), viewer],
      ['DELETE member', await staff.owner.delete(`${member}?version=7`), viewer],
      ['PUT me', await stranger.put('/auth/me', { name: 'X', version: 7 }), me],
    ]
    for (const [call, { status, body }, current] of stale) {
      expect({ call, status, body }).toEqual({ call, status: 409, body: { ...shapes.problem, error: 'VERSION_CONFLICT', current } })
    }
  })
})

describe('503', () => {
  it('UNAVAILABLE answers while the database is away, says when to ask again, and shows nothing of the cause', async () => {
    const answer = await callerWith(dead, stranger.token).get('/orgs')
    expect({ ...codeOf(answer), after: answer.headers.get('retry-after') }).toEqual({
      status: 503,
      error: 'UNAVAILABLE',
      after: expect.stringMatching(/^\d+$/),
    })
    expect(JSON.stringify(answer.body)).not.toMatch(/ECONN|127\.0|postgres|:1/)
    expect((await nobody(dead).post('/auth/guest')).status).toBe(503)
  })

  it('is what /ready says too, naming the database, while /health stays well', async () => {
    const ready = await fetch(`${dead.url}/ready`)
    expect({ status: ready.status, after: ready.headers.get('retry-after'), body: await ready.json() }).toEqual({
      status: 503,
      after: expect.stringMatching(/^\d+$/),
      body: { status: 'unavailable', db: 'down', redis: 'off', schema: 'unknown' },
    })
    expect((await fetch(`${dead.url}/health`)).status).toBe(200)
    expect((await nobody(dead).get('/openapi.json')).status).toBe(200)
  })
})
