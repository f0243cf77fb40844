/** What a procedure knows of its request; the only reader of headers and cookies. */
import type { Request, Response } from 'express'
import type { Caller } from './db/entrances.ts'
import type { Origin } from './db/origin.ts'
import { AppError } from './errors.ts'
import { clientAddress } from './http/client-address.ts'
import { spentTeller } from './limits/headers.ts'
import type { Spent } from './ports/limiter.ts'
import type { Resources } from './resources.ts'
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from './sessions/cookie.ts'
import { verifyAccessToken } from './tokens/access.ts'

export type Context = {
  readonly r: Resources
  readonly requestId: string
  readonly userAgent: string
  /** The `Idempotency-Key` as it was sent; idempotency/key.ts says what is one. */
  readonly idempotencyKey: string | undefined
  /** How many calls came in this request: more than one in a tRPC batch. */
  readonly callsInRequest: number
  /** Says in the head of the answer that it was given before, where there is still time to. */
  markReplayed(): void
  /** Where the request comes from, as far as TRUSTED_PROXIES lets it be known. */
  readonly clientAddress: string
  /** Who the bearer token speaks for. Throws UNAUTHENTICATED or TOKEN_EXPIRED. Costs no database connection. */
  authenticate(): Caller
  /** The refresh token of the request; there is one on the addresses under `/api/v1/auth` only. */
  readonly refreshToken: string | undefined
  /** Says in the answer what is left of a budget. */
  tellSpent(spent: Spent): void
  keepRefreshToken(token: string): void
  dropRefreshToken(): void
}

/** Reads a request. Nothing is verified before a door asks. */
export function contextOf(r: Resources, req: Request, res: Response, callsInRequest = 1): Context {
  const secure = r.config.publicUrl.protocol === 'https:'
  return {
    r,
    requestId: res.locals['requestId'] as string,
    userAgent: (req.headers['user-agent'] ?? '').slice(0, 300),
    idempotencyKey: req.headers['idempotency-key'] as string | undefined, // sent twice it comes joined by a comma, which no key has
    callsInRequest,
    markReplayed: () => {
      if (!res.headersSent) res.setHeader('Idempotency-Replayed', 'true') // the head of a streamed batch has left before any answer
    },
    clientAddress: clientAddress(req, r.config.TRUSTED_PROXIES),
    authenticate: () => {
      const [scheme, token, ...rest] = (req.headers.authorization ?? '').split(' ')
      if (scheme?.toLowerCase() !== 'bearer' || token === undefined || rest.length > 0) throw new AppError('UNAUTHENTICATED', {})
      return verifyAccessToken(r.keys.access, token)
    },
    refreshToken: readRefreshCookie(req, secure),
    tellSpent: spentTeller(res),
    keepRefreshToken: (token) => setRefreshCookie(res, token, secure),
    dropRefreshToken: () => clearRefreshCookie(res, secure),
  }
}

/** A context behind a door: it is known who asks. */
export type SignedInContext = Context & { readonly caller: Caller }

/** What the audit trail keeps of a request that calls `procedure`. */
export const originOf = ({ requestId, clientAddress: address, userAgent }: Context, procedure: string): Origin => ({
  request: requestId,
  procedure,
  address,
  userAgent,
})
