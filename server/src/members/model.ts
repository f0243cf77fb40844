/** Memberships as rows. */
import type { Role } from '@mortise/shared/permissions'
import { TenantRow } from '../db/model.ts'

export class MembershipRow extends TenantRow {
  static override tableName = 'app.memberships'
  static override idColumn = ['organizationId', 'userId']
  declare userId: string
  declare role: Role
  declare version: number
  declare createdAt: string
  declare name: string
  declare joinedAt: string
}
