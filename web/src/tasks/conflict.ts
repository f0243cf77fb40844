/** Two people changed one task from the same version: what they disagree about. */
import type { Task, TaskUpdate } from '@mortise/shared/tasks'

export type Edit = Partial<Pick<Task, 'title' | 'description' | 'status' | 'assigneeId' | 'dueOn'>>
export type Field = keyof Edit

export const fields: readonly Field[] = ['title', 'status', 'assigneeId', 'dueOn', 'description']

/** `base` is what the reader started from, `edit` what they want, `theirs` what is saved now; `by` is who saved it, if that was heard. */
export type Conflict = { base: Task; edit: Edit; theirs: Task; by?: string | undefined }

/** The fields that both changed, to something different. Without any, the edit goes in beside the other person's. */
export const disputed = ({ base, edit, theirs }: Conflict): Field[] =>
  fields.filter((field) => field in edit && theirs[field] !== base[field] && theirs[field] !== edit[field])

/** Only what differs from the task. */
export function changesOf(task: Task, wanted: Edit): Edit {
  return Object.fromEntries(
    fields.filter((field) => field in wanted && wanted[field] !== task[field]).map((field) => [field, wanted[field]]),
  )
}

/** Only the values of `task` that `edit` would change: applied later, they take it back. */
export const reverseOf = (task: Task, edit: Edit): Edit =>
  Object.fromEntries(fields.filter((field) => field in edit).map((field) => [field, task[field]]))

/** The input of the server for an edit made from `version`. */
export const updateOf = (id: string, version: number, edit: Edit): TaskUpdate => ({ task: id, version, ...edit })
