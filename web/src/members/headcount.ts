/** How many people and open links there are, in one sentence. */
import type { Invitation } from '@mortise/shared/invitations'
import type { Member } from '@mortise/shared/members'
import type { Page } from '@mortise/shared/pages'

/** `8 people and 3 open invitations.` Empty while nothing is known; a search is said to be one. */
export function headcount(members: Page<Member> | undefined, invitations: Page<Invitation> | undefined, q: string): string {
  if (!members) return '\u00a0' // keeps the line's place
  const people = counted(members, 'person', 'people')
  if (q !== '') return `${people} found.`
  return invitations && invitations.items.length > 0
    ? `${people} and ${counted(invitations, 'open invitation', 'open invitations')}.`
    : `${people}.`
}

function counted({ items, nextCursor }: Page<unknown>, one: string, many: string): string {
  const count = items.length
  return `${nextCursor === null ? '' : 'More than '}${count.toLocaleString()} ${count === 1 ? one : many}`
}
