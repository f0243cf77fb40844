/** Events as rows, numbered from 1 in each organization. */
import type { EventType } from '@mortise/shared/events'
import { TenantRow } from '../db/model.ts'

export class EventRow extends TenantRow {
  static override tableName = 'app.events'
  static override idColumn = ['organizationId', 'seq']
  declare seq: number
  declare type: EventType
  declare entityId: string
  declare projectId: string | null
  declare version: number
  declare actorId: string | null
  declare at: string
}
