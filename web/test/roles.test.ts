/** Who is offered to change whom: the same rules as the server's, said from the side of the one who looks. */
import { roles, type Role } from '@mortise/shared/permissions'
import { describe, expect, it } from 'vitest'
import { mayRemove, roleDuties, roleWords, rolesToGive } from '../src/members/roles.ts'

describe('the roles that may be given', () => {
  it.each(roles)('are all of them for an owner who looks at an owner, admin, member or viewer (%s)', (theirs) => {
    expect(rolesToGive('owner', theirs)).toEqual(roles)
  })

  it('stop below owner for an admin, who does not touch an owner at all', () => {
    expect(rolesToGive('admin', 'viewer')).toEqual(['admin', 'member', 'viewer'])
    expect(rolesToGive('admin', 'admin')).toEqual(['admin', 'member', 'viewer'])
    expect(rolesToGive('admin', 'owner')).toEqual([])
  })

  it.each(['member', 'viewer'] satisfies Role[])('are none for a %s', (mine) => {
    for (const theirs of roles) expect(rolesToGive(mine, theirs)).toEqual([])
    expect(mayRemove(mine, 'viewer')).toBe(false)
  })

  it('decide who may be removed too', () => {
    expect(mayRemove('admin', 'owner')).toBe(false)
    expect(mayRemove('admin', 'admin')).toBe(true)
    expect(mayRemove('owner', 'owner')).toBe(true)
  })

  it('have words, each its own', () => {
    expect(new Set(Object.values(roleWords)).size).toBe(roles.length)
    expect(new Set(Object.values(roleDuties)).size).toBe(roles.length)
  })
})
