/** The REST door: each call of the table answered by its procedure. */
import { Router, type Request, type RequestHandler, type Response } from 'express'
import { callTRPCProcedure } from '@trpc/server'
import { contextOf } from '../context.ts'
import { AppError, asAppError } from '../errors.ts'
import { answerProblem } from '../http/answer-errors.ts'
import type { Resources } from '../resources.ts'
import { appRouter } from '../router.ts'
import { calls, notFound, type Call } from './calls.ts'
import { inputOf, lookedUp } from './input.ts'
import { openApi } from './openapi.ts'
import { stream, type Stream } from './sse.ts'

/** Every call of the table, 405 for the other methods of its address, and the document that describes them. */
export function rest(r: Resources): Router {
  const router = Router({ caseSensitive: true, strict: false })
  const document = JSON.stringify(openApi())
  router.get('/openapi.json', (_req, res) => void res.type('json').send(document))
  for (const path of new Set(calls.map((call) => call.path))) {
    const atPath = calls.filter((call) => call.path === path)
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'))
    for (const call of atPath) route[call.method](answering(r, call))
    route.all(refuseMethod(atPath))
  }
  return router
}

const answering =
  (r: Resources, call: Call): RequestHandler =>
  async (req, res) => {
    res.locals['route'] = call.procedure
    const gone = new AbortController()
    res.on('close', () => res.writableFinished || gone.abort())
    let input: Record<string, unknown> = {}
    try {
      const output: unknown = await callTRPCProcedure({
        router: appRouter,
        path: call.procedure,
        type: call.kind,
        ctx: contextOf(r, req, res),
        // read behind the door: nobody learns what is wrong with an input before it is known and charged who sends it
        getRawInput: async () => (input = inputOf(call, req)),
        signal: gone.signal,
        batchIndex: 0,
      })
      if (call.kind === 'subscription') await stream(res, output as Stream)
      else answer(res, call, output)
    } catch (error) {
      answerProblem(res, lookedUp(asAppError(error), call, input, notFound))
    }
  }

function answer(res: Response, { status, location }: Call, output: unknown): void {
  if (location !== undefined) {
    const path = location.replaceAll(/\{(\w+)\}/g, (_, name: string) => String((output as Record<string, unknown>)[name]))
    res.setHeader('Location', `/api/v1${path}`)
  }
  if (status === 204) res.status(204).end()
  else res.status(status).json(output)
}

const refuseMethod = (atPath: Call[]) => (req: Request, res: Response) => {
  res.setHeader(
    'Allow',
    [...new Set(atPath.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])))].join(', '),
  )
  throw new AppError('METHOD_NOT_ALLOWED', { method: req.method.slice(0, 20) })
}
