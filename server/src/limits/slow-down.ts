/** Makes refusals slow, for those who do not wait by themselves. */
import { setTimeout as sleep } from 'node:timers/promises'

/** The least that `Retry-After` asks for. */
const refusalMs = 1_000

/**
 * Waits before a refusal is said, unless the caller goes first. Whoever asks again at once then gets one refusal a second over each
 * connection, however fast they are: refusing costs little, but a flood of refusals keeps others waiting for the processor.
 */
export const slowDown = (signal?: AbortSignal): Promise<void> =>
  sleep(refusalMs, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) }).catch(() => undefined)
