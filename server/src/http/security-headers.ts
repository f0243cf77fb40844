/** The headers that every answer carries. */
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Config } from '../config.ts'

const permissions = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'browsing-topics']
  .map((feature) => `${feature}=()`)
  .join(', ')

/**
 * helmet with everything closed: an API answer needs no source at all. Pages and the API document open what they need with
 * `pagePolicy`. HSTS is sent where people come by HTTPS only.
 */
export function securityHeaders({ config }: { config: Pick<Config, 'publicUrl' | 'HSTS_SECONDS'> }): RequestHandler {
  const asksForHttps = config.publicUrl.protocol === 'https:' && config.HSTS_SECONDS > 0
  const closed = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: asksForHttps ? { maxAge: config.HSTS_SECONDS, includeSubDomains: true } : false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  })
  return (req, res, next) => {
    res.setHeader('Permissions-Policy', permissions)
    res.setHeader('Cache-Control', 'no-store')
    closed(req, res, next)
  }
}

const page = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
}

const written = (directives: Record<string, string>) =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')

/** The policy of the web app: own files only, nothing inline, and only Lit may turn text into markup (Trusted Types). */
export const pagePolicy = written({ ...page, 'require-trusted-types-for': "'script'", 'trusted-types': 'lit-html' })

/** The policy of the API document: Swagger UI writes markup of its own, so it cannot have Trusted Types. */
export const documentPolicy = written(page)
