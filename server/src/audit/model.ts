/** Entries of the audit trail as rows, which only the database writes. */
import type { AuditAction, AuditEntity, AuditFields } from '@mortise/shared/audit'
import { TenantRow } from '../db/model.ts'

export class AuditEntryRow extends TenantRow {
  static override tableName = 'app.audit_entries'
  static override idColumn = ['organizationId', 'seq']
  declare seq: number
  declare at: string
  declare actorId: string | null
  declare actorName: string | null
  declare requestId: string | null
  declare address: string | null
  declare userAgent: string | null
  declare procedure: string | null
  declare action: AuditAction
  declare entity: AuditEntity
  declare entityId: string
  declare entityName: string | null
  /** By name of the column. */
  declare before: AuditFields | null
  declare after: AuditFields | null
  declare hash: Buffer
}
