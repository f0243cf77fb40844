/** Following an organization: subscribe first, catch up second, and look again whenever somebody says so. */
import type { StreamEvent } from '@mortise/shared/events'
import type { SignedInContext } from '../context.ts'
import type { Scope } from '../db/scope.ts'
import { AppError } from '../errors.ts'
import type { Look } from '../trpc.ts'
import { deletionChannel, organizationChannel, userChannel } from './channels.ts'
import { either } from './either.ts'
import { EventRow } from './model.ts'
import { waker } from './waker.ts'

export type Numbered = { seq: number; event: StreamEvent }

const batch = 200

/** Longest time in milliseconds in which a stream may not notice that its caller was shut out, should every signal be lost. */
const lookAnewMs = 30_000

/** What follows the event `from`, as it happens. */
export type Following = { from: number; events: AsyncGenerator<Numbered> }

type Asking = Pick<SignedInContext, 'r' | 'caller'> & { look: Look }

/**
 * Follows an organization behind `lastEventId`, or from now on without one, until `gone` is aborted or the process stops. When it
 * resolves nothing can be missed any more. Each look proves session, membership and role anew, so the events end with the refusal
 * as soon as the caller may no longer see them; after `organization.deleted` where that was the reason. A process that stops ends
 * them with UNAVAILABLE, which asks a client to come back.
 */
export async function follow({ r, caller, look }: Asking, lastEventId: string | null, gone?: AbortSignal): Promise<Following> {
  const head = await look(headOf)
  const { signal: until, release } = either(r.closing, gone)
  const { wake, woken, stop } = waker(lookAnewMs, until)
  let wasDeleted = false
  const stops = await Promise.all([
    r.bus.listen(organizationChannel(head.organizationId), wake),
    r.bus.listen(userChannel(caller.userId), wake),
    r.bus.listen(deletionChannel(head.organizationId), (why) => {
      wasDeleted ||= why === 'signal'
      wake()
    }),
  ])
  const leave = () => {
    stop()
    release()
    for (const stopListening of stops) stopListening()
  }
  // the caller may be gone before the first event is asked for
  if (until.aborted) leave()
  else until.addEventListener('abort', leave, { once: true })

  // a number from the future is no place to wait for: it would swallow what comes until then
  const from = lastEventId === null ? head.seq : Math.min(Number(lastEventId), head.seq)
  const events = async function* (): AsyncGenerator<Numbered> {
    let seen = from
    let { version } = head
    try {
      while (!until.aborted) {
        const rows = await look(async (scope) => behind(scope, seen), head.organizationId)
        for (const row of rows) {
          if (row.type === 'organization.updated') version = row.version
          seen = row.seq
          yield { seq: row.seq, event: eventOf(row) }
        }
        if (rows.length < batch) await woken()
      }
    } catch (error) {
      if (wasDeleted && error instanceof AppError && error.error === 'ORG_NOT_FOUND')
        yield { seq: seen + 1, event: deletionOf(head.organizationId, version) }
      throw error
    } finally {
      until.removeEventListener('abort', leave)
      leave()
    }
    if (r.closing.aborted) throw new AppError('UNAVAILABLE', {})
  }
  return { from, events: events() }
}

type Head = { organizationId: string; version: number; seq: number }

async function headOf(scope: Scope): Promise<Head> {
  const { rows }: { rows: Head[] } = await scope.tx.raw(
    `select o.id as "organizationId", o.version, coalesce((select h.seq from app.event_heads h where h.organization_id = o.id), 0) as seq
     from app.organizations o where o.id = (select app.current_organization())`,
  )
  if (rows[0] === undefined) throw new Error('An entered organization without a row')
  return rows[0]
}

const behind = (scope: Scope, seq: number) => EventRow.of(scope).where('seq', '>', seq).orderBy('seq').limit(batch)

/** Nobody is left who could be asked for it: the events went with the organization. */
const deletionOf = (organizationId: string, version: number): StreamEvent => ({
  type: 'organization.deleted',
  organizationId,
  entityId: organizationId,
  version,
  at: new Date().toISOString(),
  actorId: null,
})

const eventOf = ({ type, organizationId, entityId, projectId, version, at, actorId }: EventRow): StreamEvent => ({
  type,
  organizationId,
  entityId,
  ...(projectId === null ? {} : { projectId }),
  version,
  at,
  actorId,
})
