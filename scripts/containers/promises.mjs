/** Keeps the list of what was promised and whether it was kept, and prints each as it is found out. */

/** Gives `{ promise, part, counts }`. `part` names a group, measures it, and counts what it throws as one broken promise. */
export function makePromises(out = process.stdout) {
  const counts = { passed: 0, failed: 0 }
  const promise = (text, isKept, figure = '') => {
    counts[isKept ? 'passed' : 'failed'] += 1
    out.write(`${isKept ? 'ok    ' : 'FAILED'} ${text}${figure === '' ? '' : `: ${figure}`}\n`)
    return isKept
  }
  const part = async (name, work) => {
    const started = performance.now()
    out.write(`--- ${name}\n`)
    try {
      return await work()
    } catch (error) {
      promise(`${name} comes to its end`, false, error.stack ?? String(error))
    } finally {
      out.write(`    ${name} took ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
    }
  }
  return { promise, part, counts }
}
