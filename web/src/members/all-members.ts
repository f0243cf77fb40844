/** Fetches the members page by page, so that "Show more" and a live reload show the same people. */
import type { Member } from '@mortise/shared/members'
import type { Page } from '@mortise/shared/pages'
import { api } from '../api.ts'

const perPage = 100

/** The first `pages` pages of the members whose name contains `q`; `nextCursor` says whether there are more. */
export async function fetchMembers(org: string, q: string, pages: number, signal: AbortSignal): Promise<Page<Member>> {
  const items: Member[] = []
  let cursor: string | null = null
  for (let page = 0; page < pages; page++) {
    const next: Page<Member> = await api.members.list.query(
      { org, limit: perPage, ...(q && { q }), ...(cursor !== null && { cursor }) },
      { signal },
    )
    items.push(...next.items)
    cursor = next.nextCursor
    if (cursor === null) break
  }
  return { items, nextCursor: cursor }
}
