/** How the process is. Answered before anything that could shed load, and without signing in. */
import { Router, type RequestHandler, type Response } from 'express'
import type { Resources } from '../resources.ts'
import { release, schemaVersion } from '../system/release.ts'
import { readiness } from '../system/readiness.ts'

const alive: RequestHandler = (_req, res) => void res.json({ status: 'healthy' })

/** `/health` says that the process answers; `/ready` that it can do its work, and what is missing if it cannot. */
export function health(r: Resources): Router {
  const ask = readiness(r)
  const ready = async (_req: unknown, res: Response) => {
    const { fit, report } = await ask()
    if (!fit) res.setHeader('Retry-After', '2')
    res.status(fit ? 200 : 503).json(report)
  }
  return Router()
    .get(['/health', '/api/v1/health'], alive)
    .get(['/ready', '/api/v1/health/ready'], ready)
    .get('/version', (_req, res) => void res.json({ ...release, schema: schemaVersion }))
}
