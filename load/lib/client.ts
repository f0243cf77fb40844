/** Calls of the API as one person: the token is kept and renewed, and every answer is looked at, not only its status. */
import { check } from 'k6'
import http, { type RefinedResponse } from 'k6/http'
import type { ErrorCode } from '@mortise/shared/errors'
import { answers, reads, shed, writes, wrong } from './metrics.ts'
import type { Guest } from './person.ts'
import { isNothing, isProblem, isSignedIn, type Is } from './shapes.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** What an answer is expected to be: its status, its shape, and what else must hold of it. */
export type Expected<T> = { status: number; is: Is<T>; holds?: (body: T) => boolean }

export type Answer<T> = { body: T; milliseconds: number }

type Client = {
  /** Asks for something. Gives the answer when it is what was expected; otherwise notes it as wrong and gives undefined. */
  read<T>(call: string, path: string, is: Is<T>, holds?: (body: T) => boolean): Answer<T> | undefined
  write<T>(call: string, method: Method, path: string, input: object | undefined, expected: Expected<T>): Answer<T> | undefined
  /** Asks for what must be refused with this status and code of the catalogue. */
  refused(call: string, method: Method, path: string, input: object | undefined, status: number, code: ErrorCode): void
}

const timeout = '10s'
const renewBeforeMs = 60_000

/** Requests to `target` as `person`, or as nobody. */
export function clientOf(target: string, person: Guest | undefined): Client {
  const ask = <T>(call: string, method: Method, path: string, input: object | undefined, expected: Expected<T>) => {
    if (person && Date.parse(person.expiresAt) - Date.now() < renewBeforeMs) renew(target, person)
    return request({ target, token: person?.token, call, method, path, input, expected })
  }
  return {
    read(call, path, is, holds) {
      const answer = ask(call, 'GET', path, undefined, { status: 200, is, ...(holds && { holds }) })
      if (answer) reads.add(1)
      return answer
    },
    write(call, method, path, input, expected) {
      const answer = ask(call, method, path, input, expected)
      if (answer) writes.add(1)
      return answer
    },
    refused(call, method, path, input, status, code) {
      ask(call, method, path, input, { status, is: isProblem, holds: (problem) => problem.error === code })
    },
  }
}

type Asking<T> = {
  target: string
  token?: string | undefined
  cookie?: Guest['cookie'] | undefined
  call: string
  method: Method
  path: string
  input?: object | undefined
  expected: Expected<T>
}

/** One request and the look at its answer. `call` names it in every figure, so that ids do not make a figure each. */
export function request<T>(asking: Asking<T>): (Answer<T> & { response: RefinedResponse<'text'> }) | undefined {
  const { target, token, cookie, call, method, path, input, expected } = asking
  const response = http.request(method, `${target}/api/v1${path}`, input === undefined ? null : JSON.stringify(input), {
    timeout,
    responseType: 'text',
    responseCallback: http.expectedStatuses(expected.status),
    tags: { call, name: call },
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(input !== undefined && { 'content-type': 'application/json' }),
    },
    // a cookie of an earlier answer may lie in the jar: two of one name would be sent
    ...(cookie && { cookies: { [cookie.name]: { value: cookie.value, replace: true } } }),
  })
  const body = bodyOf(response)
  if (isShed(response.status, body)) {
    shed.add(1, { call })
    complain(call, expected.status, response)
    return undefined
  }
  const isRight = check(
    response,
    {
      [`${call}: status ${expected.status}`]: () => response.status === expected.status,
      [`${call}: a body of the right form and content`]: () => expected.is(body) && (expected.holds?.(body) ?? true),
    },
    { call },
  )
  if (isRight) {
    answers.add(1, { call })
    return { body: body as T, milliseconds: response.timings.duration, response }
  }
  wrong.add(1, { call })
  complain(call, expected.status, response)
  return undefined
}

/** A token for ten more minutes. The refresh token works once, so a person must belong to one virtual user only. */
export function renew(target: string, person: Guest): void {
  const { cookie } = person
  const call = 'sessions.refresh'
  const answer = request({ target, cookie, call, method: 'POST', path: '/auth/refresh', expected: { status: 200, is: isSignedIn } })
  if (!answer) return
  person.token = answer.body.token
  person.expiresAt = answer.body.expiresAt
  person.cookie = cookieOf(answer.response) ?? cookie
}

/** The refresh token of an answer; its name depends on whether it came by HTTPS. */
export function cookieOf(response: RefinedResponse<'text'>): Guest['cookie'] | undefined {
  const [name, [cookie] = []] = Object.entries(response.cookies).find(([key]) => key.endsWith('mortise-refresh')) ?? []
  return name !== undefined && cookie ? { name, value: cookie.value } : undefined
}

/** The parsed body, undefined for none; text that is no JSON stays text, which is of no right form. */
function bodyOf({ body }: RefinedResponse<'text'>): unknown {
  if (body === null || body === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

// An honest refusal says so in the words of the catalogue; a gateway's page of HTML does not.
const isShed = (status: number, body: unknown) => (status === 429 || status === 503) && !isNothing(body) && isProblem(body)

let complaints = 0

/** The first unwelcome answers of each virtual user, in words: figures alone help nobody. */
function complain(call: string, status: number, response: RefinedResponse<'text'>): void {
  if (complaints++ >= 2) return
  const got = response.error
    ? `no answer (${response.error})`
    : `${response.status} ${(response.body ?? '').slice(0, 200).replaceAll(/\s+/g, ' ')}`
  console.warn(`${call}: expected ${status}, got ${got}`)
}
