/** Invitations as rows. */
import type { Role } from '@mortise/shared/permissions'
import { TenantRow } from '../db/model.ts'

export class InvitationRow extends TenantRow {
  static override tableName = 'app.invitations'
  static override idColumn = ['organizationId', 'id']
  declare id: string
  declare tokenHash: Buffer
  declare role: Role
  declare createdBy: string | null
  declare usedAt: string | null
  declare expiresAt: string
  declare createdAt: string
}
