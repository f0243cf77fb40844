/** The audit trail: who changed what in an organization, when and from where. */
import { z } from 'zod'
import { orgRef } from './organization-ref.ts'
import { pageRequest } from './pages.ts'
import { id, moment } from './text.ts'

export const auditActions = ['created', 'changed', 'deleted'] as const
export type AuditAction = (typeof auditActions)[number]

export const auditEntities = ['organization', 'member', 'invitation', 'project', 'task'] as const
export type AuditEntity = (typeof auditEntities)[number]

/** Fields as they were and as they became: of a change only what changed, and never a secret. */
const fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
export type AuditFields = z.infer<typeof fields>

/**
 * One change. `seq` counts from 1 in each organization without a gap. Names are those of that time. Who changed something
 * directly in the database has no `actorId`; `hash` ties the entry to the one before (docs/decisions/0009-audit-trail.md).
 */
export const auditEntry = z
  .object({
    seq: z.int(),
    at: moment,
    actorId: id.nullable(),
    actorName: z.string().nullable(),
    procedure: z.string().nullable(),
    action: z.enum(auditActions),
    entity: z.enum(auditEntities),
    entityId: id,
    entityName: z.string().nullable(),
    before: fields.nullable(),
    after: fields.nullable(),
    requestId: z.string().nullable(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof auditEntry>

/** `since` is included, `until` is not. */
export const auditList = z.strictObject({
  org: orgRef,
  actor: z.union([z.literal('me'), id]).optional(),
  entity: z.enum(auditEntities).optional(),
  entityId: id.optional(),
  action: z.enum(auditActions).optional(),
  since: moment.optional(),
  until: moment.optional(),
  ...pageRequest,
})
export type AuditList = z.infer<typeof auditList>
