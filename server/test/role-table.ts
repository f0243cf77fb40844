/** Who may call what: one row for each procedure and for each special rule, which the role matrix walks. */
import type { ErrorCode } from '@mortise/shared/errors'
import type { Permission, Role } from '@mortise/shared/permissions'
import { aGuest, type Caller } from './caller.ts'
import type { Input } from './doors.ts'
import { aProject, aTask, type Staffed } from './makers.ts'
import type { TestServer } from './server.ts'

/** The stranger belongs nowhere, the guest owns another organization, nobody has no token. */
export const everybody = ['owner', 'admin', 'member', 'viewer', 'stranger', 'guest', 'nobody'] as const
export type Who = (typeof everybody)[number]
export type Stage = Staffed & Record<Who, Caller> & { server: Pick<TestServer, 'url'> }

export type RoleRow = {
  procedure: string
  /** What is special about this row, where a procedure has several. */
  when?: string
  /** A permission of the table in shared; or it is open, needs a session only, or takes no access token at all. */
  needs: Permission | 'nothing' | 'session' | 'refresh cookie'
  input?: (stage: Stage, who: Who) => Input | Promise<Input>
  /** What the special rules say instead of the table. */
  but?: Partial<Record<Role, ErrorCode>>
  /** Success ends what later calls stand on, so whoever may succeed gets a stage of its own. */
  ends?: true
}

const org = ({ organization }: Stage) => ({ org: organization.id })
const project = async (stage: Stage) => ({ project: (await aProject(stage.owner, stage.organization)).id })
const task = async (stage: Stage) => ({ task: (await aTask(stage.owner, await aProject(stage.owner, stage.organization))).id })
const invited = async (stage: Stage) =>
  (await stage.owner.post(`/orgs/${stage.organization.id}/invitations`, { role: 'viewer' })).body as { id: string; token: string }
/** Another owner, so that the rule of the last one does not speak first. */
const anotherOwner = async (stage: Stage) => {
  const newcomer = await aGuest(stage.server)
  const { body } = await stage.owner.post(`/orgs/${stage.organization.id}/invitations`, { role: 'owner' })
  await newcomer.post('/invitations/accept', { token: body.token })
  return newcomer.userId
}

export const roleRows: readonly RoleRow[] = [
  { procedure: 'system.about', needs: 'nothing' },
  { procedure: 'sessions.guest', needs: 'nothing' },
  { procedure: 'sessions.refresh', needs: 'refresh cookie' },
  { procedure: 'sessions.logout', needs: 'session', ends: true },
  { procedure: 'sessions.list', needs: 'session' },
  { procedure: 'sessions.end', needs: 'session', ends: true, input: async (stage, who) => ({ session: await sessionOf(stage[who]) }) },
  { procedure: 'accounts.me', needs: 'session' },
  { procedure: 'accounts.update', needs: 'session', input: (_, who) => ({ name: `Renamed ${who}` }) },
  { procedure: 'organizations.create', needs: 'session', input: (_, who) => ({ name: `Made by ${who}` }) },
  { procedure: 'organizations.list', needs: 'session' },
  { procedure: 'organizations.get', needs: 'organization:read', input: org },
  { procedure: 'organizations.stats', needs: 'organization:read', input: org },
  {
    procedure: 'organizations.update',
    needs: 'organization:update',
    ends: true,
    input: (stage) => ({ ...org(stage), name: 'Renamed', version: 1 }),
  },
  { procedure: 'organizations.delete', needs: 'organization:delete', ends: true, input: org },
  { procedure: 'audit.list', needs: 'audit:read', input: org },
  { procedure: 'members.list', needs: 'member:read', input: org },
  {
    procedure: 'members.setRole',
    when: 'of the viewer',
    needs: 'member:manage',
    ends: true,
    input: (stage) => ({ ...org(stage), user: stage.viewer.userId, role: 'member', version: 1 }),
  },
  {
    procedure: 'members.setRole',
    when: 'of the viewer, to owner',
    needs: 'ownership:transfer',
    ends: true,
    input: (stage) => ({ ...org(stage), user: stage.viewer.userId, role: 'owner', version: 1 }),
  },
  {
    procedure: 'members.setRole',
    when: 'of the only owner',
    needs: 'ownership:transfer',
    but: { owner: 'LAST_OWNER' },
    ends: true,
    input: (stage) => ({ ...org(stage), user: stage.owner.userId, role: 'admin', version: 1 }),
  },
  {
    procedure: 'members.remove',
    when: 'of somebody else',
    needs: 'member:manage',
    ends: true,
    input: (stage, who) => ({ ...org(stage), user: stage[who === 'viewer' ? 'member' : 'viewer'].userId }),
  },
  {
    procedure: 'members.remove',
    when: 'of an owner who is not the only one',
    needs: 'ownership:transfer',
    ends: true,
    input: async (stage) => ({ ...org(stage), user: await anotherOwner(stage) }),
  },
  {
    procedure: 'members.remove',
    when: 'of oneself',
    needs: 'organization:leave',
    but: { owner: 'LAST_OWNER' },
    ends: true,
    input: (stage, who) => ({ ...org(stage), user: stage[who].userId === '' ? stage.viewer.userId : stage[who].userId }),
  },
  { procedure: 'invitations.create', needs: 'invitation:manage', input: (stage) => ({ ...org(stage), role: 'admin' }) },
  {
    procedure: 'invitations.create',
    when: 'for an owner',
    needs: 'ownership:transfer',
    input: (stage) => ({ ...org(stage), role: 'owner' }),
  },
  { procedure: 'invitations.list', needs: 'invitation:manage', input: org },
  {
    procedure: 'invitations.revoke',
    needs: 'invitation:manage',
    input: async (stage) => ({ ...org(stage), invitation: (await invited(stage)).id }),
  },
  { procedure: 'invitations.accept', needs: 'session', ends: true, input: async (stage) => ({ token: (await invited(stage)).token }) },
  { procedure: 'projects.create', needs: 'project:write', input: (stage) => ({ ...org(stage), name: 'New' }) },
  { procedure: 'projects.list', needs: 'project:read', input: org },
  { procedure: 'projects.get', needs: 'project:read', input: project },
  {
    procedure: 'projects.update',
    needs: 'project:write',
    input: async (stage) => ({ ...(await project(stage)), archived: true, version: 1 }),
  },
  { procedure: 'projects.delete', needs: 'project:delete', input: project },
  { procedure: 'tasks.create', needs: 'task:write', input: async (stage) => ({ ...(await project(stage)), title: 'New' }) },
  { procedure: 'tasks.list', needs: 'task:read', input: project },
  { procedure: 'tasks.get', needs: 'task:read', input: task },
  { procedure: 'tasks.update', needs: 'task:write', input: async (stage) => ({ ...(await task(stage)), status: 'done', version: 1 }) },
  { procedure: 'tasks.move', needs: 'task:write', input: async (stage) => ({ ...(await task(stage)), to: 'start', version: 1 }) },
  { procedure: 'tasks.delete', needs: 'task:write', input: task },
  { procedure: 'events.onOrganization', needs: 'event:read', input: org },
]

const sessionOf = async (caller: Caller): Promise<string> => {
  if (caller.token === '') return '01890000-0000-7000-8000-000000000000'
  return ((await caller.get('/auth/sessions')).body.items as { id: string }[])[0]?.id ?? ''
}
