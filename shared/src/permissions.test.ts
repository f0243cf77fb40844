/** The table of roles and permissions says what the contract says. */
import { describe, expect, it } from 'vitest'
import { grants, permissions, roles, type Permission } from './permissions.ts'

/** Written down a second time from the contract, so that neither changes alone. */
const contract: Record<Permission, string> = {
  'organization:read': 'owner admin member viewer',
  'organization:leave': 'owner admin member viewer',
  'member:read': 'owner admin member viewer',
  'project:read': 'owner admin member viewer',
  'task:read': 'owner admin member viewer',
  'event:read': 'owner admin member viewer',
  'task:write': 'owner admin member',
  'project:write': 'owner admin member',
  'project:delete': 'owner admin',
  'organization:update': 'owner admin',
  'invitation:manage': 'owner admin',
  'member:manage': 'owner admin',
  'audit:read': 'owner admin',
  'organization:delete': 'owner',
  'ownership:transfer': 'owner',
}

describe('the table of permissions', () => {
  it('grants what the contract grants, and nothing else', () => {
    expect(Object.fromEntries(Object.entries(permissions).map(([permission, who]) => [permission, who.join(' ')]))).toEqual(contract)
  })

  it('gives every role at least what the one below it has', () => {
    for (const permission of Object.keys(permissions) as Permission[]) {
      const held = roles.map((role) => grants(role, permission))
      expect(held.indexOf(false) === -1 || !held.slice(held.indexOf(false)).includes(true), permission).toBe(true)
    }
  })

  it('lets an owner do everything', () => {
    for (const permission of Object.keys(permissions) as Permission[]) expect(grants('owner', permission)).toBe(true)
  })
})
