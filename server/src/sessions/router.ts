/** Signing in, staying signed in, and ending it. */
import { guestSignIn, session, sessionRef, signedIn } from '@mortise/shared/sessions'
import { page, pageRequest } from '@mortise/shared/pages'
import { z } from 'zod'
import { publicProcedure, router, userProcedure } from '../trpc.ts'
import * as sessions from './service.ts'

export const sessionsRouter = router({
  guest: publicProcedure
    .meta({ rest: 'POST /auth/guest', status: 201, summary: 'Sign in as a new guest, without registration', budget: 'signIn' })
    .input(guestSignIn.default({}))
    .output(signedIn)
    .mutation(({ ctx, input }) => sessions.signInGuest(ctx, input)),
  refresh: publicProcedure
    .meta({ rest: 'POST /auth/refresh', summary: 'Get a new access token for the refresh cookie', budget: 'refresh' })
    .input(z.strictObject({}).default({}))
    .output(signedIn)
    .mutation(({ ctx }) => sessions.refresh(ctx)),
  logout: publicProcedure
    .meta({ rest: 'POST /auth/logout', status: 204, summary: 'End the session of the refresh cookie or the access token' })
    .input(z.strictObject({}).default({}))
    .output(z.null())
    .mutation(({ ctx }) => sessions.logout(ctx)),
  list: userProcedure(z.strictObject(pageRequest))
    .meta({ rest: 'GET /auth/sessions', summary: 'List your live sessions, newest first' })
    .output(page(session))
    .query(({ ctx }) => sessions.list(ctx.scope, ctx.turn, ctx.caller)),
  end: userProcedure(sessionRef)
    .meta({ rest: 'DELETE /auth/sessions/{session}', status: 204, summary: 'End one of your sessions at once' })
    .output(z.null())
    .mutation(({ ctx, input }) => sessions.end(ctx.scope, ctx, input.session)),
})
