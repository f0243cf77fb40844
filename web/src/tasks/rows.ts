/** What a board lays out: tasks with the group that they are shown in, which may lag behind the truth while somebody points at them. */
import type { Task, TaskStatus } from '@mortise/shared/tasks'

/** `group` is where the row stands, `task.status` where it belongs; `isGone` when the task was deleted and only its row remains. */
export type Row = { id: string; task: Task; group: TaskStatus; isGone: boolean }

/** What must not move: a row, or the line or heading of a group. */
export type Anchor = string

/** Doing comes first: it is now. */
export const groups: readonly TaskStatus[] = ['doing', 'todo', 'done']

export const rowOf = (task: Task): Row => ({ id: task.id, task, group: task.status, isGone: false })

/** Lays out `tasks` in their order. Rows for which `stays` is true keep their group, and their place when their task is gone. */
export function arrange(tasks: readonly Task[], rows: readonly Row[], stays: (row: Row) => boolean = () => false): Row[] {
  const known = new Map(rows.map((row) => [row.id, row]))
  const laid = tasks.map((task) => {
    const row = known.get(task.id)
    return row && stays(row) ? { ...row, task } : rowOf(task)
  })
  const here = new Set(tasks.map(({ id }) => id))
  for (const [at, row] of rows.entries()) {
    if (here.has(row.id) || !stays(row)) continue
    const above = rows.slice(0, at).findLast(({ id }) => laid.some((other) => other.id === id))
    laid.splice(above ? laid.findIndex(({ id }) => id === above.id) + 1 : 0, 0, { ...row, isGone: true })
  }
  return laid
}

/** The rows where they stand, with the latest of their tasks: nothing comes, goes or moves. */
export function refreshed(tasks: readonly Task[], rows: readonly Row[]): Row[] {
  const latest = new Map(tasks.map((task) => [task.id, task]))
  return rows.map((row) => {
    const task = latest.get(row.id)
    return task ? { ...row, task } : { ...row, isGone: true }
  })
}

export const without = <Item extends { id: string }>(list: readonly Item[], id: string): Item[] => list.filter((item) => item.id !== id)

/** Whether everything up to and including `anchor` stands in `after` where it stood in `before`. */
export function stands(before: readonly Row[], after: readonly Row[], anchor: Anchor): boolean {
  const [old, fresh] = [aboveOf(before, anchor), aboveOf(after, anchor)]
  return old === undefined || old === fresh
}

/** How many rows are waiting to come, and how many to move or go, if `tasks` were laid out now. */
export function waiting(tasks: readonly Task[], rows: readonly Row[]): { fresh: number; other: number } {
  const shown = new Set(rows.map(({ id }) => id))
  const fresh = tasks.filter(({ id }) => !shown.has(id)).length
  const strayed = rows.filter((row) => row.isGone || row.group !== row.task.status).length
  const sorted = tasks.filter(({ id }) => shown.has(id)).map(({ id }) => id)
  const standing = rows.filter(({ isGone }) => !isGone).map(({ id }) => id)
  const isShuffled = sorted.join() !== standing.join()
  return { fresh, other: strayed || (isShuffled ? 1 : 0) }
}

export const headAnchor = (group: TaskStatus): Anchor => `head:${group}`
export const lineAnchor = (group: TaskStatus): Anchor => `line:${group}`

/** How many rows stand above; undefined when the anchor is not shown. */
function aboveOf(rows: readonly Row[], anchor: Anchor): number | undefined {
  let above = 0
  for (const group of groups) {
    if (anchor === headAnchor(group)) return above
    for (const row of rows) {
      if (row.group !== group) continue
      if (row.id === anchor) return above
      above += 1
    }
    if (anchor === lineAnchor(group)) return above
  }
  return undefined
}
