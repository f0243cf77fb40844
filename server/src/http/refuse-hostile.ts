/** Refuses what no honest client sends, while refusing is cheap. */
import type { Request, RequestHandler } from 'express'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'
import { isAllowedOrigin } from './cors.ts'

const json = /^application\/json *(; *charset="?utf-8"? *)?$/i
/** A browser sends about twenty. Node drops what is beyond two thousand without a word, and with it a header that a proxy put last. */
const mostHeaders = 100
const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Headers are few (431). Bodies are JSON in UTF-8 and not compressed (415); a changing request that a browser says comes from another site is
 * refused (403, OWASP CSRF cheat sheet: `Sec-Fetch-Site`, and `Origin` where it is missing).
 */
export const refuseHostile =
  ({ config }: { config: Pick<Config, 'publicUrl' | 'CORS_ORIGINS'> }): RequestHandler =>
  (req, _res, next) => {
    if (req.rawHeaders.length > 2 * mostHeaders) throw new AppError('HEADERS_TOO_LARGE', {})
    if (!changing.has(req.method)) return next()
    if (!comesFromHere(req, config.publicUrl) && !isAllowedOrigin(config, req.headers.origin)) throw new AppError('CROSS_SITE', {})
    const type = req.headers['content-type']
    const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
    if ((hasBody || type !== undefined) && !json.test(type ?? '')) throw new AppError('UNSUPPORTED_MEDIA_TYPE', {})
    if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') throw new AppError('UNSUPPORTED_MEDIA_TYPE', {})
    next()
  }

function comesFromHere(req: Request, publicUrl: URL): boolean {
  const site = req.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = req.headers
  if (origin === undefined) return true // no browser: it has no cookies of ours to abuse either
  return origin === publicUrl.origin || origin === `${publicUrl.protocol}//${req.headers.host ?? ''}`
}
