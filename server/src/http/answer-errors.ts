/** The last row: whatever was thrown above leaves as an entry of the catalogue. */
import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { AppError, asAppError, problemOf } from '../errors.ts'

/** Sends a refusal as REST callers get it. */
export function answerProblem(res: Response, thrown: unknown): void {
  const { status, problem } = problemOf(thrown, res.locals['requestId'] as string)
  if (status === 401) res.setHeader('WWW-Authenticate', 'Bearer')
  const { retryAfterSeconds } = asAppError(thrown)
  if (retryAfterSeconds !== undefined) res.setHeader('Retry-After', retryAfterSeconds)
  res.status(status).json(problem)
}

export const answerErrors =
  ({ log }: { log: Logger }): ErrorRequestHandler =>
  (thrown: unknown, _req, res, next) => {
    if (res.headersSent) return next(thrown) // Express closes the connection: half an answer must not look whole
    // Express refuses an address that does not decode with a URIError of status 400
    const error = thrown instanceof URIError ? new AppError('ROUTE_NOT_FOUND', {}) : asAppError(thrown)
    if (error.error === 'INTERNAL') log.error({ requestId: res.locals['requestId'], err: error.cause }, 'a request failed')
    answerProblem(res, error)
  }

export const nothingHere = (): RequestHandler => () => {
  throw new AppError('ROUTE_NOT_FOUND', {})
}
