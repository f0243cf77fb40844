/** What can be done with members. */
import { member, type Member, type MemberList, type MemberRemove, type MemberSetRole } from '@mortise/shared/members'
import type { Page } from '@mortise/shared/pages'
import { grants, type Role } from '@mortise/shared/permissions'
import type { SignedInContext } from '../context.ts'
import type { Caller } from '../db/entrances.ts'
import { contains, pageOf } from '../db/pages.ts'
import type { Scope } from '../db/scope.ts'
import { AppError } from '../errors.ts'
import { userChannel } from '../events/channels.ts'
import type { Turn } from '../tokens/cursor.ts'
import { MembershipRow } from './model.ts'

const wire = ['app.memberships.*', 'u.name', 'app.memberships.createdAt as joinedAt'] as const

/** The members, by name; `q` looks into names. */
export const list = (scope: Scope, turn: Turn, { q }: MemberList): Promise<Page<Member>> => {
  const query = MembershipRow.of(scope)
    .join('app.users as u', 'u.id', 'app.memberships.userId')
    .select(...wire)
  if (q !== undefined) void query.where(contains('u.name', q))
  return pageOf(query, turn, [
    ['name', 'asc'],
    ['userId', 'asc'],
  ])
}

/**
 * Gives a member another role. An admin neither touches nor makes an owner (FORBIDDEN); the last owner stays one (LAST_OWNER).
 * Further errors: MEMBER_NOT_FOUND, VERSION_CONFLICT (with the current member).
 */
export async function setRole(scope: Scope, asking: SignedInContext, { user, role, version }: MemberSetRole): Promise<Member> {
  const { me, target, owners } = await standing(scope, asking.caller, user)
  if (!grants(me.role, 'member:manage')) throw new AppError('FORBIDDEN', {}) // it was granted at the door, and may be gone by now
  if (me.role !== 'owner' && (role === 'owner' || target.role === 'owner')) throw new AppError('FORBIDDEN', {})
  if (target.version !== version) throw new AppError('VERSION_CONFLICT', {}, { current: member.parse(target) })
  if (target.role === 'owner' && role !== 'owner' && owners === 1) throw new AppError('LAST_OWNER', {})
  const changed = { ...target, role, version: version + 1 }
  scope.send({
    text: `update app.memberships set role = $1, version = version + 1, updated_at = now()
           where organization_id = (select app.current_organization()) and user_id = $2`,
    values: [role, user],
  })
  scope.announce({ type: 'member.changed', entityId: user, version: changed.version })
  scope.afterCommit(() => asking.r.bus.signal(userChannel(user)))
  return changed
}

/** Removes a member, or lets the caller leave. Errors: MEMBER_NOT_FOUND, FORBIDDEN, LAST_OWNER, VERSION_CONFLICT. */
export async function remove(scope: Scope, asking: SignedInContext, { user, version }: MemberRemove): Promise<null> {
  const { me, target, owners } = await standing(scope, asking.caller, user)
  const leaves = user === me.userId
  if (!leaves && !grants(me.role, 'member:manage')) throw new AppError('FORBIDDEN', {})
  if (!leaves && me.role !== 'owner' && target.role === 'owner') throw new AppError('FORBIDDEN', {})
  if (version !== undefined && target.version !== version) throw new AppError('VERSION_CONFLICT', {}, { current: member.parse(target) })
  if (target.role === 'owner' && owners === 1) throw new AppError('LAST_OWNER', {})
  scope.send({
    text: `delete from app.memberships where organization_id = (select app.current_organization()) and user_id = $1`,
    values: [user],
  })
  scope.announce({ type: 'member.left', entityId: user, version: target.version })
  scope.afterCommit(() => asking.r.bus.signal(userChannel(user)))
  return null
}

type Standing = { me: Member & { role: Role }; target: Member; owners: number }

/** Caller, target and owners, locked, so that two owners who demote each other at once cannot both succeed. */
async function standing(scope: Scope, caller: Caller, user: string): Promise<Standing> {
  const rows: Member[] = await MembershipRow.of(scope)
    .join('app.users as u', 'u.id', 'app.memberships.userId')
    .select(...wire)
    .where((query) => query.whereIn('app.memberships.userId', [caller.userId, user]).orWhere('app.memberships.role', 'owner'))
    .orderBy('app.memberships.userId') // everybody locks in the same order
    .forUpdate(...(['memberships'] as unknown as [])) // the names beside are read, not locked; Objection's types know no list
  const me = rows.find((row) => row.userId === caller.userId)
  const target = rows.find((row) => row.userId === user)
  if (!me || !target) throw new AppError('MEMBER_NOT_FOUND', { ref: user })
  return { me, target, owners: rows.filter((row) => row.role === 'owner').length }
}
