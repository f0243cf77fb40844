/** Asks over a real socket, through either door. */
import { setImmediate as turn } from 'node:timers/promises'
import { calls } from '../../src/rest/calls.ts'
import { bearer } from '../doors.ts'
import type { TestServer } from '../server.ts'
import { headersOf, type Asker, type Question, type Reply } from './reply.ts'
import { appRouter } from '../../src/router.ts'
import type { Definitions } from './fields.ts'

export const definitions = appRouter._def.procedures as unknown as Definitions

/** How long a stream is listened to in milliseconds, unless it is said otherwise. */
const usualMs = 30

let count = 0

/** Callers of the REST door. A procedure that is no REST call is not asked. */
export const overRest = (server: TestServer, listenMs = usualMs): Asker => ({
  name: 'REST',
  ask: ({ procedure, input, who, headers = {} }) => {
    const call = calls.find((one) => one.procedure === procedure)
    if (call === undefined) throw new Error(`${procedure} is no REST call`)
    const fields = { ...input }
    const lastEventId = call.kind === 'subscription' ? fields['lastEventId'] : undefined
    if (call.kind === 'subscription') delete fields['lastEventId'] // this door takes it as a header
    const path = call.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const part = String(fields[name])
      delete fields[name]
      return encodeURIComponent(part)
    })
    const takesBody = call.method === 'post' || call.method === 'put'
    const query = takesBody ? '' : new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString()
    const sent = {
      ...bearer(who.token),
      ...(procedure === 'sessions.refresh' || procedure === 'sessions.logout' ? { cookie: who.cookie } : {}),
      ...(typeof lastEventId === 'string' ? { 'last-event-id': lastEventId } : {}),
      ...headers,
    }
    return send(
      server,
      call.method.toUpperCase(),
      `/api/v1${path}${query === '' ? '' : `?${query}`}`,
      takesBody ? fields : undefined,
      sent,
      listenMs,
    )
  },
})

/** Callers of the tRPC door. */
export const overTrpc = (server: TestServer, listenMs = usualMs): Asker => ({
  name: 'tRPC',
  ask: ({ procedure, input, who, headers = {} }: Question) => {
    const isWrite = definitions[procedure]?._def.type === 'mutation'
    const query = isWrite ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    const sent = { 'x-requested-with': 'mortise', ...bearer(who.token), ...headers }
    return send(server, isWrite ? 'POST' : 'GET', `/trpc/${procedure}${query}`, isWrite ? input : undefined, sent, listenMs)
  },
})

/** One request. The log lines that name it are gathered after its answer. */
export async function send(
  server: TestServer,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
  listenMs = usualMs,
): Promise<Reply> {
  const requestId = `isolation-${++count}`
  const begin = server.log.length
  const gone = new AbortController()
  const response = await fetch(`${server.url}${path}`, {
    method,
    signal: gone.signal,
    headers: { 'x-request-id': requestId, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  const text = isStream ? await heard(response, gone, listenMs) : await response.text()
  return { status: response.status, headers: headersOf(response.headers), text, log: await logged(server, begin, requestId) }
}

/** The lines that name a request. They are complete when its answer is among them, which may be a moment after it was read. */
async function logged({ log }: TestServer, begin: number, requestId: string): Promise<string> {
  for (const until = Date.now() + 2_000; Date.now() < until;) {
    const lines = log.slice(begin).filter((line) => line['requestId'] === requestId)
    if (lines.some(({ msg }) => msg === 'answered')) return lines.map((line) => JSON.stringify(line)).join('\n')
    await turn()
  }
  throw new Error(`Nothing was logged about ${requestId}`)
}

async function heard(response: Response, gone: AbortController, listenMs: number): Promise<string> {
  let text = ''
  setTimeout(() => gone.abort(), listenMs)
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk
  } catch {
    // we left: what was heard stands
  }
  return text
}
