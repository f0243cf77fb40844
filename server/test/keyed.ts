/** Calls with an idempotency key, the way callers are told to make them. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Answer, Caller } from './caller.ts'
import { ask, type Door, type Input } from './doors.ts'
import type { TestServer } from './server.ts'

export type Keyed = {
  server: Pick<TestServer, 'url'>
  door: Door
  who: Pick<Caller, 'token'>
  procedure: string
  input: Input
  key: string
}

/** One call with a key. */
export const askOnce = ({ server, door, who, procedure, input, key }: Keyed): Promise<Answer> =>
  ask(door, { server, procedure, input, token: who.token, headers: { 'idempotency-key': key } })

/**
 * Calls until the answer is one about the request: "in use" (an earlier one with this key is still ending) and "unavailable" (the
 * pool lends a connection whose end it has not heard of yet) both say to send the same again.
 */
export async function askWithKey(keyed: Keyed): Promise<Answer> {
  for (;;) {
    const answer = await askOnce(keyed)
    if (!['IDEMPOTENCY_KEY_IN_USE', 'UNAVAILABLE'].includes(answer.body?.error)) return answer
    await pause(20) // `Retry-After` says seconds; a test need not be so patient
  }
}

export const isReplayed = ({ headers }: Answer): boolean => headers.get('idempotency-replayed') === 'true'

/** What must be the same in every answer to one key. */
export const plain = ({ status, headers, body }: Answer) => ({ status, location: headers.get('location'), body: body as unknown })

/** SQL of an administrator: a row in the name of each person, where a test needs rows and no answers. */
export const anAnswerForEverybody = `
  insert into app.idempotency_keys (user_id, key, request_hash, response) select id, 'key-' || id, sha256('a request'), 'sealed' from app.users`
