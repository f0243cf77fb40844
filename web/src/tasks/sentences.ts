/** What the reader did, as the sentence of a toast. */
import type { Task } from '@mortise/shared/tasks'
import { statusWord } from '../ui/ui-glyph.ts'
import { dayWords } from '../ui/times.ts'
import type { Edit } from './conflict.ts'
import { shortName, type NameOf } from './deeds.ts'

export const saidOfEdit = (task: Task, edit: Edit, nameOf: NameOf): string => sentence(`“${edit.title ?? task.title}”`, edit, nameOf)

export const saidOfEdits = (count: number, edit: Edit, nameOf: NameOf): string =>
  sentence(count === 1 ? '1 task' : `${count} tasks`, edit, nameOf)

function sentence(thing: string, edit: Edit, nameOf: NameOf): string {
  if (Object.keys(edit).length > 1) return `Saved ${thing}.`
  if (edit.status) return `Moved ${thing} to ${statusWord[edit.status]}.`
  if (edit.title !== undefined) return `Renamed to ${thing}.`
  if (edit.assigneeId) return `Assigned ${thing} to ${shortName(nameOf(edit.assigneeId))}.`
  if (edit.assigneeId === null) return `Unassigned ${thing}.`
  if (edit.dueOn) return `Set the date of ${thing} to ${dayWords(edit.dueOn)}.`
  if (edit.dueOn === null) return `Removed the date of ${thing}.`
  return `Saved the description of ${thing}.`
}
