/** The audit trail of an organization. */
import { auditEntry, auditList } from '@mortise/shared/audit'
import { page } from '@mortise/shared/pages'
import { orgProcedure, router } from '../trpc.ts'
import * as audit from './service.ts'

export const auditRouter = router({
  list: orgProcedure('audit:read', auditList)
    .meta({ rest: 'GET /orgs/{org}/audit', summary: 'List who changed what, newest first' })
    .output(page(auditEntry))
    .query(({ ctx, input }) => audit.list(ctx.scope, ctx.turn, ctx.caller, input)),
})
