/** A person who calls the REST door. */
import type { SignedIn } from '@mortise/shared/sessions'
import { undocumented } from './documented.ts'
import type { TestServer } from './server.ts'

export type Answer = {
  status: number
  headers: Headers
  // what comes over a wire is unknown until an expectation says what it is
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any
}

export type Caller = {
  userId: string
  token: string
  /** The refresh cookie, as `name=value`. */
  cookie: string
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  delete(path: string, headers?: Record<string, string>): Promise<Answer>
}

/** Sends one request to `/api/v1<path>`. Throws when the answer is not one that the API document names. */
export async function request(
  server: Pick<TestServer, 'url'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const answer: Answer = { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
  const complaint = undocumented(method, path, answer.status, answer.body)
  if (complaint !== undefined) throw new Error(complaint)
  return answer
}

/** A person with a token, or nobody with `undefined`. */
export function callerWith(server: Pick<TestServer, 'url'>, token: string | undefined, userId = '', cookie = ''): Caller {
  const own: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return {
    userId,
    token: token ?? '',
    cookie,
    get: (path, headers) => request(server, 'GET', path, undefined, { ...own, ...headers }),
    post: (path, body = {}, headers) => request(server, 'POST', path, body, { ...own, ...headers }),
    put: (path, body = {}, headers) => request(server, 'PUT', path, body, { ...own, ...headers }),
    delete: (path, headers) => request(server, 'DELETE', path, undefined, { ...own, ...headers }),
  }
}

/** Somebody without a token. */
export const nobody = (server: Pick<TestServer, 'url'>): Caller => callerWith(server, undefined)

/** A new guest. */
export async function aGuest(server: Pick<TestServer, 'url'>): Promise<Caller> {
  const { status, body, headers } = await request(server, 'POST', '/auth/guest')
  if (status !== 201) throw new Error(`No guest: ${status} ${JSON.stringify(body)}`)
  const { token, user } = body as SignedIn
  return callerWith(server, token, user.id, headers.get('set-cookie')?.split(';')[0] ?? '')
}
