/** What happened in an organization: signals that name a thing and its version, never its content. */
import { z } from 'zod'
import { orgRef } from './organization-ref.ts'
import { id, moment } from './text.ts'

export const eventTypes = [
  'organization.created',
  'organization.updated',
  'organization.deleted',
  'member.joined',
  'member.changed',
  'member.left',
  'project.created',
  'project.updated',
  'project.deleted',
  'task.created',
  'task.updated',
  'task.deleted',
  'task.moved',
] as const
export const eventType = z.enum(eventTypes)
export type EventType = z.infer<typeof eventType>

/** One event. The reader fetches what it may see; nothing passes row level security through a stream. */
export const streamEvent = z
  .object({
    type: eventType,
    organizationId: id,
    entityId: id,
    projectId: id.optional(),
    version: z.int(),
    at: moment,
    actorId: id.nullable(),
  })
  .meta({ id: 'StreamEvent' })
export type StreamEvent = z.infer<typeof streamEvent>

/** Event ids count from 1 in each organization without a gap. A stream resumes behind `lastEventId`. */
export const eventStream = z.strictObject({
  org: orgRef,
  lastEventId: z
    .string()
    .regex(/^(0|[1-9]\d{0,15})$/, 'Must be an id of this stream')
    .nullish(),
})
export type EventStream = z.infer<typeof eventStream>
