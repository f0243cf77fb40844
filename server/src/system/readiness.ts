/** Whether this process can do its work, and what is missing if it cannot. */
import type { Resources } from '../resources.ts'

type Report = {
  status: 'ready' | 'degraded' | 'unavailable'
  db: 'ok' | 'down'
  redis: 'ok' | 'down' | 'off'
  schema: 'ok' | 'wrong' | 'unknown'
  faults?: string[]
}

const patienceMs = 1_000

/**
 * Asks the dependencies. PostgreSQL and a fitting schema are needed; without Redis the process is degraded and serves on.
 * The catalogue is read until it was found in order once: roles and tables do not change under a running process by accident.
 */
export function readiness(r: Resources): () => Promise<{ fit: boolean; report: Report }> {
  let faultless = false
  return async () => {
    const redis = r.bus.state()
    try {
      if (faultless) await within(r.database.ping())
      else {
        const faults = await within(r.database.faults(), 5 * patienceMs)
        faultless = faults.length === 0
        if (!faultless) {
          r.log.error({ faults }, 'not ready: the database is not as it must be')
          return { fit: false, report: { status: 'unavailable', db: 'ok', redis, schema: 'wrong', faults } }
        }
      }
    } catch (error) {
      r.log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'not ready: the database does not answer')
      return { fit: false, report: { status: 'unavailable', db: 'down', redis, schema: faultless ? 'ok' : 'unknown' } }
    }
    const open = !r.closing.aborted
    return {
      fit: open,
      report: { status: open ? (redis === 'down' ? 'degraded' : 'ready') : 'unavailable', db: 'ok', redis, schema: 'ok' },
    }
  }
}

/** The promise, or a rejection after a while: PostgreSQL can hang as well as die. */
async function within<Result>(promise: Promise<Result>, ms = patienceMs): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
