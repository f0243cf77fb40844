/** Invitations by link. */
import {
  invitation,
  invitationAccept,
  invitationCreate,
  invitationList,
  invitationMade,
  invitationRevoke,
} from '@mortise/shared/invitations'
import { organization } from '@mortise/shared/organizations'
import { page } from '@mortise/shared/pages'
import { z } from 'zod'
import { orgProcedure, router, userProcedure } from '../trpc.ts'
import * as invitations from './service.ts'

export const invitationsRouter = router({
  create: orgProcedure('invitation:manage', invitationCreate)
    .meta({
      rest: 'POST /orgs/{org}/invitations',
      status: 201,
      summary: 'Make a single-use link; its token is shown this once',
      budget: 'invitations',
    })
    .output(invitationMade)
    .mutation(({ ctx, input }) => invitations.create(ctx.scope, ctx, input)),
  list: orgProcedure('invitation:manage', invitationList)
    .meta({ rest: 'GET /orgs/{org}/invitations', summary: 'List the open invitations, newest first' })
    .output(page(invitation))
    .query(({ ctx }) => invitations.list(ctx.scope, ctx.turn)),
  revoke: orgProcedure('invitation:manage', invitationRevoke)
    .meta({ rest: 'DELETE /orgs/{org}/invitations/{invitation}', status: 204, summary: 'Revoke an invitation' })
    .output(z.null())
    .mutation(({ ctx, input }) => invitations.revoke(ctx.scope, input)),
  accept: userProcedure(invitationAccept)
    .meta({ rest: 'POST /invitations/accept', summary: 'Join the organization of an invitation', budget: 'invitations' })
    .output(organization)
    .mutation(({ ctx, input }) => invitations.accept(ctx.scope, ctx.r.bus, input)),
})
