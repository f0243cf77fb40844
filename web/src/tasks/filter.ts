/** Which tasks of a board are looked at; kept in the address, so that a link shows the same. */
import type { Task, TaskList, TaskStatus } from '@mortise/shared/tasks'

/** Empty means any. `assignee` is a member's id, `me` or `none`. */
export type Filter = { q: string; status: TaskStatus | ''; assignee: string }

export const noFilter: Filter = { q: '', status: '', assignee: '' }

export const isFiltering = ({ q, status, assignee }: Filter): boolean => q.trim() !== '' || status !== '' || assignee !== ''

/** Tells whether a task is looked at; `me` is the reader's id. Says the same as the server's list. */
export function matcher(filter: Filter, me: string | undefined): (task: Task) => boolean {
  if (!isFiltering(filter)) return () => true
  const words = filter.q.trim().toLocaleLowerCase()
  const assignee = filter.assignee === 'me' ? me : filter.assignee === 'none' ? null : filter.assignee
  return (task) =>
    (!filter.status || task.status === filter.status) &&
    (!filter.assignee || task.assigneeId === assignee) &&
    task.title.toLocaleLowerCase().includes(words)
}

/** Reads the query string of an address; what it does not know counts as any. */
export function filterFrom(search: string): Filter {
  const asked = new URLSearchParams(search)
  const status = asked.get('status') ?? ''
  return { q: (asked.get('q') ?? '').slice(0, 100), status: isStatus(status) ? status : '', assignee: asked.get('assignee') ?? '' }
}

/** The query string of a filter, with its question mark; empty for none. */
export function searchOf(filter: Filter): string {
  const asked = new URLSearchParams(Object.entries(filter).filter(([, value]) => value.trim() !== ''))
  return asked.size > 0 ? `?${asked}` : ''
}

/** The same filter for the server. */
export const askedOf = ({ q, status, assignee }: Filter): Pick<TaskList, 'q' | 'status' | 'assignee'> => ({
  ...(q.trim() ? { q: q.trim() } : {}),
  ...(status ? { status } : {}),
  ...(assignee ? { assignee } : {}),
})

const isStatus = (text: string): text is TaskStatus => ['todo', 'doing', 'done'].includes(text)
