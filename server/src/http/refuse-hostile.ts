/** Refuses what no honest client sends, while refusing is cheap. */
import type { Request, RequestHandler } from 'express'
import type { Config } from '../config.ts'
import { AppError, invalid } from '../errors.ts'
import { isAllowedOrigin } from './cors.ts'

const json = /^application\/json *(; *charset="?utf-8"? *)?$/i
/** A browser sends about twenty. Node drops what is beyond two thousand without a word, and with it a header that a proxy put last. */
const mostHeaders = 100
/** Connections on which something could be read in two ways: what follows may be a part of it, and is not begun. */
const doubtful = new WeakSet<object>()
const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Headers are few (431) and name one host (400). Bodies are JSON in UTF-8 and not compressed (415); a changing request that a
 * browser says comes from another site is refused (403, OWASP CSRF cheat sheet: `Sec-Fetch-Site`, and `Origin` where it is
 * missing), and so is one to `/trpc` without `X-Requested-With`, which no page of another site can send without asking first.
 */
export const refuseHostile =
  ({ config }: { config: Pick<Config, 'publicUrl' | 'CORS_ORIGINS'> }): RequestHandler =>
  (req, res, next) => {
    if (req.rawHeaders.length > 2 * mostHeaders) throw new AppError('HEADERS_TOO_LARGE', {})
    if (doubtful.has(req.socket) || !namesOneHost(req, config.publicUrl)) {
      doubtful.add(req.socket)
      res.setHeader('Connection', 'close')
      throw invalid('', 'Must name one host')
    }
    if (!changing.has(req.method)) return next()
    if (!comesFromHere(req, config.publicUrl) && !isAllowedOrigin(config, req.headers.origin)) throw new AppError('CROSS_SITE', {})
    const type = req.headers['content-type']
    const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
    if ((hasBody || type !== undefined) && !json.test(type ?? '')) throw new AppError('UNSUPPORTED_MEDIA_TYPE', {})
    if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') throw new AppError('UNSUPPORTED_MEDIA_TYPE', {})
    if (/^\/trpc(\/|$)/i.test(req.path) && !req.headers['x-requested-with']) throw new AppError('CROSS_SITE', {})
    next()
  }

/** Node keeps the first of two `Host` headers, and a proxy may keep the last (RFC 9112, sections 3.2 and 3.2.2). */
function namesOneHost({ rawHeaders, headers, url, httpVersion }: Request, publicUrl: URL): boolean {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length
  if (hosts > 1 || (hosts === 0 && httpVersion !== '1.0')) return false
  if (url.startsWith('/')) return true
  return URL.canParse(url) && [headers.host, publicUrl.host].includes(new URL(url).host)
}

function comesFromHere(req: Request, publicUrl: URL): boolean {
  const site = req.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = req.headers
  if (origin === undefined) return true // no browser: it has no cookies of ours to abuse either
  return origin === publicUrl.origin || origin === `${publicUrl.protocol}//${req.headers.host ?? ''}`
}
