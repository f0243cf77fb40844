/** What a long-running script has to undo at its end, whatever ends it: Ctrl-C, SIGTERM, the death of npm, an error. */
import { endRunning } from './run.mjs'

/**
 * Gives `{ atEnd(fn), end(code), ending }`. `atEnd` registers what to undo, last first; `end` undoes it once and exits.
 * SIGINT, SIGTERM and SIGHUP end with code 0 (`signalCode` says otherwise); repeated ones change nothing, because a terminal
 * and npm both pass on the same Ctrl-C.
 */
export function makeLifecycle({ signalCode = 0, onSignal = () => {} } = {}) {
  const undo = []
  const lifecycle = {
    ending: false,
    atEnd: (fn) => undo.push(fn),
    async end(code) {
      if (lifecycle.ending) return
      lifecycle.ending = true
      await endRunning()
      for (const fn of undo.reverse()) {
        try {
          await fn()
        } catch (error) {
          process.stderr.write(`${error.message}\n`) // the rest still has to be undone
          code ||= 1
        }
      }
      process.exit(code)
    },
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      if (lifecycle.ending) return
      onSignal(name)
      void lifecycle.end(signalCode)
    })
  }
  watchNpm(() => lifecycle.end(signalCode))
  return lifecycle
}

/** Runs `work(lifecycle)`; an error ends the script with its sentence and code 1. */
export async function main(work, options) {
  const lifecycle = makeLifecycle(options)
  try {
    await work(lifecycle)
  } catch (error) {
    if (lifecycle.ending) return // what we ended ourselves complains about it
    process.stderr.write(`\n${process.env.DEBUG ? error.stack : error.message}\n`)
    await lifecycle.end(1)
  }
}

// A killed npm tells nobody; without this its `npm start` would go on for ever.
function watchNpm(end) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && end(), 500).unref()
}
