/** Somebody who follows an organization, over plain server-sent events or over tRPC. */
import type { StreamEvent } from '@mortise/shared/events'
import { createTRPCClient, httpSubscriptionLink, type TRPCClientError } from '@trpc/client'
import { EventSource } from 'eventsource'
import type { AppRouter } from '../src/router.ts'
import type { Caller } from './caller.ts'
import type { TestServer } from './server.ts'

export type Heard = StreamEvent & { id: number }

export type Follower = {
  /** Events in the order in which they came. */
  heard: Heard[]
  /** The last id that was sent, with or without an event. */
  lastId: string
  /** What the stream was refused with, where it was. */
  refusal: string | undefined
  /** Resolves as soon as `isThere` says so; rejects after five seconds with what was heard. */
  until(isThere: (follower: Follower) => boolean, what?: string): Promise<void>
  /** Resolves when the stream has ended. */
  ended: Promise<void>
  close(): void
}

type Url = Pick<TestServer, 'url'>

function waiting(follower: Pick<Follower, 'heard'>): { changed: () => void; until: Follower['until'] } {
  const waits = new Set<() => void>()
  return {
    changed: () => {
      for (const look of waits) look()
    },
    until: (isThere, what = 'what was waited for') =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!isThere(follower as Follower)) return
          clearTimeout(timer)
          waits.delete(look)
          resolve()
        }
        const timer = setTimeout(() => {
          waits.delete(look)
          reject(new Error(`Did not hear ${what} within 5 s, but ${JSON.stringify(follower.heard.slice(-5))}`))
        }, 5_000)
        waits.add(look)
        look()
      }),
  }
}

/** Opens a stream over REST and resolves when it stands. Errors: the status and the body of a refusal. */
export async function aFollower(server: Url, caller: Pick<Caller, 'token'>, org: string, lastEventId?: string): Promise<Follower> {
  const stop = new AbortController()
  const response = await fetch(`${server.url}/api/v1/orgs/${org}/events`, {
    headers: { authorization: `Bearer ${caller.token}`, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
    signal: stop.signal,
  })
  if (response.status !== 200 || response.body === null) throw new Error(`${response.status} ${await response.text()}`)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  const follower = { heard: [] as Heard[], lastId: '', refusal: undefined as string | undefined }
  const { changed, until } = waiting(follower)

  const read = (block: string) => {
    const fields = Object.fromEntries(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    )
    if (fields['id'] !== undefined) follower.lastId = fields['id']
    if (fields['data'] === undefined) return
    const data: unknown = JSON.parse(fields['data'])
    if (fields['event'] === 'refused') follower.refusal = (data as { error: string }).error
    else follower.heard.push({ ...(data as StreamEvent), id: Number(fields['id']) })
  }
  const listen = async () => {
    let rest = ''
    try {
      for (let step = await reader.read(); !step.done; step = await reader.read()) {
        const blocks = `${rest}${step.value}`.split('\n\n')
        rest = blocks.pop() ?? ''
        blocks.forEach(read)
        changed()
      }
    } catch {
      // broken off, by us or by a fault: what was heard stands
    }
    changed()
  }
  const ended = listen()
  await until(() => follower.lastId !== '', 'the first id')
  return Object.assign(follower, { until, ended, close: () => stop.abort() })
}

/** Opens a stream as the web app does; it comes back by itself when it is cut. Resolves when it stands. */
export async function aTrpcFollower(
  server: Url,
  caller: Pick<Caller, 'token'>,
  org: string,
  lastEventId?: string,
): Promise<Follower & { connections: number }> {
  const client = createTRPCClient<AppRouter>({
    links: [
      httpSubscriptionLink({
        url: `${server.url}/trpc`,
        EventSource,
        eventSourceOptions: () => ({
          fetch: async (input, init) =>
            impatient(await fetch(input, { ...init, headers: { ...init.headers, authorization: `Bearer ${caller.token}` } })),
        }),
      }),
    ],
  })
  const follower = { heard: [] as Heard[], lastId: '', refusal: undefined as string | undefined, connections: 0 }
  const { changed, until } = waiting(follower)
  let close = () => {}
  const ended = new Promise<void>((resolve) => {
    const subscription = client.events.onOrganization.subscribe(
      { org, lastEventId },
      {
        onStarted: () => {
          follower.connections++
          changed()
        },
        onData: ({ id, data }) => {
          follower.lastId = id
          follower.heard.push({ ...data, id: Number(id) })
          changed()
        },
        onError: (error: TRPCClientError<AppRouter>) => {
          follower.refusal = error.data?.error ?? error.message
          changed()
          resolve()
        },
        onComplete: () => {
          changed()
          resolve()
        },
      },
    )
    close = () => {
      subscription.unsubscribe()
      resolve()
    }
  })
  await until(() => follower.connections > 0 || follower.refusal !== undefined, 'an answer')
  return Object.assign(follower, { until, ended, close })
}

/** A client waits three seconds before it comes back, unless the stream says how long. */
function impatient(response: Response): Response {
  if (response.body === null) return response
  const prefixed = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('retry: 20\n\n')),
  })
  return new Response(response.body.pipeThrough(prefixed), response)
}
