/** Organizations: the tenants. */
import {
  organization,
  organizationCreate,
  organizationDelete,
  organizationGet,
  organizationList,
  organizationStats,
  organizationUpdate,
} from '@mortise/shared/organizations'
import { page } from '@mortise/shared/pages'
import { z } from 'zod'
import { orgProcedure, router, userProcedure } from '../trpc.ts'
import * as organizations from './service.ts'
import { stats } from './stats.ts'

export const organizationsRouter = router({
  create: userProcedure(organizationCreate)
    .meta({ rest: 'POST /orgs', status: 201, location: '/orgs/{id}', summary: 'Create an organization; you become its owner' })
    .output(organization)
    .mutation(({ ctx, input }) => organizations.create(ctx.scope, input)),
  list: userProcedure(organizationList)
    .meta({ rest: 'GET /orgs', summary: 'List the organizations that you belong to, by name' })
    .output(page(organization))
    .query(({ ctx }) => organizations.list(ctx.scope, ctx.turn)),
  get: orgProcedure('organization:read', organizationGet)
    .meta({ rest: 'GET /orgs/{org}', summary: 'Get an organization' })
    .output(organization)
    .query(({ ctx }) => organizations.get(ctx.scope)),
  update: orgProcedure('organization:update', organizationUpdate)
    .meta({ rest: 'PUT /orgs/{org}', summary: 'Change an organization' })
    .output(organization)
    .mutation(({ ctx, input }) => organizations.update(ctx.scope, input)),
  delete: orgProcedure('organization:delete', organizationDelete)
    .meta({ rest: 'DELETE /orgs/{org}', status: 204, summary: 'Delete an organization and everything in it' })
    .output(z.null())
    .mutation(({ ctx, input }) => organizations.remove(ctx.scope, ctx.r.bus, input)),
  stats: orgProcedure('organization:read', organizationGet)
    .meta({ rest: 'GET /orgs/{org}/stats', summary: 'What the dashboard shows', cost: 5 })
    .output(organizationStats)
    .query(({ ctx }) => stats(ctx.scope)),
})
