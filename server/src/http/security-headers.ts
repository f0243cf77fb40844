/** The headers that every answer carries. */
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { features, type HeaderConfig } from '../config-headers.ts'
import type { Config } from '../config.ts'

/**
 * helmet with everything closed: an API answer needs no source at all. Pages and the API document open what they need with
 * `policyHeaders`. HSTS is sent where people come by HTTPS only.
 */
export function securityHeaders({ config }: { config: HeaderConfig & Pick<Config, 'publicUrl' | 'HSTS_SECONDS'> }): RequestHandler {
  const asksForHttps = config.publicUrl.protocol === 'https:' && config.HSTS_SECONDS > 0
  const closed = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: asksForHttps ? { maxAge: config.HSTS_SECONDS, includeSubDomains: true } : false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: config.REFERRER_POLICY },
    crossOriginOpenerPolicy: { policy: config.CROSS_ORIGIN_OPENER_POLICY },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  })
  const permissions = features.map((name) => `${name}=(${config.PERMISSIONS_POLICY.includes(name) ? 'self' : ''})`).join(', ')
  return (req, res, next) => {
    res.setHeader('Permissions-Policy', permissions)
    res.setHeader('Cache-Control', 'no-store')
    closed(req, res, next)
  }
}

/** Own files only, nothing inline; only Lit may turn text into markup (Trusted Types). Swagger UI writes markup of its own, so its page cannot have that. */
const trusted = { page: { 'require-trusted-types-for': "'script'", 'trusted-types': 'lit-html' }, document: {} }

/**
 * Sets the policy of a page of the web app, or of the API document, on an answer. Where others may frame pages, `X-Frame-Options`
 * goes: it cannot name them, and browsers that know `frame-ancestors` do not read it.
 */
export function policyHeaders({ config }: { config: HeaderConfig }, kind: keyof typeof trusted): RequestHandler {
  const framedBy = config.FRAME_ANCESTORS.map((one) => (one === 'self' ? "'self'" : one)).join(' ') || "'none'"
  const policy = written({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': ["'self'", 'data:', ...config.CSP_IMG_SRC].join(' '),
    'font-src': "'self'",
    'connect-src': ["'self'", ...config.CSP_CONNECT_SRC].join(' '),
    'manifest-src': "'self'",
    'worker-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': framedBy,
    ...trusted[kind],
    ...(config.CSP_REPORT_TO === undefined ? {} : { 'report-to': 'csp', 'report-uri': config.CSP_REPORT_TO }),
  })
  return (_req, res, next) => {
    if (config.CSP_REPORT_ONLY) {
      // a policy that is only reported keeps nobody from framing
      res.setHeader('Content-Security-Policy', `frame-ancestors ${framedBy}`).setHeader('Content-Security-Policy-Report-Only', policy)
    } else res.setHeader('Content-Security-Policy', policy)
    if (config.FRAME_ANCESTORS.length > 0) res.removeHeader('X-Frame-Options')
    if (config.CSP_REPORT_TO !== undefined) res.setHeader('Reporting-Endpoints', `csp="${config.CSP_REPORT_TO}"`)
    next()
  }
}

const written = (directives: Record<string, string>) =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
