/** The contract: what holds for every call, whatever it asks. */
import { request as rawRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../src/rest/calls.ts'
import { aGuest, nobody, type Answer, type Caller } from './caller.ts'
import { aProject, aStaffedOrganization, aTask, type Staffed } from './makers.ts'
import { aServer, type TestServer } from './server.ts'
import { shapes } from './shapes.ts'

let server: TestServer
let staff: Staffed
let owner: Caller
beforeAll(async () => {
  server = await aServer()
  staff = await aStaffedOrganization(server)
  owner = staff.owner
})
afterAll(() => server.close())

const org = () => `/orgs/${staff.organization.id}`

/** Answers of every kind: found, made, gone, and refused by each part of the server. */
const everyKind = async (): Promise<Record<string, Answer>> => {
  const project = await aProject(owner, staff.organization)
  return {
    200: await owner.get('/auth/me'),
    201: await owner.post(`${org()}/projects`, { name: 'Another' }),
    204: await owner.delete(`/projects/${project.id}`),
    400: await owner.post('/orgs', { name: '' }),
    401: await nobody(server).get('/orgs'),
    403: await staff.viewer.delete(org()),
    404: await owner.get('/orgs/nowhere-at-all'),
    'no such address': await owner.get('/nothing'),
    405: await owner.delete('/auth/me'),
    409: await owner.put(org(), { name: 'Stale', version: 99 }),
    415: await owner.post('/orgs', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' }),
    'a broken body': await owner.post('/orgs', '{'),
  }
}

describe('every answer', () => {
  it('has a request id, is not stored by anybody and carries no entity tag', async () => {
    for (const [kind, { headers }] of Object.entries(await everyKind())) {
      expect(
        {
          kind,
          id: headers.get('x-request-id'),
          cache: headers.get('cache-control'),
          etag: headers.get('etag'),
          power: headers.get('x-powered-by'),
        },
        kind,
      ).toEqual({ kind, id: expect.stringMatching(/^[\w.-]{8,64}$/), cache: 'no-store', etag: null, power: null })
    }
  })

  it('is JSON in UTF-8, unless it has no body', async () => {
    for (const [kind, { headers, body }] of Object.entries(await everyKind())) {
      expect({ kind, type: headers.get('content-type') }).toEqual({
        kind,
        type: body === undefined ? null : 'application/json; charset=utf-8',
      })
    }
  })

  it.each(['12345678', 'a'.repeat(64), 'Trace_1.2-3'])('keeps %s, which the caller chose as its name', async (name) => {
    const { headers } = await owner.get('/auth/me', { 'x-request-id': name })
    expect(headers.get('x-request-id')).toBe(name)
  })

  it.each(['1234567', 'a'.repeat(65), 'has space', 'semi;colon', '<script>1'])(
    'gives a new name where the caller chose %s',
    async (name) => {
      const { headers, body } = await nobody(server).get('/auth/me', { 'x-request-id': name })
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      expect(body.requestId).toBe(headers.get('x-request-id'))
    },
  )

  it('gives a new name where the caller gave two', async () => {
    const { headers } = await send('GET', '/api/v1', { 'x-request-id': ['first-name', 'second-name'] })
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })
})

/** A request as no fetch would send it. */
const send = (method: string, path: string, headers: Record<string, string | string[]>) =>
  new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: string }>((resolve, reject) => {
    rawRequest(`${server.url}${path}`, { method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (part: string) => (body += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
      .on('error', reject)
      .end()
  })

describe('HEAD', () => {
  it('answers like GET, without a body', async () => {
    const { authorization } = { authorization: `Bearer ${owner.token}` }
    for (const path of ['', '/auth/me', org(), `${org()}/projects`]) {
      const answer = await send('HEAD', `/api/v1${path}`, { authorization })
      expect({ path, status: answer.status, body: answer.body }).toEqual({ path, status: 200, body: '' })
      expect(Number(answer.headers['content-length'])).toBeGreaterThan(10)
    }
  })
})

describe('a refusal', () => {
  it('has a code, a sentence and the request id, and nothing else but issues or the current object', async () => {
    const refusals = Object.entries(await everyKind()).filter(([, { status }]) => status >= 400)
    for (const [kind, { headers, body }] of refusals) {
      const { issues = [], current, ...rest } = body as { issues?: unknown[]; current?: unknown }
      expect(rest, kind).toEqual({ ...shapes.problem, error: expect.stringMatching(/^[A-Z_]+$/), requestId: headers.get('x-request-id') })
      expect(issues, kind).toEqual(issues.map(() => ({ path: expect.any(String), message: expect.any(String) })))
      expect(current !== undefined, kind).toBe(body.error === 'VERSION_CONFLICT')
    }
  })

  it('names every field that is wrong', async () => {
    const { body } = await owner.post('/orgs', { name: '', slug: 'No', color: 'red' })
    expect(new Set((body.issues as { path: string }[]).map(({ path }) => path))).toEqual(new Set(['name', 'slug', 'color']))
  })
})

describe('a field that no call knows', () => {
  const changing = calls.filter(({ method, kind }) => kind === 'mutation' && (method === 'post' || method === 'put'))
  it.each(changing.map(({ procedure, method, path }) => ({ procedure, method, path })))(
    'is refused in the body of $procedure',
    async ({ method, path }) => {
      const { status, body } = await owner[method as 'post' | 'put'](await filled(path), { surprise: 1 })
      expect(status).toBe(400)
      expect(body.issues).toContainEqual({ path: 'surprise', message: 'Unknown field' })
    },
  )

  const reading = calls.filter(({ method, kind }) => kind !== 'subscription' && (method === 'get' || method === 'delete'))
  it.each(reading.map(({ procedure, method, path }) => ({ procedure, method, path })))(
    'is refused in the query of $procedure',
    async ({ method, path }) => {
      const { status, body } = await owner[method as 'get' | 'delete'](`${await filled(path)}?surprise=1`)
      expect(status).toBe(400)
      expect(body.issues).toContainEqual({ path: 'surprise', message: 'Unknown field' })
    },
  )

  /** The path with things that exist. */
  const filled = async (path: string) => {
    const project = path.includes('{project}') || path.includes('{task}') ? await aProject(owner, staff.organization) : undefined
    const task = path.includes('{task}') && project ? await aTask(owner, project) : undefined
    const parts: Record<string, string | undefined> = {
      org: staff.organization.id,
      project: project?.id,
      task: task?.id,
      user: staff.viewer.userId,
    }
    return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '01890000-0000-7000-8000-000000000000').replace(/^\/$/, '')
  }

  it('is refused beside a query where a body is taken, and in a body where none is', async () => {
    expect((await owner.post('/orgs?name=Twice', { name: 'Once' })).status).toBe(400)
    const response = await fetch(`${server.url}/api/v1${org()}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
      body: '{"version":1}',
    })
    expect(response.status).toBe(400)
    expect((await owner.get(org())).status).toBe(200)
  })

  it('is refused where it stands in the path already', async () => {
    const stranger = await aGuest(server)
    const { status, body } = await stranger.put(org(), { org: 'another-one', name: 'X', version: 1 })
    expect({ status, issues: body.issues }).toEqual({ status: 400, issues: [{ path: 'org', message: 'Stands in the address already' }] })
  })
})
