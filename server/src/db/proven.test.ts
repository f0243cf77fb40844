/** What is remembered of entrances, and about whom. */
import { describe, expect, it } from 'vitest'
import { provenEntrances } from './proven.ts'
import type { Entrance } from './scope.ts'

const entrance = (userId: string, ref?: string): Entrance => ({ text: '', values: [], userId, ...(ref === undefined ? {} : { ref }) })

describe('an entrance that was proved', () => {
  it('is known of the person who proved it, by the name that was used, and of nobody else', () => {
    const proven = provenEntrances()
    proven.remember(entrance('member', 'acme'), 'an organization')
    expect(proven.organizationOf(entrance('member', 'acme'))).toBe('an organization')
    for (const other of [entrance('stranger', 'acme'), entrance('member', 'other'), entrance('member'), null])
      expect(proven.organizationOf(other)).toBeUndefined()
  })

  it('is forgotten when it is refused, and leads elsewhere when it does', () => {
    const proven = provenEntrances()
    proven.remember(entrance('member', 'acme'), 'an organization')
    proven.remember(entrance('member', 'acme'), 'another one')
    expect(proven.organizationOf(entrance('member', 'acme'))).toBe('another one')
    proven.forget(entrance('member', 'acme'))
    expect(proven.organizationOf(entrance('member', 'acme'))).toBeUndefined()
  })

  it('is one of 20,000 at most: the longest unused goes first', () => {
    const proven = provenEntrances()
    for (let turn = 0; turn < 20_000; turn++) proven.remember(entrance('member', `project ${turn}`), 'an organization')
    proven.organizationOf(entrance('member', 'project 0'))
    proven.remember(entrance('member', 'one more'), 'an organization')
    const isKnown = ['project 0', 'project 1', 'project 2', 'one more'].map(
      (ref) => proven.organizationOf(entrance('member', ref)) !== undefined,
    )
    expect(isKnown).toEqual([true, false, true, true])
  })
})
