/** Access tokens: the only file that speaks to jsonwebtoken, which checks hardly anything unless it is told to. */
import type { KeyObject } from 'node:crypto'
import { id } from '@mortise/shared/text'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import type { Caller } from '../db/entrances.ts'
import { AppError } from '../errors.ts'

const issuer = 'mortise'
const audience = 'mortise-api'
const type = 'at+jwt' // RFC 9068: a refresh or foreign token can never pass for an access token
const lifetimeSeconds = 600
const skewSeconds = 30
const longestToken = 4_096

const claims = z.object({ sub: id, sid: id, iat: z.int(), exp: z.int() })
const headerNames = new Set(['alg', 'typ', 'kid'])

/** Signs a token for ten minutes. `now` in milliseconds. */
export function mintAccessToken(key: KeyObject, { userId, sessionId }: Caller, now = Date.now()): { token: string; expiresAt: string } {
  const issuedAt = Math.floor(now / 1000)
  const expiresAt = issuedAt + lifetimeSeconds
  const token = jwt.sign({ sub: userId, sid: sessionId, iss: issuer, aud: audience, iat: issuedAt, exp: expiresAt }, key, {
    algorithm: 'HS256',
    header: { alg: 'HS256', typ: type },
  })
  return { token, expiresAt: new Date(expiresAt * 1000).toISOString() }
}

/**
 * Who a token speaks for. Throws UNAUTHENTICATED whatever is wrong with it, or TOKEN_EXPIRED for one of ours that only age is
 * wrong with. Checks what RFC 8725 asks for: fixed algorithm, issuer, audience, type, known header fields, all claims there.
 */
export function verifyAccessToken(key: KeyObject, token: string, now = Date.now()): Caller {
  if (token.length > longestToken) throw new AppError('UNAUTHENTICATED', {})
  const clockTimestamp = Math.floor(now / 1000)
  const { sub, sid, iat, exp } = claimsOf(key, token, clockTimestamp)
  if (iat > clockTimestamp + skewSeconds || exp - iat > lifetimeSeconds) throw new AppError('UNAUTHENTICATED', {})
  if (clockTimestamp > exp + skewSeconds) throw new AppError('TOKEN_EXPIRED', {})
  return { userId: sub, sessionId: sid }
}

/** What a token says, if we signed it as an access token. Its age is not looked at yet, or age would hide what else is wrong. */
function claimsOf(key: KeyObject, token: string, clockTimestamp: number): z.output<typeof claims> {
  try {
    const { header, payload } = jwt.verify(token, key, {
      algorithms: ['HS256'],
      issuer,
      audience,
      clockTimestamp,
      clockTolerance: skewSeconds,
      ignoreExpiration: true,
      complete: true,
    })
    if (header.typ !== type || !Object.keys(header).every((name) => headerNames.has(name))) throw new AppError('UNAUTHENTICATED', {})
    return claims.parse(payload)
  } catch (error) {
    throw new AppError('UNAUTHENTICATED', {}, { cause: error })
  }
}
