/** The stream of what happens in an organization. */
import { eventStream, type StreamEvent } from '@mortise/shared/events'
import { tracked, type TrackedEnvelope } from '@trpc/server'
import { orgSubscription, router } from '../trpc.ts'
import { follow, type Numbered } from './service.ts'

/** Envelopes for tRPC, and `from`, the id behind which they begin: who is cut off before the first one can resume all the same. */
const envelopes = (from: number, events: AsyncIterable<Numbered>) => {
  const generator = async function* (): AsyncGenerator<TrackedEnvelope<StreamEvent>> {
    for await (const { seq, event } of events) yield tracked(String(seq), event)
  }
  return Object.assign(generator(), { from: String(from) })
}

export const eventsRouter = router({
  onOrganization: orgSubscription('event:read', eventStream)
    .meta({ rest: 'GET /orgs/{org}/events', summary: 'Follow what happens, as server-sent events; resumes behind Last-Event-ID' })
    // the answer begins when nothing can be missed any more, and a refusal is an answer like any other
    .subscription(async ({ ctx, input, signal }) => {
      const { from, events } = await follow(ctx, input.lastEventId ?? null, signal)
      return envelopes(from, events)
    }),
})
