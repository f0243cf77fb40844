/** Tasks inside a project: the worked example of a tenant entity. */
import { z } from 'zod'
import { pageRequest, search } from './pages.ts'
import { day, id, line, moment, prose, version } from './text.ts'

export const taskStatus = z.enum(['todo', 'doing', 'done']).meta({ id: 'TaskStatus' })
export type TaskStatus = z.infer<typeof taskStatus>

export const task = z
  .object({
    id,
    organizationId: id,
    projectId: id,
    title: z.string(),
    description: z.string(),
    status: taskStatus,
    assigneeId: id.nullable(),
    dueOn: day.nullable(),
    completedAt: moment.nullable(),
    createdAt: moment,
    updatedAt: moment,
    version,
  })
  .meta({ id: 'Task' })
export type Task = z.infer<typeof task>

const fields = {
  title: line(200),
  description: prose(10_000),
  status: taskStatus,
  assigneeId: id.nullable(),
  dueOn: day.nullable(),
}

export const taskCreate = z.strictObject({
  project: id,
  title: fields.title,
  description: fields.description.default(''),
  status: fields.status.default('todo'),
  assigneeId: fields.assigneeId.default(null),
  dueOn: fields.dueOn.default(null),
})
export type TaskCreate = z.infer<typeof taskCreate>

/** In board order. `assignee` is a member's id, `me` or `none`. */
export const taskList = z.strictObject({
  project: id,
  status: taskStatus.optional(),
  assignee: z.union([id, z.enum(['me', 'none'])]).optional(),
  q: search,
  ...pageRequest,
})
export type TaskList = z.infer<typeof taskList>

export const taskGet = z.strictObject({ task: id })

export const taskUpdate = z.strictObject({
  task: id,
  title: fields.title.optional(),
  description: fields.description.optional(),
  status: fields.status.optional(),
  assigneeId: fields.assigneeId.optional(),
  dueOn: fields.dueOn.optional(),
  version,
})
export type TaskUpdate = z.infer<typeof taskUpdate>

export const taskDelete = z.strictObject({ task: id, version: version.optional() })
export type TaskDelete = z.infer<typeof taskDelete>

/** Exactly one of `beforeId`, `afterId` (a task of the same project) or `to`. */
export const taskMove = z
  .strictObject({ task: id, beforeId: id.optional(), afterId: id.optional(), to: z.enum(['start', 'end']).optional(), version })
  .refine((move) => [move.beforeId, move.afterId, move.to].filter((place) => place !== undefined).length === 1, {
    message: 'Give exactly one of beforeId, afterId and to',
    path: ['to'],
  })
export type TaskMove = z.infer<typeof taskMove>
