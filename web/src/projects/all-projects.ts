/** Fetches the projects page by page, so that "Load more" and a live reload show the same ones. */
import type { Page } from '@mortise/shared/pages'
import type { Project } from '@mortise/shared/projects'
import { api } from '../api.ts'
import { views, type View } from './look.ts'

const perPage = 50

type Asked = { org: string; q: string; view: View; pages: number }

/** The first `pages` pages; `nextCursor` says whether there are more. */
export async function fetchProjects({ org, q, view, pages }: Asked, signal: AbortSignal): Promise<Page<Project>> {
  const archived = views.find((each) => each.view === view)?.archived ?? 'false'
  const items: Project[] = []
  let cursor: string | null = null
  for (let page = 0; page < pages; page += 1) {
    const next: Page<Project> = await api.projects.list.query(
      { org, archived, limit: perPage, ...(q && { q }), ...(cursor !== null && { cursor }) },
      { signal },
    )
    items.push(...next.items)
    cursor = next.nextCursor
    if (cursor === null) break
  }
  return { items, nextCursor: cursor }
}
