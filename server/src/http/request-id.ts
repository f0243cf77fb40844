/** Gives every request a name that its answer, its log lines and its errors share. */
import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'

const acceptable = /^[A-Za-z0-9._-]{8,64}$/

/** Keeps the caller's `X-Request-Id` where it is 8 to 64 harmless characters, so that one name can follow a request through proxies. */
export const requestId = (): RequestHandler => (req, res, next) => {
  const given = req.headers['x-request-id']
  const name = typeof given === 'string' && acceptable.test(given) ? given : randomUUID()
  res.locals['requestId'] = name
  res.setHeader('X-Request-Id', name)
  next()
}
