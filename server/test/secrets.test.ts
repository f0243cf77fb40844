/** What people send stays out of the log and out of refusals: words planted in every place are looked for afterwards. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withConnection } from '../src/db/provision-connection.ts'
import { aGuest, callerWith, request } from './caller.ts'
import { aProject, anOrganization, aTask } from './makers.ts'
import { aServer, type TestServer } from './server.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

const secret = (place: string) => `planted-${place}-7f3a91c2`
const headers = (place: string) => ({ cookie: `mortise-refresh=${secret(place)}; other=${secret(place)}`, 'x-api-key': secret(place) })
const logged = () => JSON.stringify(server.log)

describe('a log', () => {
  it('shows nothing of bodies, queries, cookies and headers, whether a call succeeds or is refused', async () => {
    const owner = await aGuest(server)
    const organization = await anOrganization(owner)
    const project = await aProject(owner, organization, { name: secret('name'), description: secret('description') })
    const task = await aTask(owner, project, { title: secret('title') })
    const before = server.log.length
    const answers = [
      await owner.put(`/tasks/${task.id}`, { description: secret('body'), version: 1 }, headers('header')),
      await owner.put(`/tasks/${task.id}`, { title: secret('stale'), version: 1 }, headers('header')),
      await owner.put(`/tasks/${task.id}`, { title: 7, version: secret('type') }),
      await owner.get(`/projects/${project.id}/tasks?q=${secret('query')}`),
      await owner.get(`/projects/${project.id}/tasks?cursor=${secret('cursor')}`),
      await owner.post('/invitations/accept', { token: `${secret('token')}${'x'.repeat(43)}`.slice(0, 43) }),
      await request(server, 'PUT', '/auth/me', `{"name": "${secret('broken')}`, { authorization: `Bearer ${owner.token}` }),
      await owner.put('/auth/me', { name: 'Keyed' }, { 'idempotency-key': secret('key') }),
      await owner.put('/auth/me', { name: 'Not keyed' }, { 'idempotency-key': `${secret('key')} and more` }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 409, 400, 200, 400, 404, 400, 200, 400])
    expect(server.log.length).toBeGreaterThanOrEqual(before + answers.length)
    expect(logged()).not.toMatch(/planted-/)
  })

  it('shows no token, good or bad, and no link', async () => {
    const owner = await aGuest(server)
    const organization = await anOrganization(owner)
    const { body: link } = await owner.post(`/orgs/${organization.id}/invitations`, { role: 'viewer' })
    await request(server, 'POST', '/auth/refresh', undefined, { cookie: owner.cookie })
    await callerWith(server, `${owner.token.slice(0, -4)}AAAA`).get('/auth/me')
    await callerWith(server, secret('bearer')).get('/auth/me')
    await request(server, 'GET', '/auth/me', undefined, { authorization: `Basic ${secret('basic')}` })
    for (const word of [owner.token, owner.token.split('.')[2], owner.cookie.split('=')[1], link.token, 'planted-'])
      expect(logged()).not.toContain(word)
  })

  it('of a failure that nobody foresaw names the procedure and the cause, and still nothing that was sent', async () => {
    const owner = await aGuest(server)
    const project = await aProject(owner, await anOrganization(owner))
    await withConnection(server.database.adminUrl, (client) => client.query('alter table app.tasks rename column description to renamed'))
    const answer = await owner.post(
      `/projects/${project.id}/tasks`,
      { title: secret('unforeseen'), description: secret('unforeseen') },
      headers('unforeseen'),
    )
    await withConnection(server.database.adminUrl, (client) => client.query('alter table app.tasks rename column renamed to description'))
    expect(answer).toMatchObject({ status: 500, body: { error: 'INTERNAL' } })
    expect(JSON.stringify(answer.body)).not.toMatch(/planted-|column|insert/)
    expect(server.log).toContainEqual(expect.objectContaining({ procedure: 'tasks.create', msg: 'a procedure failed' }))
    expect(logged()).not.toMatch(/planted-/)
  })

  it('would be caught: the search finds what is there', () => {
    server.r.log.info({ body: secret('canary') }, 'planted on purpose')
    expect(logged()).toContain(secret('canary'))
    server.log.pop()
  })
})

describe('a refusal', () => {
  it('repeats no value that was sent, except the name that was asked for', async () => {
    const owner = await aGuest(server)
    const { id } = await anOrganization(owner)
    for (const { body } of [
      await owner.post(`/orgs/${id}/projects`, { name: `${secret('name')}\u0000` }, headers('header')),
      await owner.post(`/orgs/${id}/projects`, { name: 'x', slug: secret('SLUG') }),
      await owner.put('/auth/me', { name: 'x', version: secret('version') }),
      await owner.get(`/orgs/${id}/projects?archived=${secret('archived')}`),
      await callerWith(server, secret('bearer')).get('/auth/me', headers('header')),
    ]) {
      expect(body).toMatchObject({ error: expect.any(String) })
      expect(JSON.stringify(body)).not.toMatch(/planted-/)
    }
  })
})

describe('the audit trail', () => {
  it('keeps what was changed, and no token, hash, cookie, key or header', async () => {
    const owner = await aGuest(server)
    const organization = await anOrganization(owner)
    const project = await aProject(owner, organization, { name: 'Plain' })
    await owner.put(`/projects/${project.id}`, { name: 'Changed', version: 1 }, headers('audited'))
    await owner.put(`/projects/${project.id}`, { name: 'Again', version: 2 }, { 'idempotency-key': secret('audited-key') })
    const guest = await aGuest(server)
    const links: { id: string; token: string }[] = []
    for (let i = 0; i < 2; i++) links.push((await owner.post(`/orgs/${organization.id}/invitations`, { role: 'viewer' })).body)
    await guest.post('/invitations/accept', { token: links[0]?.token })
    await owner.delete(`/orgs/${organization.id}/invitations/${links[1]?.id}`)
    const { rows } = await withConnection(server.database.adminUrl, (client) =>
      client.query<{ text: string }>(
        `select string_agg(e::text, ' ' order by seq) as text from app.audit_entries e where organization_id = $1`,
        [organization.id],
      ),
    )
    const kept = String(rows[0]?.text)
    const hashes = links.map(({ token }) => createHash('sha256').update(token).digest('hex'))
    const secrets = [owner, guest].flatMap(({ token, cookie }) => [token, token.split('.')[2] ?? '', cookie.split('=')[1] ?? ''])
    for (const word of ['planted-', 'token_hash', ...links.map(({ token }) => token), ...hashes, ...secrets])
      expect(kept).not.toContain(word)
    for (const word of ['Changed', 'Again', 'invitation']) expect(kept).toContain(word) // or the search would find nothing anywhere
  })
})
