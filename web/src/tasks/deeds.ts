/** What somebody else did to a task, in a few words behind their name. */
import type { Task } from '@mortise/shared/tasks'
import { statusWord } from '../ui/ui-glyph.ts'

/** The name of a member, as far as it is known. */
export type NameOf = (userId: string | null) => string | undefined

/** Words for the difference: `set the date`; `changed this` for several at once, and when nothing that is shown differs. */
export function deedOf(before: Task, after: Task, nameOf: NameOf): string {
  const deeds: string[] = []
  if (before.title !== after.title) deeds.push('renamed this')
  if (before.status !== after.status) deeds.push(`moved this to ${statusWord[after.status]}`)
  if (before.assigneeId !== after.assigneeId) deeds.push(assignment(after, nameOf))
  if (before.dueOn !== after.dueOn) deeds.push(after.dueOn ? 'set the date' : 'removed the date')
  if (before.description !== after.description) deeds.push('edited the description')
  return deeds.length === 1 ? String(deeds[0]) : 'changed this'
}

/** How a name is said in a sentence about one person: its first word. */
export const shortName = (name: string | undefined): string => name?.split(/\s+/u)[0] ?? 'Somebody'

function assignment({ assigneeId }: Task, nameOf: NameOf): string {
  return assigneeId === null ? 'unassigned this' : `assigned ${shortName(nameOf(assigneeId))}`
}
