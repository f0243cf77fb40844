/** Makes what a test needs, through the API like anybody else. */
import type { Organization } from '@mortise/shared/organizations'
import type { Project } from '@mortise/shared/projects'
import type { Role } from '@mortise/shared/permissions'
import type { Task } from '@mortise/shared/tasks'
import { aGuest, type Answer, type Caller } from './caller.ts'
import type { TestServer } from './server.ts'

type Url = Pick<TestServer, 'url'>

/** An organization with one member of each role. */
export type Staffed = Record<Role, Caller> & { organization: Organization }

let count = 0

/** Makes an organization of `owner`. */
export async function anOrganization(owner: Caller, name = `Organization ${++count}`): Promise<Organization> {
  return made(await owner.post('/orgs', { name }))
}

/** Makes an organization with an owner, an admin, a member and a viewer. */
export async function aStaffedOrganization(server: Url): Promise<Staffed> {
  const owner = await aGuest(server)
  const organization = await anOrganization(owner)
  const join = async (role: Role) => {
    const caller = await aGuest(server)
    const { token }: { token: string } = made(await owner.post(`/orgs/${organization.id}/invitations`, { role }))
    made(await caller.post('/invitations/accept', { token }))
    return caller
  }
  const [admin, member, viewer] = await Promise.all([join('admin'), join('member'), join('viewer')])
  return { organization, owner, admin, member, viewer }
}

export const aProject = async (caller: Caller, organization: Pick<Organization, 'id'>, fields: object = {}): Promise<Project> =>
  made(await caller.post(`/orgs/${organization.id}/projects`, { name: `Project ${++count}`, ...fields }))

export const aTask = async (caller: Caller, project: Pick<Project, 'id'>, fields: object = {}): Promise<Task> =>
  made(await caller.post(`/projects/${project.id}/tasks`, { title: `Task ${++count}`, ...fields }))

function made({ status, body }: Answer): Answer['body'] {
  if (status >= 300) throw new Error(`Could not be made: ${status} ${JSON.stringify(body)}`)
  return body
}
