/** What an entry of the audit trail says, in words. */
import type { AuditEntity, AuditEntry, AuditFields } from '@mortise/shared/audit'

/** Who did it: `You`, a name of that time, or somebody who went past the app. */
export const actorOf = ({ actorId, actorName }: AuditEntry, me: string | undefined): string =>
  actorId === null ? 'Somebody at the database' : actorId === me ? 'You' : (actorName ?? 'Somebody')

/** What was done, to be read behind the actor: `renamed the project “Atlas” to “Atlas 2”`. */
export const deedOf = (entry: AuditEntry): string => deeds[entry.entity](entry, entry.after ?? {}, entry.before ?? {})

type Deed = (entry: AuditEntry, after: AuditFields, before: AuditFields) => string

const quoted = (text: unknown): string => `“${String(text)}”`
const nameOf = ({ entityName }: AuditEntry, noun: string): string => (entityName === null ? noun : quoted(entityName))
const has = (fields: AuditFields, name: string): boolean => Object.hasOwn(fields, name)

const deeds: Record<AuditEntity, Deed> = {
  organization: ({ action }, after) => {
    if (action === 'created') return 'created the organization'
    if (has(after, 'name')) return `renamed the organization to ${quoted(after['name'])}`
    return has(after, 'slug') ? `changed the address of the organization to ${String(after['slug'])}` : 'changed the organization'
  },
  member: ({ action, actorId, entityId, entityName }, after) => {
    const who = entityName ?? 'a member'
    const isOfSelf = actorId === entityId
    if (action === 'created') return isOfSelf ? `joined as ${String(after['role'])}` : `added ${who} as ${String(after['role'])}`
    if (action === 'deleted') return isOfSelf ? 'left the organization' : `removed ${who}`
    return `changed the role of ${isOfSelf && actorId !== null ? 'themselves' : who} to ${String(after['role'])}`
  },
  invitation: ({ action }, after, before) => {
    if (action === 'created') return `made an invitation link for the role ${String(after['role'])}`
    if (action === 'deleted') return `took back an invitation link for the role ${String(before['role'])}`
    return has(after, 'usedBy') ? 'used an invitation link' : 'changed an invitation link'
  },
  project: (entry, after, before) => {
    const name = nameOf(entry, 'that has no name')
    if (entry.action === 'created') return `added the project ${name}`
    if (entry.action === 'deleted') return `deleted the project ${name}`
    if (has(after, 'name')) return `renamed the project ${quoted(before['name'])} to ${quoted(after['name'])}`
    if (has(after, 'archivedAt')) return `${after['archivedAt'] === null ? 'restored' : 'archived'} the project ${name}`
    return `changed the project ${name}`
  },
  task: (entry, after, before) => {
    const name = nameOf(entry, 'a task')
    if (entry.action === 'created') return `added the task ${name}`
    if (entry.action === 'deleted') return `deleted the task ${name}`
    if (has(after, 'status')) return `${statusDeeds[String(after['status'])] ?? 'changed'} ${name}`
    if (has(after, 'title')) return `renamed the task ${quoted(before['title'])} to ${quoted(after['title'])}`
    if (has(after, 'assigneeId')) return `${after['assigneeId'] === null ? 'took everybody off' : 'gave somebody'} the task ${name}`
    return has(after, 'dueOn') ? `changed the date of ${name}` : `changed the task ${name}`
  },
}

const statusDeeds: Record<string, string> = { todo: 'put back', doing: 'started', done: 'finished' }

const fieldWords: Record<string, string> = {
  slug: 'Address',
  isDemo: 'Demo',
  createdBy: 'Made by',
  usedBy: 'Used by',
  usedAt: 'Used at',
  expiresAt: 'Expires at',
  archivedAt: 'Archived at',
  projectId: 'Project',
  assigneeId: 'Assignee',
  dueOn: 'Due on',
  completedAt: 'Finished at',
}

/** `Archived at`; a field without words of its own is its name with a capital. */
export const fieldWord = (field: string): string => fieldWords[field] ?? field.charAt(0).toUpperCase() + field.slice(1)

/** The fields of an entry in one order, each as it was and as it became; undefined where it was not there. */
export const changesOf = ({ before, after }: AuditEntry) =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].map((field) => ({
    field,
    was: before?.[field] ?? undefined,
    became: after?.[field] ?? undefined,
  }))
