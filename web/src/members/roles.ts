/** Roles in words, and who may change whom. The server decides; this keeps from offering what it would refuse. */
import { grants, roles, type Role } from '@mortise/shared/permissions'

export const roleWords: Record<Role, string> = { owner: 'Owner', admin: 'Admin', member: 'Member', viewer: 'Viewer' }

/** With its article, for a sentence. */
export const aRole: Record<Role, string> = { owner: 'an owner', admin: 'an admin', member: 'a member', viewer: 'a viewer' }

/** What a role is for, below its name. */
export const roleDuties: Record<Role, string> = {
  owner: 'Also deletes the organization and makes owners',
  admin: 'Also manages members, projects and settings',
  member: 'Adds and edits tasks in every project',
  viewer: 'Sees every project and changes nothing',
}

/** The roles that somebody with the role `mine` may give a person who has `theirs`; empty when that person may not be touched. */
export function rolesToGive(mine: Role, theirs: Role): readonly Role[] {
  if (!grants(mine, 'member:manage')) return []
  if (grants(mine, 'ownership:transfer')) return roles
  return theirs === 'owner' ? [] : roles.filter((role) => role !== 'owner')
}

/** Whether somebody with the role `mine` may remove a person who has `theirs`. Anybody may leave; that is another matter. */
export const mayRemove = (mine: Role, theirs: Role): boolean => rolesToGive(mine, theirs).length > 0
