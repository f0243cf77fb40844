/** The tRPC door: what the web app calls. */
import { catalogue } from '@mortise/shared/errors'
import { createExpressMiddleware } from '@trpc/server/adapters/express'
import type { RequestHandler } from 'express'
import { contextOf } from '../context.ts'
import { AppError, asAppError } from '../errors.ts'
import type { Resources } from '../resources.ts'
import { appRouter } from '../router.ts'
import { requestIds } from '../trpc.ts'

/** Calls in one batch at most; the web app's own limit is below it. */
export const mostCallsInABatch = 20

/** Answers calls and batches of calls. What is wrong with a whole request is answered in the same form as what is wrong with a call. */
export function trpc(r: Resources): RequestHandler {
  const answer = createExpressMiddleware({
    router: appRouter,
    maxBatchSize: mostCallsInABatch,
    createContext: ({ req, res, info }) => contextOf(r, req, res, info.calls.length),
    onError: ({ error, req }) => void requestIds.set(error, req.res?.locals['requestId'] as string),
    responseMeta: ({ ctx, errors }) => {
      const refusals = errors.map(asAppError)
      const waits = refusals.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? [])
      const headers = new Headers()
      if (refusals.some(({ error }) => catalogue[error].status === 401)) headers.set('WWW-Authenticate', 'Bearer')
      if (waits.length > 0) headers.set('Retry-After', String(Math.max(...waits)))
      if (ctx === undefined) headers.set('Content-Type', 'application/json') // the adapter calls a refusal of the whole request plain text
      return { headers }
    },
  }) as RequestHandler
  return (req, res, next) => {
    // the adapter takes a text for JSON that nobody has parsed, and would look inside of it past all checks
    if (typeof req.body === 'string') req.body = JSON.stringify(req.body)
    if (methods.includes(req.method)) return answer(req, res, next)
    res.setHeader('Allow', methods.join(', '))
    throw new AppError('METHOD_NOT_ALLOWED', { method: req.method })
  }
}

const methods = ['GET', 'HEAD', 'POST']
