/** Sessions: rows that end at once when somebody says so, whatever token is still about. */
import { randomInt } from 'node:crypto'
import type { Page } from '@mortise/shared/pages'
import type { GuestSignIn, Session, SignedIn } from '@mortise/shared/sessions'
import { raw } from 'objection'
import { originOf, type Context, type SignedInContext } from '../context.ts'
import type { Caller } from '../db/entrances.ts'
import { cameFrom } from '../db/origin.ts'
import type { Scope } from '../db/scope.ts'
import { pageOf } from '../db/pages.ts'
import { AppError } from '../errors.ts'
import { organizationChannel, userChannel } from '../events/channels.ts'
import { mintAccessToken } from '../tokens/access.ts'
import type { Turn } from '../tokens/cursor.ts'
import { mintRefreshToken, readRefreshToken, type Refresh } from '../tokens/refresh.ts'
import { SessionRow } from './model.ts'

type Person = SignedIn['user']

/** Makes a guest `guest-NNNN` with a first session. Errors: ORG_NOT_FOUND where a demo is asked for and there is none. */
export async function signInGuest(ctx: Context, { joinDemo }: GuestSignIn): Promise<SignedIn> {
  const demo = joinDemo ? (ctx.r.config.DEMO_ORGANIZATION ?? null) : null
  if (joinDemo && demo === null) throw new AppError('ORG_NOT_FOUND', { ref: 'demo' })
  const name = `guest-${String(randomInt(10_000)).padStart(4, '0')}`
  const made = await ctx.r.database.transact('write', null, async ({ tx, send }) => {
    send(cameFrom(originOf(ctx, 'sessions.guest')))
    const { rows } = await tx.raw<{ rows: { user_id: string; session_id: string; counter: number; organization_id: string | null }[] }>(
      'select * from app.sign_in_guest(?, ?, ?)',
      [name, ctx.userAgent, demo],
    )
    return rows[0]
  })
  if (made === undefined) throw new AppError('INTERNAL', {})
  if (made.organization_id !== null) ctx.r.bus.signal(organizationChannel(made.organization_id))
  return issue(ctx, { id: made.user_id, name, kind: 'guest' }, { sessionId: made.session_id, counter: made.counter })
}

/**
 * Trades a refresh token for an access token and the next refresh token. A token that was used before its successor was ends
 * the session: somebody has a copy. Errors: UNAUTHENTICATED, SESSION_ENDED.
 */
export async function refresh(ctx: Context): Promise<SignedIn> {
  const presented = readRefreshToken(ctx.r.keys.refresh, ctx.refreshToken)
  const step = await ctx.r.database.transact('write', null, async ({ tx }) => {
    const { rows } = await tx.raw<{ rows: { outcome: string; counter: number; user_id: string; name: string; kind: Person['kind'] }[] }>(
      'select * from app.refresh_session(?, ?)',
      [presented.sessionId, presented.counter],
    )
    return rows[0]
  })
  if (step?.outcome !== 'stepped' && step?.outcome !== 'repeated') {
    if (step?.outcome === 'reused') {
      ctx.r.log.warn({ requestId: ctx.requestId, sessionId: presented.sessionId }, 'a spent refresh token came back: session ended')
      ctx.r.bus.signal(userChannel(step.user_id))
    }
    ctx.dropRefreshToken()
    throw new AppError('SESSION_ENDED', {})
  }
  return issue(ctx, { id: step.user_id, name: step.name, kind: step.kind }, { sessionId: presented.sessionId, counter: step.counter })
}

/** Ends the session that the refresh cookie or the access token speaks for. Without either there is nothing to end. */
export async function logout(ctx: Context): Promise<null> {
  const sessionId =
    ctx.refreshToken === undefined ? ctx.authenticate().sessionId : readRefreshToken(ctx.r.keys.refresh, ctx.refreshToken).sessionId
  const userId = await ctx.r.database.transact('write', null, async ({ tx }) => {
    const { rows } = await tx.raw<{ rows: { end_session: string | null }[] }>('select app.end_session(?)', [sessionId])
    return rows[0]?.end_session
  })
  if (userId) ctx.r.bus.signal(userChannel(userId))
  ctx.dropRefreshToken()
  return null
}

/** The caller's live sessions, newest first. */
export async function list(scope: Scope, turn: Turn, caller: Caller): Promise<Page<Session>> {
  const alive = SessionRow.query(scope.tx)
    .where({ userId: caller.userId, endedAt: null })
    .where('idleUntil', '>', raw('now()'))
    .where('expiresAt', '>', raw('now()'))
  const { items, nextCursor } = await pageOf(alive, turn, [['id', 'desc']])
  return { items: items.map((row) => Object.assign(row, { current: row.id === caller.sessionId })), nextCursor }
}

/** Ends one of the caller's sessions, the current one too. Errors: SESSION_NOT_FOUND. */
export async function end(scope: Scope, { r, caller }: SignedInContext, sessionId: string): Promise<null> {
  const ended = await SessionRow.query(scope.tx)
    .where({ id: sessionId, userId: caller.userId, endedAt: null })
    .patch({ endedAt: raw('now()') })
  if (ended === 0) throw new AppError('SESSION_NOT_FOUND', { ref: sessionId })
  scope.afterCommit(() => r.bus.signal(userChannel(caller.userId)))
  return null
}

function issue(ctx: Context, user: Person, refreshed: Refresh): SignedIn {
  ctx.keepRefreshToken(mintRefreshToken(ctx.r.keys.refresh, refreshed))
  return { ...mintAccessToken(ctx.r.keys.access, { userId: user.id, sessionId: refreshed.sessionId }), user }
}
