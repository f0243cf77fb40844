/** The signed-in person. */
import { account, accountUpdate } from '@mortise/shared/accounts'
import { z } from 'zod'
import { router, userProcedure } from '../trpc.ts'
import * as accounts from './service.ts'

export const accountsRouter = router({
  me: userProcedure(z.strictObject({}).default({}))
    .meta({ rest: 'GET /auth/me', summary: 'Who you are' })
    .output(account)
    .query(({ ctx }) => accounts.me(ctx.scope, ctx.caller)),
  update: userProcedure(accountUpdate)
    .meta({ rest: 'PUT /auth/me', summary: 'Change your name' })
    .output(account)
    .mutation(({ ctx, input }) => accounts.update(ctx.scope, ctx.caller, input)),
})
