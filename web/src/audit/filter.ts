/** Which entries of the trail to look at; kept in the address, so that a link shows the same. */
import type { AuditAction, AuditEntity } from '@mortise/shared/audit'

export type Period = 'today' | '7' | '30'
/** Empty means any. `actor` is `me` or the id of a person. */
export type Filter = { actor: string; entity: AuditEntity | ''; action: AuditAction | ''; period: Period | '' }

export const everything: Filter = { actor: '', entity: '', action: '', period: '' }

// written out, because the schemas would bring their whole library along; a word that is missing does not compile
const entities = Object.keys({ organization: 0, member: 0, invitation: 0, project: 0, task: 0 } satisfies Record<
  AuditEntity,
  0
>) as AuditEntity[]
const actions = Object.keys({ created: 0, changed: 0, deleted: 0 } satisfies Record<AuditAction, 0>) as AuditAction[]
const periods: readonly Period[] = ['today', '7', '30']
const one = <Word extends string>(words: readonly Word[], word: string | null): Word | '' => words.find((known) => known === word) ?? ''

/** Reads the query string of an address; what it does not know counts as any. */
export function filterFrom(search: string): Filter {
  const asked = new URLSearchParams(search)
  const actor = asked.get('actor') ?? ''
  return {
    actor: actor === 'me' || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(actor) ? actor : '',
    entity: one(entities, asked.get('entity')),
    action: one(actions, asked.get('action')),
    period: one(periods, asked.get('period')),
  }
}

/** The query string of a filter, with its question mark; empty where nothing is left out. */
export function searchOf(filter: Filter): string {
  const asked = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
  return asked.size > 0 ? `?${asked}` : ''
}

export const isFiltering = (filter: Filter): boolean => Object.values(filter).some((value) => value !== '')

/** When a period begins: a day begins at the reader's midnight. */
export function beginOf(period: Period | '', now = new Date()): string | undefined {
  if (period === '') return undefined
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  return (period === 'today' ? midnight : new Date(now.getTime() - Number(period) * 86_400_000)).toISOString()
}
