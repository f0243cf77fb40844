/** Signing in and the sessions that come of it. */
import { z } from 'zod'
import { id, moment } from './text.ts'

/** `joinDemo` also makes the guest a member of the demo organization, where there is one. */
export const guestSignIn = z.strictObject({ joinDemo: z.boolean().optional() })
export type GuestSignIn = z.infer<typeof guestSignIn>

/** An access token for ten minutes; the refresh token travels in a cookie beside it. */
export const signedIn = z
  .object({
    token: z.string(),
    expiresAt: moment,
    user: z.object({ id, name: z.string(), kind: z.enum(['guest', 'user']) }),
  })
  .meta({ id: 'SignedIn' })
export type SignedIn = z.infer<typeof signedIn>

export const session = z
  .object({ id, current: z.boolean(), createdAt: moment, lastSeenAt: moment, userAgent: z.string() })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof session>

export const sessionRef = z.strictObject({ session: id })
