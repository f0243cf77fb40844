/** Holds every REST answer that any test sees against the document: what it does not name must not happen. */
import type { ErrorCode } from '@mortise/shared/errors'
import { calls } from '../src/rest/calls.ts'
import { openApi } from '../src/rest/openapi.ts'

type Responses = Record<string, { description: string }>

const { paths } = openApi() as { paths: Record<string, Record<string, { responses: Responses }>> }

const known = calls.map(({ method, path }) => ({
  method: method.toUpperCase(),
  // the first answer for a path wins in Express too: `/auth/sessions` is no session
  address: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
  responses: paths[path]?.[method]?.responses ?? {},
}))

/** Given before it is known which call was meant, so no call can name them. */
const beforeAnyCall = new Set<ErrorCode>(['HEADERS_TOO_LARGE', 'REQUEST_TIMEOUT', 'ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED'])

/** What is wrong with an answer as far as the document goes; undefined when nothing is, or when no call has this address. */
export function undocumented(method: string, path: string, status: number, body: unknown): string | undefined {
  const address = path.split('?')[0] ?? ''
  const call = known.find((one) => one.method === method && one.address.test(address === '' ? '/' : address))
  if (call === undefined) return undefined
  const error = typeof body === 'object' && body !== null && 'error' in body ? (body.error as ErrorCode) : undefined
  if (error !== undefined && beforeAnyCall.has(error)) return undefined
  const response = call.responses[status]
  if (response === undefined) return `${method} ${address} answered ${status} ${error ?? ''}, and the document does not say that it can`
  if (error !== undefined && !response.description.includes(`\`${error}\``))
    return `${method} ${address} answered ${error}, and the document names only ${response.description} for ${status}`
  return undefined
}
