/** An element as it stands in the app: somebody reads, in an organization where they have a role. */
import { ContextProvider } from '@lit/context'
import type { Member } from '@mortise/shared/members'
import type { Organization } from '@mortise/shared/organizations'
import type { Role } from '@mortise/shared/permissions'
import { render, type TemplateResult } from 'lit'
import { organizationContext, personContext } from '../src/contexts.ts'
import type { Person } from '../src/session.ts'

const at = '2026-11-18T08:15:00.000Z'
const idOf = (count: number) => `0193a000-0000-7000-8000-${String(count).padStart(12, '0')}`

export const reader: Person = { id: idOf(1), name: 'Priya Raman', kind: 'guest' }

export const anOrganization = (role: Role, more: Partial<Organization> = {}): Organization => ({
  id: idOf(99),
  name: 'Halden & Roe',
  slug: 'halden-roe',
  role,
  createdAt: at,
  updatedAt: at,
  version: 3,
  ...more,
})

/** The reader and, after them, a person for each role of `others`. */
export const people = (mine: Role, others: Record<string, Role>): Member[] => [
  { userId: reader.id, name: reader.name, role: mine, joinedAt: at, version: 1 },
  ...Object.entries(others).map(([name, role], index) => ({ userId: idOf(index + 2), name, role, joinedAt: at, version: 4 })),
]

/** Shows `template` to the reader with this role; its first element, once it stands. A door brings a `<main>` of its own. */
export async function showAs<Kind extends HTMLElement>(
  role: Role,
  template: TemplateResult,
  { person = reader, isDoor = false } = {},
): Promise<Kind> {
  const place = document.createElement(isDoor ? 'div' : 'main')
  document.body.append(place)
  const knowsWho = new ContextProvider(place, { context: personContext })
  knowsWho.setValue(person)
  const knowsWhere = new ContextProvider(place, { context: organizationContext })
  knowsWhere.setValue(anOrganization(role))
  render(template, place)
  const element = place.firstElementChild as Kind & { updateComplete?: Promise<unknown> }
  await element.updateComplete
  return element
}
