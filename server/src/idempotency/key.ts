/** The `Idempotency-Key` header: what is one, and who may send it. */
import { AppError } from '../errors.ts'

/** Letters, digits and `._:-`, 8 to 64 of them: UUIDs, ULIDs and the like. */
const keyPattern = '[A-Za-z0-9._:-]{8,64}'

/** The draft has it as a string with quotes (RFC 9651, section 3.3.3); nearly every client sends it bare. Both mean the same. */
export const headerPattern = `^(${keyPattern}|"${keyPattern}")$`

const accepted = new RegExp(headerPattern)

type Carried = { idempotencyKey: string | undefined; callsInRequest: number }

/**
 * The key of a request that changes something, without quotes. One key means one effect, so it cannot come with several calls
 * (draft-ietf-httpapi-idempotency-key-header). Costs no database connection. Errors: IDEMPOTENCY_KEY_INVALID.
 */
export function keyOf({ idempotencyKey: given, callsInRequest }: Carried): string | undefined {
  if (given === undefined) return undefined
  if (callsInRequest > 1 || !accepted.test(given)) throw new AppError('IDEMPOTENCY_KEY_INVALID', {})
  return given.replaceAll('"', '')
}

/** For calls without a door, which keep no answers: a promise that is not kept would be worse than none. Errors: IDEMPOTENCY_KEY_INVALID. */
export function refuseKey({ idempotencyKey }: Pick<Carried, 'idempotencyKey'>): void {
  if (idempotencyKey !== undefined) throw new AppError('IDEMPOTENCY_KEY_INVALID', {})
}
