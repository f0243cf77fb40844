/** Runs one script of load/ by k6 and says what came of it. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { run } from '../process/run.mjs'
import { root } from '../setup/home.mjs'

/** The scripts of load/, by name. */
export const scripts = ['smoke', 'gate', 'stress', 'soak', 'sign-in', 'stream']

// k6's exit codes (errext/exitcodes): a crossed threshold; the script saw a wrong answer and gave up; it marked the run as failed.
const refusals = new Set([99, 108, 110])

/**
 * Runs `script` (a name or the path of a file) against `target`. `environment` has the script's own settings. Gives `{ verdict, table,
 * said, summary }`: the verdict is `pass`, `refused` or `error`, `table` what people read, `said` the lines beside it, and `summary`
 * the figures, undefined when k6 left none.
 */
export async function runK6({ k6, script, target, environment = process.env }) {
  const place = mkdtempSync(path.join(os.tmpdir(), 'mortise-load-'))
  const file = path.join(place, 'summary.json')
  try {
    const program = scripts.includes(script) ? path.join(root, 'load/scripts', `${script}.ts`) : script
    const args = ['run', '--quiet', '--no-usage-report', '--no-color', '--no-thresholds=false', '--log-format=raw', program]
    const env = { ...trusting(withoutK6(environment), place), TARGET: target, SUMMARY: file }
    const { code, stdout, stderr } = await run(k6, args, { cwd: root, env })
    const summary = summaryIn(file)
    return { verdict: verdictOf(code, summary), code, table: stdout, said: worthSaying(stderr), summary }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** Nothing passes without figures in which every limit was kept, whatever k6 says. */
export function verdictOf(code, summary) {
  if (refusals.has(code)) return 'refused'
  if (code !== 0 || !summary) return 'error'
  return summary.isPassed ? 'pass' : 'refused'
}

// K6_NO_THRESHOLDS, K6_ITERATIONS and their like would make another run of it than the one that was asked for.
function withoutK6(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('K6_')))
}

// Go knows no NODE_EXTRA_CA_CERTS, but it reads a directory beside the authorities of the system.
function trusting(environment, place) {
  const { NODE_EXTRA_CA_CERTS: extra, SSL_CERT_DIR: directories } = environment
  if (!extra) return environment
  copyFileSync(extra, path.join(place, 'authority.pem'))
  return { ...environment, SSL_CERT_DIR: directories ? `${directories}:${place}` : place }
}

function summaryIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // k6 did not come that far
  }
}

// The scripts say themselves what went wrong, and the table which limits were crossed; k6 adds a line for each request that was cut.
function worthSaying(text) {
  return text.split('\n').filter((line) => line !== '' && !/^(Request Failed$|thresholds on metrics|\s+at )/.test(line))
}

/** What a run said, as text of at most ten lines: under stress each virtual user has the same complaint. */
export function textOf(said) {
  const shown = said.length > 10 ? [...said.slice(0, 9), `and ${said.length - 9} more such lines`] : said
  return shown.map((line) => `${line}\n`).join('')
}
