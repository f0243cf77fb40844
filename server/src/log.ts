/** The log: one JSON line for each thing that happened, on standard output. */
import { pino, type Logger } from 'pino'

/** Lines are buffered and written asynchronously; `flush` before the process ends. */
export function openLog(level: string): { log: Logger; flush: () => void } {
  const destination = pino.destination({ dest: 1, sync: false, minLength: 4_096 })
  const timer = setInterval(() => destination.flush(), 500).unref()
  const log = pino(
    { level, base: { service: 'mortise' }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    destination,
  )
  return {
    log,
    flush: () => {
      clearInterval(timer)
      destination.flushSync()
    },
  }
}
