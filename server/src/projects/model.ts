/** Projects as rows. */
import { TenantRow } from '../db/model.ts'

export class ProjectRow extends TenantRow {
  static override tableName = 'app.projects'
  static override idColumn = ['organizationId', 'id']
  declare id: string
  declare name: string
  declare slug: string
  declare description: string
  declare archivedAt: string | null
  declare openTasks: number
  declare doneTasks: number
  declare version: number
  declare createdAt: string
  declare updatedAt: string
}
