/** The reader's own changes, as functions over the tasks of a board and over its rows. */
import type { Task } from '@mortise/shared/tasks'
import type { Edit } from './conflict.ts'
import { moved, type Place } from './order.ts'
import { rowOf, without, type Row } from './rows.ts'

export type Change = { tasks: (tasks: Task[]) => Task[]; rows: (rows: Row[]) => Row[] }

/** A new task, at the end of the board. */
export const append = (task: Task): Change => ({
  tasks: (tasks) => [...without(tasks, task.id), task],
  rows: (rows) => [...without(rows, task.id), rowOf(task)],
})

/** A task as the server has it now, if it is here; an answer that is older than what is known changes nothing. */
export const put = (task: Task): Change => ({
  tasks: (tasks) => tasks.map((other) => (other.id === task.id && other.version <= task.version ? task : other)),
  rows: (rows) => rows.map((row) => (row.id === task.id && row.task.version <= task.version ? rowOf(task) : row)),
})

/** A task with other values, before the server has agreed. */
export const amend = (id: string, edit: Edit): Change => ({
  tasks: (tasks) => tasks.map((task) => (task.id === id ? { ...task, ...edit } : task)),
  rows: (rows) => rows.map((row) => (row.id === id ? rowOf({ ...row.task, ...edit }) : row)),
})

/** A task in another place. */
export const shift = (id: string, place: Place): Change => ({
  tasks: (tasks) => moved(tasks, id, place),
  rows: (rows) => moved(rows, id, place),
})

/** A task less. */
export const drop = (id: string): Change => ({ tasks: (tasks) => without(tasks, id), rows: (rows) => without(rows, id) })

/** Several changes as one. */
export const all = (changes: readonly Change[]): Change => ({
  tasks: (tasks) => changes.reduce((some, change) => change.tasks(some), tasks),
  rows: (rows) => changes.reduce((some, change) => change.rows(some), rows),
})
