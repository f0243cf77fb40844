/** What can be done with tasks. */
import type { Page } from '@mortise/shared/pages'
import {
  task,
  type Task,
  type TaskCreate,
  type TaskDelete,
  type TaskList,
  type TaskMove,
  type TaskStatus,
  type TaskUpdate,
} from '@mortise/shared/tasks'
import { raw } from 'objection'
import { nextVersion } from '../db/model.ts'
import { contains, pageOf } from '../db/pages.ts'
import type { Scope } from '../db/scope.ts'
import { AppError } from '../errors.ts'
import type { Turn } from '../tokens/cursor.ts'
import { TaskRow } from './model.ts'

/** Creates a task at the end of its project. Errors: VALIDATION_FAILED for an assignee who is no member. */
export async function create(scope: Scope, { project: projectId, ...fields }: TaskCreate): Promise<Task> {
  const row = await TaskRow.of(scope)
    .insert({ ...fields, projectId, completedAt: fields.status === 'done' ? now() : null, position: behindAll(projectId) })
    .returning('*')
    .first()
  if (!row) throw new AppError('INTERNAL', {})
  announce(scope, 'task.created', row)
  return row
}

/** The tasks of a project in board order; `q` looks into titles. */
export const list = (scope: Scope, turn: Turn, { project: projectId, status, assignee, q }: TaskList): Promise<Page<Task>> => {
  const query = TaskRow.of(scope).where({ projectId })
  if (status !== undefined) void query.where({ status })
  if (assignee === 'none') void query.whereNull('assigneeId')
  else if (assignee !== undefined) void query.where('assigneeId', assignee === 'me' ? raw('(select app.current_account())') : assignee)
  if (q !== undefined) void query.where(contains('title', q))
  return pageOf(query, turn, [
    ['position', 'asc'],
    ['id', 'asc'],
  ])
}

/** One task. Errors: TASK_NOT_FOUND. */
export async function get(scope: Scope, id: string): Promise<Task> {
  const row = await TaskRow.of(scope).where({ id }).first()
  if (!row) throw new AppError('TASK_NOT_FOUND', { ref: id })
  return row
}

/** Changes a task if nobody else did since `version`. Errors: VERSION_CONFLICT (with the current row), VALIDATION_FAILED for the assignee. */
export async function update(scope: Scope, { task: id, version, ...edit }: TaskUpdate): Promise<Task> {
  const row = await TaskRow.of(scope)
    .where({ id, version })
    .patch({ ...edit, ...(edit.status === undefined ? {} : { completedAt: completion(edit.status) }), ...nextVersion() })
    .returning('*')
    .first()
  if (!row) throw new AppError('VERSION_CONFLICT', {}, { current: task.parse(await get(scope, id)) })
  announce(scope, 'task.updated', row)
  return row
}

/** Puts a task before or after another one of its project, or at an end. Errors: TASK_NOT_FOUND for the neighbour, VERSION_CONFLICT. */
export async function move(scope: Scope, { task: id, beforeId, afterId, to, version }: TaskMove): Promise<Task> {
  const row = await TaskRow.query(scope.tx)
    .from(raw('app.move_task(?, ?, ?, ?, ?) as tasks', [id, beforeId ?? null, afterId ?? null, to ?? null, version]))
    .first()
  if (!row) throw new AppError('VERSION_CONFLICT', {}, { current: task.parse(await get(scope, id)) })
  announce(scope, 'task.moved', row)
  return row
}

/** Deletes a task. Errors: VERSION_CONFLICT (with the current row). */
export async function remove(scope: Scope, { task: id, version }: TaskDelete): Promise<null> {
  const gone = await TaskRow.of(scope)
    .where(version === undefined ? { id } : { id, version })
    .delete()
    .returning('*')
    .first()
  if (!gone) throw new AppError('VERSION_CONFLICT', {}, { current: task.parse(await get(scope, id)) })
  announce(scope, 'task.deleted', gone)
  return null
}

const announce = (scope: Scope, type: 'task.created' | 'task.updated' | 'task.moved' | 'task.deleted', row: TaskRow) =>
  scope.announce({ type, entityId: row.id, projectId: row.projectId, version: row.version })

const now = () => raw('now()')

/** Completing twice keeps the first time. */
const completion = (status: TaskStatus) => (status === 'done' ? raw('coalesce(completed_at, now())') : null)

/** Places are 2^20 apart, so that twenty moves fit into one gap before it has to be widened. */
const behindAll = (projectId: string) =>
  raw(
    `(select coalesce(max(position), 0) + 1048576 from app.tasks where organization_id = (select app.current_organization()) and project_id = ?)`,
    [projectId],
  )
