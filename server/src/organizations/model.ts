/** Organizations as rows, always with the role that the caller holds. */
import type { Role } from '@mortise/shared/permissions'
import { raw, type QueryBuilder } from 'objection'
import { Row } from '../db/model.ts'
import type { Scope } from '../db/scope.ts'

export class OrganizationRow extends Row {
  static override tableName = 'app.organizations'
  declare id: string
  declare name: string
  declare slug: string
  declare version: number
  declare createdAt: string
  declare updatedAt: string
  declare role: Role

  /** The organizations that the caller belongs to. */
  static mine(scope: Scope): QueryBuilder<OrganizationRow> {
    return this.query(scope.tx)
      .join('app.memberships as m', 'm.organizationId', 'app.organizations.id')
      .where('m.userId', raw('(select app.current_account())'))
      .select('app.organizations.*', 'm.role')
  }

  /** The one that was entered. */
  static entered(scope: Scope): QueryBuilder<OrganizationRow> {
    return this.mine(scope).where('app.organizations.id', enteredOrganization())
  }
}

export const enteredOrganization = () => raw('(select app.entered_organization())')

/** For RETURNING: the row with the caller's role, without a second question. */
export const withRole = () => [
  '*',
  raw('(select m.role from app.memberships m where m.organization_id = organizations.id and m.user_id = app.current_account()) as role'),
]
