/** Where a change comes from, for the audit trail: told to the transaction together with its entrance. */
import type { Statement } from './scope.ts'

/** What is known of a request beside who asks; `session` is missing where nobody is signed in yet. */
export type Origin = { request: string; procedure: string; address: string; userAgent: string; session?: string }

const setting = (place: number) => `set_config('app.origin', $${place}, true)`

/** Tells the transaction where it comes from. For one that begins without an entrance. */
export const cameFrom = (origin: Origin): Statement => ({ text: `select ${setting(1)}`, values: [JSON.stringify(origin)] })

/** An entrance that tells it on its way in: the same statement, so nobody waits for it. */
export function withOrigin({ text, values, origin }: Statement & { origin?: Origin | undefined }): Statement {
  if (origin === undefined) return { text, values }
  return { text: `${text}, ${setting(values.length + 1)}`, values: [...values, JSON.stringify(origin)] }
}
