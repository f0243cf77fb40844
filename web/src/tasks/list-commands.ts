/** What the keyboard and the palette can do with the tasks of a list. */
import type { Command } from '../commands.ts'

type Deeds = {
  add: () => unknown
  edit: () => unknown
  select: () => unknown
  nudge: (way: 1 | -1) => unknown
  clear: (() => unknown) | undefined
}

const group = 'Tasks'

export const listCommands = ({ add, edit, select, nudge, clear }: Deeds): Command[] => [
  { id: 'task.create', label: 'Add a task', keys: 'c', icon: 'plus', group, run: add },
  { id: 'task.create.too', label: 'Add a task', keys: 'n', group, unlisted: true, run: add },
  { id: 'task.edit', label: 'Edit the task in place', keys: 'e', icon: 'pencil', group, run: edit },
  { id: 'task.select', label: 'Select the task', keys: 'x', icon: 'check', group, run: select },
  ...(clear ? [{ id: 'task.clear', label: 'Clear the selection', keys: 'Escape', group, unlisted: true, run: clear }] : []),
  // The list hears these keys itself; here the help learns of them.
  { id: 'task.up', label: 'Move the task up', keys: 'Alt Up', group, unlisted: true, run: () => nudge(-1) },
  { id: 'task.down', label: 'Move the task down', keys: 'Alt Down', group, unlisted: true, run: () => nudge(1) },
]
