/** Gives the answer of a change again, instead of a second effect, when its request comes again with the same key. */
import { createHmac } from 'node:crypto'
import type { SignedInContext } from '../context.ts'
import type { Scope } from '../db/scope.ts'
import { seal, unseal } from '../tokens/seal.ts'
import { keyOf } from './key.ts'

/** What a procedure gives: `data` is what the caller gets, after the output schema. */
type Result = { ok: true; data: unknown }

/** Runs the work of a change, or gives the answer that it had. To be called inside its scope, behind the entrance. */
export type Once = <R extends Result>(scope: Scope, work: () => Promise<R>) => Promise<R>

const everyTime: Once = (_scope, work) => work()

/**
 * How the work of a request is to be run. A request without a key costs nothing, one with a key a round trip more: the key is
 * claimed before the work, and the answer is kept by a statement that travels with COMMIT, in the same transaction. So either both are
 * there or neither, and a refusal is never kept. Errors: IDEMPOTENCY_KEY_INVALID here; IDEMPOTENCY_KEY_IN_USE,
 * IDEMPOTENCY_KEY_REUSED or ORG_NOT_FOUND (for the answer of an organization that was left since) when it is run.
 */
export function onceFor(ctx: SignedInContext, type: string, path: string, input: unknown): Once {
  const key = type === 'mutation' ? keyOf(ctx) : undefined // asking again is harmless as it is
  if (key === undefined) return everyTime
  const { keys } = ctx.r
  const hash = createHmac('sha256', keys.request)
    .update(`${path}\n${canonical(input)}`)
    .digest()
  const binding = `${ctx.caller.userId} ${key} ${hash.toString('base64url')}`
  return async <R extends Result>(scope: Scope, work: () => Promise<R>) => {
    const { rows } = await scope.tx.raw<{ rows: { response: Buffer | null }[] }>('select app.claim_idempotency_key(?, ?) as response', [
      key,
      hash,
    ])
    const kept = rows[0]?.response ?? null
    if (kept !== null) {
      scope.afterCommit(ctx.markReplayed)
      return { ok: true, data: JSON.parse(unseal(keys.answer, binding, kept)) } as R
    }
    const result = await work()
    scope.send({ text: keep, values: [key, hash, seal(keys.answer, binding, JSON.stringify(result.data))] })
    return result
  }
}

// the organization is the one that the work entered, whichever door it came by
const keep = `
  insert into app.idempotency_keys (user_id, key, organization_id, request_hash, response)
  values (app.current_account(), $1, nullif(current_setting('app.organization', true), '')::uuid, $2, $3)`

/** JSON with sorted keys, because the order of fields means nothing. */
const canonical = (input: unknown): string =>
  JSON.stringify(input, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
