/** An organization with everything that one can have, in which every text carries a word that nobody else's does. */
import { randomBytes } from 'node:crypto'
import type { Role } from '@mortise/shared/permissions'
import type { Administrator } from '../administrator.ts'
import { callerWith, request, type Caller } from '../caller.ts'
import type { TestServer } from '../server.ts'
import type { ThingKind } from './kinds.ts'

export type Person = Caller & { sessionId: string }

export type Side = {
  /** The canary, in lower case, fit for a slug. */
  word: string
  staff: Record<Role, Person>
  organizations: string[]
  /** What a field can be given to mean something of this side; the first one is what its own calls use. */
  things: Record<ThingKind, string[]>
  /** Where the second page of a list begins for the owner, by procedure. */
  cursors: Record<string, string>
  /** Tokens of every state: they must turn up nowhere. */
  tokens: string[]
}

type Url = Pick<TestServer, 'url'>

/** Signs a person in whose name and program carry `word`. */
export async function aPerson(server: Url, word: string, name: string): Promise<Person> {
  const { body, headers } = await expectGood(request(server, 'POST', '/auth/guest', undefined, { 'user-agent': `${word} browser` }))
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
  const { sid } = JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString()) as { sid: string }
  const person = { ...callerWith(server, body.token as string, body.user.id as string, cookie), sessionId: sid }
  await expectGood(person.put('/auth/me', { name: `${word} ${name}` }))
  return person
}

/**
 * Makes a side through the API. The administrator fills only what the API cannot: an address, a second session, an expired link.
 * `eventsBefore`: how much has happened before, so that its event numbers lie beyond those of others.
 */
export async function aSide(server: Url, administrator: Administrator, letter: string, { eventsBefore = 0 } = {}): Promise<Side> {
  const tail = randomBytes(4).toString('hex')
  const word = `canary${letter}${tail}`
  const roles: readonly Role[] = ['owner', 'admin', 'member', 'viewer']
  const people = await Promise.all(roles.map((role) => aPerson(server, word, role)))
  const staff = Object.fromEntries(roles.map((role, place) => [role, people[place]])) as Record<Role, Person>
  const { owner } = staff
  const post = async (path: string, body: object) => (await expectGood(owner.post(path, body))).body

  const organization = await post('/orgs', { name: `${word} organization`, slug: `${word}-org` })
  const second = await post('/orgs', { name: `${word} second`, slug: `${word}-second` })
  const invite = (role: Role) => post(`/orgs/${organization.id}/invitations`, { role })
  const used: string[] = []
  for (const role of roles.slice(1)) {
    const { token } = await invite(role)
    await expectGood(staff[role].post('/invitations/accept', { token }, { 'idempotency-key': `${word}-${role}` }))
    used.push(token)
  }
  const kept = { 'idempotency-key': `${word}-invitation` }
  const { body: open } = await expectGood(owner.post(`/orgs/${organization.id}/invitations`, { role: 'viewer' }, kept))
  const [alsoOpen, revoked, expired] = [await invite('admin'), await invite('member'), await invite('member')]
  await expectGood(owner.delete(`/orgs/${organization.id}/invitations/${revoked.id}`))
  const texts = (what: string) => ({ description: `${word} description of ${what}` })
  const project = await post(`/orgs/${organization.id}/projects`, { name: `${word} project`, slug: `${word}-project`, ...texts('project') })
  // its slug is somebody's who is known by no word, so that others can be given it and stay clean
  const plain = await post(`/orgs/${organization.id}/projects`, { name: `${word} other`, slug: `plain-${tail}`, ...texts('other') })
  // what the trail keeps of a change: before and after, and the words of a request
  await expectGood(
    owner.put(
      `/projects/${plain.id}`,
      { ...texts('the same'), version: 1 },
      { 'user-agent': `${word} browser`, 'x-request-id': `${word}-request` },
    ),
  )
  const task = (title: string, fields: object) =>
    post(`/projects/${project.id}/tasks`, { title: `${word} ${title}`, ...texts(title), ...fields })
  const first = await task('first', { assigneeId: owner.userId, status: 'doing', dueOn: '2026-11-21' })
  const last = await task('last', { status: 'done' })

  await administrator.rows(`update app.users set email = $1 where id = $2`, [`${word}@example.org`, owner.userId])
  await administrator.rows(`insert into app.sessions (user_id, user_agent) values ($1, $2)`, [owner.userId, `${word} telephone`])
  await administrator.rows(`update app.invitations set expires_at = now() - interval '1 hour' where id = $1`, [expired.id])
  if (eventsBefore > 0) {
    for (const table of ['events', 'event_heads'])
      await administrator.rows(`update app.${table} set seq = seq + $1 where organization_id = $2`, [eventsBefore, organization.id])
  }
  const [head] = await administrator.rows<{ seq: string }>(`select seq from app.event_heads where organization_id = $1`, [organization.id])

  return {
    word,
    staff,
    organizations: [organization.id, second.id],
    things: {
      organization: [organization.id, organization.slug],
      project: [project.id, plain.id],
      task: [first.id, last.id],
      user: [staff.viewer.userId, owner.userId, staff.member.userId],
      invitation: [open.id, expired.id],
      session: [owner.sessionId, staff.viewer.sessionId],
      token: [revoked.token, expired.token, used[0] ?? ''],
      'event number': [String(head?.seq), String(eventsBefore + 1)],
      'organization slug': [organization.slug],
      'project slug': [`plain-${tail}`],
      words: [word, `${word} first`],
    },
    cursors: await cursorsOf(owner, organization.id, project.id),
    tokens: [open.token, alsoOpen.token, revoked.token, expired.token, ...used],
  }
}

async function cursorsOf(owner: Person, organization: string, project: string): Promise<Record<string, string>> {
  const lists: Record<string, string> = {
    'sessions.list': '/auth/sessions',
    'organizations.list': '/orgs',
    'members.list': `/orgs/${organization}/members`,
    'audit.list': `/orgs/${organization}/audit`,
    'invitations.list': `/orgs/${organization}/invitations`,
    'projects.list': `/orgs/${organization}/projects`,
    'tasks.list': `/projects/${project}/tasks`,
  }
  const entries = Object.entries(lists).map(async ([procedure, path]) => {
    const { body } = await expectGood(owner.get(`${path}?limit=1`))
    if (body.nextCursor === null) throw new Error(`${procedure} has no second page`)
    return [procedure, body.nextCursor as string] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

async function expectGood<A extends { status: number; body: unknown }>(answering: Promise<A>): Promise<A> {
  const answer = await answering
  if (answer.status >= 300) throw new Error(`A side could not be made: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer
}
