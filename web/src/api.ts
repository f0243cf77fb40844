/** The typed client: calls in one tick travel together, an expired token is renewed once, and streams carry the token in a header. */
import type { AppRouter } from '@mortise/server/router'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, retryLink, splitLink, type Operation } from '@trpc/client'
import { EventSource } from 'eventsource'
import { problemOf } from './problem.ts'
import { session } from './session.ts'

const url = '/trpc'
/** The server takes at most 20 calls at once; half leaves it room. */
const callsAtOnce = 10

/** Each call remembers which token it went with, so that a refusal blames the right one. */
async function headers(calls: readonly Operation[]): Promise<Record<string, string>> {
  const token = await session.bearer()
  for (const { context } of calls) context['token'] = token
  return { 'x-requested-with': 'mortise', ...(token ? { authorization: `Bearer ${token}` } : {}) }
}

/** Whether a refused call deserves a second attempt with a new token. */
function deservesNewToken(error: unknown, { context }: Operation, attempts: number): boolean {
  const { code } = problemOf(error)
  if (code === 'SESSION_ENDED') session.lose()
  if (code !== 'TOKEN_EXPIRED' && code !== 'UNAUTHENTICATED') return false
  if (attempts > 1 || session.state !== 'in') return false
  session.distrust(context['token'])
  return true
}

export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (op) => op.type === 'subscription',
      true: httpSubscriptionLink({
        url,
        EventSource,
        eventSourceOptions: () => ({
          fetch: async (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...(await headers([])) } }),
        }),
      }),
      false: [
        retryLink({ retry: ({ error, op, attempts }) => deservesNewToken(error, op, attempts) }),
        httpBatchLink({ url, maxItems: callsAtOnce, headers: ({ opList }) => headers(opList) }),
      ],
    }),
  ],
})

export type Api = typeof api
