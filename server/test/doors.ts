/** Calls any procedure through either door, so that a test can ask the same question twice. */
import { calls } from '../src/rest/calls.ts'
import { appRouter } from '../src/router.ts'
import { request, type Answer } from './caller.ts'
import type { TestServer } from './server.ts'

export type Door = 'REST' | 'tRPC'
export type Input = Record<string, unknown>
type Asking = { server: Pick<TestServer, 'url'>; procedure: string; input?: unknown; token?: string; headers?: Record<string, string> }

type Kind = 'query' | 'mutation' | 'subscription'
const definitions = appRouter._def.procedures as unknown as Record<string, { _def: { type: Kind } }>

/** The name and kind of everything that can be asked. */
export const procedures: readonly { name: string; kind: Kind }[] = Object.entries(definitions).map(([name, { _def }]) => ({
  name,
  kind: _def.type,
}))

/** Asks through a door. The body of a tRPC answer is its data, or its problem, so that both doors can be compared. */
export const ask = (door: Door, asking: Asking): Promise<Answer> => (door === 'REST' ? overRest(asking) : overTrpc(asking))

async function overRest({ server, procedure, input = {}, token, headers }: Asking): Promise<Answer> {
  const call = calls.find((one) => one.procedure === procedure)
  if (call === undefined) throw new Error(`${procedure} is no REST call`)
  const fields = { ...(input as Input) }
  const path = call.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const part = String(fields[name])
    delete fields[name]
    return encodeURIComponent(part)
  })
  const takesBody = call.method === 'post' || call.method === 'put'
  const query = takesBody ? '' : new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString()
  return request(server, call.method.toUpperCase(), query === '' ? path : `${path}?${query}`, takesBody ? fields : undefined, {
    ...bearer(token),
    ...headers,
  })
}

async function overTrpc({ server, procedure, input, token, headers }: Asking): Promise<Answer> {
  const isQuery = definitions[procedure]?._def.type === 'query'
  const query = isQuery && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : ''
  const response = await fetch(`${server.url}/trpc/${procedure}${query}`, {
    method: isQuery ? 'GET' : 'POST',
    headers: { 'x-requested-with': 'mortise', ...(isQuery ? {} : { 'content-type': 'application/json' }), ...bearer(token), ...headers },
    ...(isQuery || input === undefined ? {} : { body: JSON.stringify(input) }),
  })
  const body = (await response.json()) as { result?: { data: unknown }; error?: { data: unknown } }
  return { status: response.status, headers: response.headers, body: body.error === undefined ? body.result?.data : body.error.data }
}

export const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` }
