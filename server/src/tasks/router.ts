/** Tasks inside a project: the worked example of a tenant entity. */
import { page } from '@mortise/shared/pages'
import { task, taskCreate, taskDelete, taskGet, taskList, taskMove, taskUpdate } from '@mortise/shared/tasks'
import { z } from 'zod'
import { projectProcedure, router, taskProcedure } from '../trpc.ts'
import * as tasks from './service.ts'

export const tasksRouter = router({
  create: projectProcedure('task:write', taskCreate)
    .meta({
      rest: 'POST /projects/{project}/tasks',
      status: 201,
      location: '/tasks/{id}',
      summary: 'Create a task at the end of the project',
    })
    .output(task)
    .mutation(({ ctx, input }) => tasks.create(ctx.scope, input)),
  list: projectProcedure('task:read', taskList)
    .meta({ rest: 'GET /projects/{project}/tasks', summary: 'List the tasks, in board order', cost: 2 })
    .output(page(task))
    .query(({ ctx, input }) => tasks.list(ctx.scope, ctx.turn, input)),
  get: taskProcedure('task:read', taskGet)
    .meta({ rest: 'GET /tasks/{task}', summary: 'Get a task' })
    .output(task)
    .query(({ ctx, input }) => tasks.get(ctx.scope, input.task)),
  update: taskProcedure('task:write', taskUpdate)
    .meta({ rest: 'PUT /tasks/{task}', summary: 'Change, complete or assign a task' })
    .output(task)
    .mutation(({ ctx, input }) => tasks.update(ctx.scope, input)),
  move: taskProcedure('task:write', taskMove)
    .meta({ rest: 'POST /tasks/{task}/move', summary: 'Put a task in another place of its project' })
    .output(task)
    .mutation(({ ctx, input }) => tasks.move(ctx.scope, input)),
  delete: taskProcedure('task:write', taskDelete)
    .meta({ rest: 'DELETE /tasks/{task}', status: 204, summary: 'Delete a task' })
    .output(z.null())
    .mutation(({ ctx, input }) => tasks.remove(ctx.scope, input)),
})
