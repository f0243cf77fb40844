/** When a task is due, in words, and whether that is past. */
import type { Task } from '@mortise/shared/tasks'
import { dayOf, dayWords, today } from '../ui/times.ts'

const dayMs = 86_400_000

/** Open and due before today. */
export const isLate = ({ status, dueOn }: Pick<Task, 'status' | 'dueOn'>, day = today()): boolean =>
  status !== 'done' && dueOn !== null && dueOn < day

/** `Fri 27 Nov`; `No date`. */
export const dueWords = (dueOn: string | null): string => (dueOn ? dayWords(dueOn) : 'No date')

/** `late 3 days`, for a day that is past. */
export function lateWords(dueOn: string, day = today()): string {
  const days = Math.round((dayOf(day).getTime() - dayOf(dueOn).getTime()) / dayMs)
  return `late ${days} ${days === 1 ? 'day' : 'days'}`
}
