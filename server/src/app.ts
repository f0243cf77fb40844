/** The way of a request, from top to bottom. */
import express, { type Express } from 'express'
import { accessLog } from './http/access-log.ts'
import { answerErrors, nothingHere } from './http/answer-errors.ts'
import { cors } from './http/cors.ts'
import { docs } from './http/docs.ts'
import { health } from './http/health.ts'
import { readBody } from './http/read-body.ts'
import { refuseHostile } from './http/refuse-hostile.ts'
import { requestId } from './http/request-id.ts'
import { securityHeaders } from './http/security-headers.ts'
import { trpc } from './http/trpc.ts'
import { webApp } from './http/web-app.ts'
import type { Resources } from './resources.ts'
import { rest } from './rest/router.ts'

/** Every request passes these rows from top to bottom; no middleware is added anywhere else. */
export function makeApp(r: Resources): Express {
  return express()
    .disable('x-powered-by')
    .disable('etag')
    .use(requestId()) // named first, so that every later line can say the name
    .use(accessLog(r))
    .use(securityHeaders(r)) // before anything can answer
    .use(health(r)) // answers even when the rest refuses
    .use(cors(r)) // nothing, unless other origins are named
    .use(refuseHostile(r)) // while refusing is cheap
    .use(readBody())
    .use('/api/v1', rest(r))
    .use('/trpc', trpc(r))
    .use('/docs', docs(r))
    .use(webApp(r)) // what nobody claimed is a page
    .use(nothingHere())
    .use(answerErrors(r))
}
