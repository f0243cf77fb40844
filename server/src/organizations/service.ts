/** What can be done with organizations. */
import { randomBytes } from 'node:crypto'
import {
  organization,
  type Organization,
  type OrganizationCreate,
  type OrganizationDelete,
  type OrganizationUpdate,
} from '@mortise/shared/organizations'
import type { Page } from '@mortise/shared/pages'
import { slugFrom } from '@mortise/shared/text'
import { nextVersion } from '../db/model.ts'
import { pageOf } from '../db/pages.ts'
import type { Scope } from '../db/scope.ts'
import { AppError } from '../errors.ts'
import { deletionChannel } from '../events/channels.ts'
import type { Bus } from '../ports/bus.ts'
import type { Turn } from '../tokens/cursor.ts'
import { enteredOrganization, OrganizationRow, withRole } from './model.ts'

/** Four characters that make a taken slug free. */
const tail = () => randomBytes(2).toString('hex')

/** Makes an organization that the caller owns. Errors: SLUG_TAKEN, for a slug that was asked for. */
export async function create(scope: Scope, { name, slug }: OrganizationCreate): Promise<Organization> {
  const made = slugFrom(name, `org-${tail()}`)
  scope.send({
    text: 'select app.create_organization($1, $2, $3)',
    values: [name, slug ?? made, slug === undefined ? `${made}-${tail()}` : null],
  })
  const row = await OrganizationRow.entered(scope).first()
  if (!row) throw new AppError('SLUG_TAKEN', {})
  scope.announce({ type: 'organization.created', entityId: row.id, version: row.version })
  return row
}

/** The caller's organizations, by name. */
export const list = (scope: Scope, turn: Turn): Promise<Page<Organization>> =>
  pageOf(
    OrganizationRow.mine(scope),
    turn,
    [
      ['name', 'asc'],
      ['id', 'asc'],
    ],
    'app.organizations',
  )

/** The entered organization. */
export async function get(scope: Scope): Promise<Organization> {
  const row = await OrganizationRow.entered(scope).first()
  if (!row) throw new AppError('ORG_NOT_FOUND', { ref: '' })
  return row
}

/** Changes the entered organization if nobody else did since `version`. Errors: VERSION_CONFLICT (with the current row), SLUG_TAKEN. */
export async function update(scope: Scope, { org: _org, version, ...edit }: OrganizationUpdate): Promise<Organization> {
  const row = await OrganizationRow.query(scope.tx)
    .where('id', enteredOrganization())
    .where({ version })
    .patch({ ...edit, ...nextVersion() })
    .returning(withRole())
    .first()
  if (!row) throw new AppError('VERSION_CONFLICT', {}, { current: organization.parse(await get(scope)) })
  scope.announce({ type: 'organization.updated', entityId: row.id, version: row.version })
  return row
}

/** Deletes the entered organization with everything in it. Errors: VERSION_CONFLICT. */
export async function remove(scope: Scope, bus: Bus, { version }: OrganizationDelete): Promise<null> {
  const gone = await OrganizationRow.query(scope.tx)
    .where('id', enteredOrganization())
    .modify((query) => void (version === undefined || query.where({ version })))
    .delete()
    .returning('*')
    .first()
  if (!gone) throw new AppError('VERSION_CONFLICT', {}, { current: organization.parse(await get(scope)) })
  scope.afterCommit(() => bus.signal(deletionChannel(gone.id)))
  return null
}
