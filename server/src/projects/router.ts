/** Projects inside an organization. */
import { page } from '@mortise/shared/pages'
import { project, projectCreate, projectDelete, projectGet, projectList, projectUpdate } from '@mortise/shared/projects'
import { z } from 'zod'
import { orgProcedure, projectProcedure, router } from '../trpc.ts'
import * as projects from './service.ts'

export const projectsRouter = router({
  create: orgProcedure('project:write', projectCreate)
    .meta({ rest: 'POST /orgs/{org}/projects', status: 201, location: '/projects/{id}', summary: 'Create a project' })
    .output(project)
    .mutation(({ ctx, input }) => projects.create(ctx.scope, input)),
  list: orgProcedure('project:read', projectList)
    .meta({ rest: 'GET /orgs/{org}/projects', summary: 'List the projects, newest first' })
    .output(page(project))
    .query(({ ctx, input }) => projects.list(ctx.scope, ctx.turn, input)),
  get: projectProcedure('project:read', projectGet)
    .meta({ rest: 'GET /projects/{project}', summary: 'Get a project' })
    .output(project)
    .query(({ ctx, input }) => projects.get(ctx.scope, input.project)),
  update: projectProcedure('project:write', projectUpdate)
    .meta({ rest: 'PUT /projects/{project}', summary: 'Change, archive or restore a project' })
    .output(project)
    .mutation(({ ctx, input }) => projects.update(ctx.scope, input)),
  delete: projectProcedure('project:delete', projectDelete)
    .meta({ rest: 'DELETE /projects/{project}', status: 204, summary: 'Delete a project with its tasks' })
    .output(z.null())
    .mutation(({ ctx, input }) => projects.remove(ctx.scope, input)),
})
