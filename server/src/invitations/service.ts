/** What can be done with invitations. The token is never stored, only its hash. */
import { createHash, randomBytes } from 'node:crypto'
import type { Invitation, InvitationAccept, InvitationCreate, InvitationMade, InvitationRevoke } from '@mortise/shared/invitations'
import type { Organization } from '@mortise/shared/organizations'
import type { Page } from '@mortise/shared/pages'
import { raw } from 'objection'
import type { SignedInContext } from '../context.ts'
import { pageOf } from '../db/pages.ts'
import type { Scope } from '../db/scope.ts'
import { AppError } from '../errors.ts'
import { organizationChannel } from '../events/channels.ts'
import { OrganizationRow } from '../organizations/model.ts'
import type { Bus } from '../ports/bus.ts'
import type { Turn } from '../tokens/cursor.ts'
import { InvitationRow } from './model.ts'

const hashOf = (token: string) => createHash('sha256').update(token).digest()

/** Makes a link for one person. Only an owner invites an owner (FORBIDDEN). */
export async function create(
  scope: Scope,
  { r, caller }: SignedInContext,
  { role, expiresInHours }: InvitationCreate,
): Promise<InvitationMade> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = raw('now() + make_interval(hours => ?)', [expiresInHours])
  // both travel in one packet; the insertion is undone where the role does not suffice
  const [organization, row] = await Promise.all([
    OrganizationRow.entered(scope).first(),
    InvitationRow.of(scope)
      .insert({ tokenHash: hashOf(token), role, createdBy: caller.userId, expiresAt })
      .returning('*')
      .first(),
  ])
  if (role === 'owner' && organization?.role !== 'owner') throw new AppError('FORBIDDEN', {})
  if (!row) throw new AppError('INTERNAL', {})
  // behind the hash sign, so that the token reaches no server log
  return { id: row.id, token, url: new URL(`/invite#${token}`, r.config.publicUrl).href, role, expiresAt: row.expiresAt }
}

/** The invitations that can still be accepted, newest first. */
export const list = (scope: Scope, turn: Turn): Promise<Page<Invitation>> =>
  pageOf(InvitationRow.of(scope).whereNull('usedAt').where('expiresAt', '>', raw('now()')), turn, [['id', 'desc']])

/** Makes a link worthless. Errors: INVITATION_NOT_FOUND, also for one that has been used. */
export async function revoke(scope: Scope, { invitation }: InvitationRevoke): Promise<null> {
  const revoked = await InvitationRow.of(scope).where({ id: invitation }).whereNull('usedAt').delete()
  if (revoked === 0) throw new AppError('INVITATION_NOT_FOUND', {})
  return null
}

/** Joins the organization of a token. A member already keeps the role. Errors: INVITATION_NOT_FOUND, INVITATION_USED. */
export async function accept(scope: Scope, bus: Bus, { token }: InvitationAccept): Promise<Organization> {
  scope.send({ text: 'select app.accept_invitation($1)', values: [hashOf(token)] })
  const row = await OrganizationRow.entered(scope).first()
  if (!row) throw new AppError('INVITATION_NOT_FOUND', {})
  scope.afterCommit(() => bus.signal(organizationChannel(row.id)))
  return row
}
