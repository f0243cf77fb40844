/** Counts what passed, failed and was skipped over all steps of a test run. */
import { existsSync, readFileSync } from 'node:fs'

/** Gives a tally: `step`, `tests` and `skip` add to it, `report` prints it, `isGood` judges it. */
export function makeTally({ skipsForbidden, out = process.stdout }) {
  const lines = []
  const skips = []
  const total = { passed: 0, failed: 0 }
  const add = (name, counts, seconds, note = '') => {
    total.passed += counts.passed
    total.failed += counts.failed
    lines.push(
      `${name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s  ${counts.passed} passed, ${counts.failed} failed${note && `  (${note})`}`,
    )
  }
  return {
    /** Runs one step that passes or fails as a whole. Gives true when it passed. */
    async step(name, work) {
      const { error, seconds } = await attempt(work)
      add(name, { passed: error ? 0 : 1, failed: error ? 1 : 0 }, seconds, error?.message)
      if (error) out.write(`${name}: ${error.message}\n`)
      return !error
    },
    /** Runs vitest, which leaves its figures in `report`. A run that ends badly without a failing test counts as one failure. */
    async tests(name, report, work) {
      const { error, seconds } = await attempt(work)
      const counts = countsIn(report)
      if (error && counts.failed === 0) counts.failed = 1
      if (!error && counts.passed + counts.failed === 0) counts.failed = 1 // a run of nothing proves nothing
      for (const title of counts.skipped) this.skip(title, 'the test itself says so')
      add(name, counts, seconds)
    },
    /** Notes that something could not run, visibly. */
    skip(what, reason) {
      skips.push(`skipped: ${what}, because ${reason}`)
      out.write(`${skips.at(-1)}\n`)
    },
    isGood: () => total.failed === 0 && !(skipsForbidden && skips.length > 0),
    report() {
      out.write(`\n${lines.join('\n')}\n`)
      for (const line of skips) out.write(`${line}\n`)
      if (skips.length) out.write(`${skips.length} skipped${skipsForbidden ? ', and here nothing may be skipped' : ''}\n`)
      out.write(`${total.passed} passed, ${total.failed} failed\n`)
    },
  }
}

async function attempt(work) {
  const started = performance.now()
  const error = await work().then(
    () => undefined,
    (reason) => reason,
  )
  return { error, seconds: (performance.now() - started) / 1000 }
}

function countsIn(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: [] }
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const tests = testResults.flatMap((file) => file.assertionResults)
  // A file that cannot even be loaded has no failing test, only a failing suite.
  const failed = numFailedTests || (numFailedTestSuites > 0 ? 1 : 0)
  return {
    passed: numPassedTests,
    failed,
    skipped: tests.filter((test) => ['pending', 'skipped', 'todo'].includes(test.status)).map((test) => test.fullName),
  }
}
