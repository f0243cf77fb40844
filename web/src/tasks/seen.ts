/** The rows that the reader sees, group by group: worked out once for each picture, because a row asks for its neighbours. */
import type { TaskStatus } from '@mortise/shared/tasks'
import { groups, type Row } from './rows.ts'

export type Seen = Readonly<Record<TaskStatus, readonly Row[]>>

export const nothingSeen: Seen = { doing: [], todo: [], done: [] }

/** `isSeen` is asked once for each row. */
export function seenOf(rows: readonly Row[], isSeen: (row: Row) => boolean): Seen {
  const seen: Record<TaskStatus, Row[]> = { doing: [], todo: [], done: [] }
  for (const row of rows) if (isSeen(row)) seen[row.group].push(row)
  return seen
}

/** The ids from top to bottom. */
export const orderOf = (seen: Seen): string[] => groups.flatMap((group) => seen[group].map(({ id }) => id))
