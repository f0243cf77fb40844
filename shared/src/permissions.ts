/** Who may do what: the one table of roles and permissions. */

export const roles = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof roles)[number]

const everyone: readonly Role[] = roles
const writers: readonly Role[] = ['owner', 'admin', 'member']
const managers: readonly Role[] = ['owner', 'admin']
const owners: readonly Role[] = ['owner']

/** The database is told the roles of a permission by the door, so this table is written nowhere else. */
export const permissions = {
  'organization:read': everyone,
  'organization:update': managers,
  'organization:delete': owners,
  'organization:leave': everyone,
  'ownership:transfer': owners,
  'member:read': everyone,
  'member:manage': managers,
  'invitation:manage': managers,
  'project:read': everyone,
  'project:write': writers,
  'project:delete': managers,
  'task:read': everyone,
  'task:write': writers,
  'event:read': everyone,
  'audit:read': managers,
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** Whether a role grants a permission. */
export const grants = (who: Role, permission: Permission): boolean => permissions[permission].includes(who)
