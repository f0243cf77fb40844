/** Lets pages of other origins call the API, where the configuration names them; there is none unless it does. */
import type { RequestHandler } from 'express'
import type { Config } from '../config.ts'

type Listed = Pick<Config, 'CORS_ORIGINS'>

/** Whether the configuration names this origin. Exactly: nothing is reflected, and `null` is nobody (OWASP ASVS 5, 3.4.2). */
export const isAllowedOrigin = ({ CORS_ORIGINS }: Listed, origin: string | undefined): origin is string =>
  origin !== undefined && CORS_ORIGINS.includes(origin)

const asked = 'authorization, content-type, idempotency-key, last-event-id, trpc-accept, x-request-id, x-requested-with'
const shown =
  'allow, idempotency-replayed, location, ratelimit-limit, ratelimit-policy, ratelimit-remaining, ratelimit-reset, retry-after, www-authenticate, x-request-id'

/** Says so to the browser of a named origin, and answers what it asks beforehand. Everybody else notices nothing. */
export const cors =
  ({ config }: { config: Listed }): RequestHandler =>
  (req, res, next) => {
    if (config.CORS_ORIGINS.length === 0) return next()
    res.vary('Origin') // also for those who are not named, or a cache would give them the answer of one who is
    const { origin } = req.headers
    if (!isAllowedOrigin(config, origin)) return next()
    res.setHeader('Access-Control-Allow-Origin', origin)
    res.setHeader('Access-Control-Allow-Credentials', 'true')
    res.setHeader('Access-Control-Expose-Headers', shown)
    if (req.method !== 'OPTIONS' || req.headers['access-control-request-method'] === undefined) return next()
    res.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE')
    res.setHeader('Access-Control-Allow-Headers', asked)
    res.setHeader('Access-Control-Max-Age', '600')
    res.status(204).end()
  }
