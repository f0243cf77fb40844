/** Fetches the entries page by page, so that "Load more" and a reload show the same ones. */
import type { AuditEntry } from '@mortise/shared/audit'
import type { Page } from '@mortise/shared/pages'
import { api } from '../api.ts'
import { beginOf, type Filter } from './filter.ts'

const perPage = 50

/** What the filter asks of the server. Periods are counted from now. */
const asked = (org: string, { period, actor, entity, action }: Filter) => {
  const since = beginOf(period)
  return { org, ...(actor && { actor }), ...(entity && { entity }), ...(action && { action }), ...(since && { since }) }
}

/** The first `pages` pages, newest first; `nextCursor` says whether there are more. */
export async function fetchEntries(org: string, filter: Filter, pages: number, signal: AbortSignal): Promise<Page<AuditEntry>> {
  const input = asked(org, filter)
  const items: AuditEntry[] = []
  let cursor: string | null = null
  for (let page = 0; page < pages; page += 1) {
    const next: Page<AuditEntry> = await api.audit.list.query({ ...input, limit: perPage, ...(cursor !== null && { cursor }) }, { signal })
    items.push(...next.items)
    cursor = next.nextCursor
    if (cursor === null) break
  }
  return { items, nextCursor: cursor }
}

/** The number of the newest entry that fits; 0 when there is none. */
export async function newestEntry(org: string, filter: Filter, signal: AbortSignal): Promise<number> {
  const { items } = await api.audit.list.query({ ...asked(org, filter), limit: 1 }, { signal })
  return items[0]?.seq ?? 0
}
