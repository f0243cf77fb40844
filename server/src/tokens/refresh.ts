/** Refresh tokens: a session, a counter and a signature over both. The database keeps the counter only. */
import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'
import { id } from '@mortise/shared/text'
import { AppError } from '../errors.ts'

/** What a refresh token says: the session, and how often it had been refreshed when the token was made. */
export type Refresh = { sessionId: string; counter: number }

/** The token of a session at a counter. The same input gives the same token, so a lost answer can be given again. */
export const mintRefreshToken = (key: KeyObject, { sessionId, counter }: Refresh): string => {
  const body = `1.${sessionId}.${counter}`
  return `${body}.${signature(key, body)}`
}

/** What a token says, if we signed it. Throws UNAUTHENTICATED otherwise. A forged token never reaches the database. */
export function readRefreshToken(key: KeyObject, token: string | undefined): Refresh {
  const [version, sessionId = '', counter = '', mac = '', ...more] = (token ?? '').slice(0, 200).split('.')
  const expected = signature(key, `1.${sessionId}.${counter}`)
  const [given, wanted] = [Buffer.from(mac), Buffer.from(expected)]
  const genuine = given.length === wanted.length && timingSafeEqual(given, wanted)
  if (more.length > 0 || version !== '1' || !genuine || !id.safeParse(sessionId).success || !/^\d{1,9}$/.test(counter))
    throw new AppError('UNAUTHENTICATED', {})
  return { sessionId, counter: Number(counter) }
}

const signature = (key: KeyObject, body: string) => createHmac('sha256', key).update(body).digest('base64url')
