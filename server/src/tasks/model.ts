/** Tasks as rows. */
import type { TaskStatus } from '@mortise/shared/tasks'
import { TenantRow } from '../db/model.ts'

export class TaskRow extends TenantRow {
  static override tableName = 'app.tasks'
  static override idColumn = ['organizationId', 'id']
  declare id: string
  declare projectId: string
  declare title: string
  declare description: string
  declare status: TaskStatus
  declare assigneeId: string | null
  declare dueOn: string | null
  declare completedAt: string | null
  declare position: number
  declare version: number
  declare createdAt: string
  declare updatedAt: string
}
