/** Server-sent events for callers without tRPC (WHATWG HTML, section 9.2). */
import type { Response } from 'express'
import { isTrackedEnvelope } from '@trpc/server'
import { asAppError } from '../errors.ts'

const aliveMs = 15_000
const retryMs = 1_000

/** Events with ids; `from` is the id behind which they begin. */
export type Stream = AsyncIterable<unknown> & { from: string }

/**
 * Writes what `events` yields, each with its id, until the caller goes or the stream ends. The first id is sent at once, without
 * an event, so that a caller who is cut off before anything happens misses nothing either. A refusal ends the stream with an
 * event `refused`; where this process cannot go on, it just ends, and the caller comes back. A reader who does not keep up is
 * waited for.
 */
export async function stream(res: Response, events: Stream): Promise<void> {
  res.status(200).type('text/event-stream').setHeader('X-Accel-Buffering', 'no')
  if (res.req.method === 'HEAD') return void res.end() // or the connection would wait for a body that nobody reads
  const iterator = events[Symbol.asyncIterator]()
  res.write(`: open\nretry: ${retryMs}\nid: ${events.from}\n\n`)
  const alive = setInterval(() => res.write(': alive\n\n'), aliveMs)
  try {
    for (let step = await iterator.next(); step.done !== true && !res.destroyed; step = await iterator.next()) {
      const [id, data] = isTrackedEnvelope(step.value) ? step.value : ['', step.value]
      const kept = res.write(`${id === '' ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`)
      if (!kept && !res.destroyed) await room(res)
    }
    res.end()
  } catch (thrown) {
    const { error } = asAppError(thrown)
    res.end(error === 'UNAVAILABLE' ? undefined : `event: refused\ndata: ${JSON.stringify({ error })}\n\n`)
  } finally {
    clearInterval(alive)
    await iterator.return?.()
  }
}

/** Resolves when more can be written, or nothing any more. */
const room = (res: Response) =>
  new Promise<void>((resolve) => {
    const done = () => {
      res.off('drain', done).off('close', done) // or a slow reader would gather a listener each time
      resolve()
    }
    res.on('drain', done).on('close', done)
  })
