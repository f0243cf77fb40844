/** Members of an organization and their roles. */
import { member, memberList, memberRemove, memberSetRole } from '@mortise/shared/members'
import { page } from '@mortise/shared/pages'
import { z } from 'zod'
import { orgProcedure, router } from '../trpc.ts'
import * as members from './service.ts'

export const membersRouter = router({
  list: orgProcedure('member:read', memberList)
    .meta({ rest: 'GET /orgs/{org}/members', summary: 'List the members, by name', cost: 2 })
    .output(page(member))
    .query(({ ctx, input }) => members.list(ctx.scope, ctx.turn, input)),
  setRole: orgProcedure('member:manage', memberSetRole)
    .meta({ rest: 'PUT /orgs/{org}/members/{user}', summary: 'Give a member another role' })
    .output(member)
    .mutation(({ ctx, input }) => members.setRole(ctx.scope, ctx, input)),
  remove: orgProcedure('organization:leave', memberRemove)
    .meta({ rest: 'DELETE /orgs/{org}/members/{user}', status: 204, summary: 'Remove a member, or leave' })
    .output(z.null())
    .mutation(({ ctx, input }) => members.remove(ctx.scope, ctx, input)),
})
