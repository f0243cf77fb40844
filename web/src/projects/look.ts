/** How the list of projects is looked at; kept in the address, so that a link shows the same. */

export type View = 'active' | 'archived' | 'all'
export type Look = { view: View; q: string }

export const views: readonly { view: View; label: string; archived: 'false' | 'true' | 'all' }[] = [
  { view: 'active', label: 'Active', archived: 'false' },
  { view: 'archived', label: 'Archived', archived: 'true' },
  { view: 'all', label: 'All', archived: 'all' },
]

/** Reads the query string of an address; what it does not know counts as active. */
export function lookFrom(search: string): Look {
  const asked = new URLSearchParams(search)
  return { view: views.find(({ view }) => view === asked.get('show'))?.view ?? 'active', q: (asked.get('q') ?? '').slice(0, 100) }
}

/** The query string of a look, with its question mark; empty for the usual one. */
export function searchOf({ view, q }: Look): string {
  const asked = new URLSearchParams()
  if (view !== 'active') asked.set('show', view)
  if (q.trim()) asked.set('q', q.trim())
  return asked.size > 0 ? `?${asked}` : ''
}
