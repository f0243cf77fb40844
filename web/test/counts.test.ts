/** How many people, links and projects there are, in sentences. */
import type { Invitation } from '@mortise/shared/invitations'
import type { Member } from '@mortise/shared/members'
import type { OrganizationStats } from '@mortise/shared/organizations'
import { describe, expect, it } from 'vitest'
import { headcount } from '../src/members/headcount.ts'
import { goneWithIt, held } from '../src/settings/what-goes.ts'

const people = (count: number, nextCursor: string | null = null) => ({ items: Array.from<Member>({ length: count }), nextCursor })
const links = (count: number) => ({ items: Array.from<Invitation>({ length: count }), nextCursor: null })

describe('the headcount', () => {
  it('counts people and, where there are any, open links', () => {
    expect(headcount(people(8), links(3), '')).toBe('8 people and 3 open invitations.')
    expect(headcount(people(1), links(1), '')).toBe('1 person and 1 open invitation.')
    expect(headcount(people(8), links(0), '')).toBe('8 people.')
    expect(headcount(people(8), undefined, '')).toBe('8 people.')
  })

  it('says what a search found, and does not pretend to know more than one page', () => {
    expect(headcount(people(2), links(3), 'ines')).toBe('2 people found.')
    expect(headcount(people(100, 'next'), undefined, '')).toBe('More than 100 people.')
  })

  it('keeps its place before anything is known', () => {
    expect(headcount(undefined, undefined, '')).toBe('\u00a0')
  })
})

describe('what goes with an organization', () => {
  const stats = (projects: number, openTasks: number, members: number) => ({ projects, openTasks, members }) as OrganizationStats

  it('is counted and named', () => {
    expect(held(stats(3, 12, 1))).toBe('3 projects and 1 membership')
    expect(held(stats(0, 0, 5))).toBe('5 memberships')
    expect(goneWithIt(stats(3, 12, 5))).toEqual(['3 projects with all tasks, 12 of them open', '5 memberships and every open invitation'])
    expect(goneWithIt(stats(1, 0, 1))).toEqual(['1 project with all tasks', '1 membership and every open invitation'])
    expect(goneWithIt(stats(0, 0, 1))).toEqual(['1 membership and every open invitation'])
  })

  it('is all of it while the figures are not known', () => {
    expect(held(undefined)).toBe('With everything in it')
    expect(goneWithIt(undefined)).toHaveLength(2)
  })
})
