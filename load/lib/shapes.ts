/** What an answer must look like: every field of the shared types, so that a renamed field does not compile here. */
import type { Account } from '@mortise/shared/accounts'
import type { Problem } from '@mortise/shared/errors'
import type { StreamEvent } from '@mortise/shared/events'
import type { Member } from '@mortise/shared/members'
import type { Organization, OrganizationStats } from '@mortise/shared/organizations'
import type { Page } from '@mortise/shared/pages'
import type { Project } from '@mortise/shared/projects'
import type { SignedIn } from '@mortise/shared/sessions'
import type { Task } from '@mortise/shared/tasks'

export type Is<T> = (value: unknown) => value is T

type Field = (value: unknown) => boolean

const text: Field = (value) => typeof value === 'string'
const number: Field = (value) => typeof value === 'number' && Number.isInteger(value)
const list: Field = (value) => Array.isArray(value)
const id: Field = (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
const moment: Field = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)
const oneOf =
  (...words: string[]): Field =>
  (value) =>
    words.some((word) => word === value)
const orNull =
  (field: Field): Field =>
  (value) =>
    value === null || field(value)
const optional =
  (field: Field): Field =>
  (value) =>
    value === undefined || field(value)
const role = oneOf('owner', 'admin', 'member', 'viewer')

export const isHealth = shape<{ status: string }>({ status: oneOf('healthy') })

export const isAccount = shape<Account>({
  id,
  name: text,
  kind: oneOf('guest', 'user'),
  email: orNull(text),
  createdAt: moment,
  version: number,
})

export const isOrganization = shape<Organization>({
  id,
  name: text,
  slug: text,
  role,
  createdAt: moment,
  updatedAt: moment,
  version: number,
})

export const isStats = shape<OrganizationStats>({
  projects: number,
  members: number,
  openTasks: number,
  doingTasks: number,
  dueThisWeek: number,
  dueToday: number,
  late: number,
  oldestLateOn: orNull(text),
  doneIn30Days: number,
  completedPerDay: list,
  recentActivity: list,
  busiestProjects: list,
})

export const isMember = shape<Member>({ userId: id, name: text, role, joinedAt: moment, version: number })

export const isProject = shape<Project>({
  id,
  organizationId: id,
  name: text,
  slug: text,
  description: text,
  archivedAt: orNull(moment),
  openTasks: number,
  doneTasks: number,
  createdAt: moment,
  updatedAt: moment,
  version: number,
})

export const isTask = shape<Task>({
  id,
  organizationId: id,
  projectId: id,
  title: text,
  description: text,
  status: oneOf('todo', 'doing', 'done'),
  assigneeId: orNull(id),
  dueOn: orNull(text),
  completedAt: orNull(moment),
  createdAt: moment,
  updatedAt: moment,
  version: number,
})

export const isSignedIn = shape<SignedIn>({
  token: text,
  expiresAt: moment,
  user: shape<SignedIn['user']>({ id, name: text, kind: oneOf('guest', 'user') }),
})

export const isEvent = shape<StreamEvent>({
  type: text,
  organizationId: id,
  entityId: id,
  projectId: optional(id),
  version: number,
  at: moment,
  actorId: orNull(id),
})

export const isProblem = shape<Problem>({ error: text, message: text, requestId: text, issues: optional(list), current: () => true })

/** A page whose items all are what `is` says. */
export const pageOf =
  <T>(is: Is<T>): Is<Page<T>> =>
  (value): value is Page<T> =>
    isRecord(value) && Array.isArray(value['items']) && value['items'].every(is) && orNull(text)(value['nextCursor'])

/** True for the body of an answer without one. */
export const isNothing: Is<undefined> = (value): value is undefined => value === undefined

function shape<T>(fields: Record<keyof Required<T>, Field>): Is<T> {
  return (value): value is T => isRecord(value) && Object.entries<Field>(fields).every(([name, field]) => field(value[name]))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
