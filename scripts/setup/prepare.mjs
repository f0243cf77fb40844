/** Everything that has to be there before a server can start: home, dependencies, build, database, secrets. */
import { rmSync } from 'node:fs'
import path from 'node:path'
import { buildIfNeeded } from './build.mjs'
import { bringUp, findServer, without } from './database.mjs'
import { openHome, secretOf } from './home.mjs'
import { installIfNeeded } from './install.mjs'
import { addToNote, noteIn, takeLock } from './lock.mjs'
import { portSentence } from '../process/port-sentence.mjs'
import { freePort, portFrom, whyNotListen } from '../process/ports.mjs'
import { identityOf, signal, waitUntil } from '../process/processes.mjs'
import { say, step } from '../report/progress.mjs'
import { secretFrom } from './secrets.mjs'

/**
 * Gives `{ environment, postgres, note(facts) }` for a server: its whole environment, the handle of the embedded
 * PostgreSQL if there is one, and a way to note facts about the run. What it starts is stopped by `lifecycle`.
 * Errors: sentences that say what to do.
 */
export async function prepare({ lifecycle, home, environment = process.env, parts }) {
  openHome(home)
  const lock = path.join(home, 'running')
  await takeHome({ lifecycle, home, lock })
  const port = await findPort(environment)
  await installIfNeeded()
  const server = findServer({ home, environment })
  lifecycle.atEnd(async () => (await server.catch(() => undefined))?.postgres?.stop()) // registered first: Ctrl-C may come while it starts
  const [building, finding] = await Promise.allSettled([
    buildIfNeeded(parts),
    step('Starting PostgreSQL', () => server, { afterMs: 1_500 }),
  ])
  for (const { reason } of [building, finding]) if (reason) throw reason
  const { adminUrl, postgres } = finding.value
  if (postgres?.place.outside) say(`The data is in ${postgres.place.base}: PostgreSQL runs as the user nobody, who cannot reach ${home}.`)
  const demo = environment.NODE_ENV !== 'production'
  const database = await step('Preparing the database', () => bringUp({ adminUrl, environment, demo }), { afterMs: 1_500 })
  return { environment: serverEnvironment({ home, port, environment, database }), postgres, note: (facts) => addToNote(lock, facts) }
}

async function takeHome({ lifecycle, home, lock }) {
  const before = noteIn(lock)
  if (!takeLock(lock)) {
    const { pid, port } = noteIn(lock) ?? {}
    throw new Error(
      `Mortise is already running from ${home} (process ${pid}${port ? `, http://localhost:${port}` : ''}). ` +
        'Stop it first, or start a second one with data of its own: MORTISE_HOME=.mortise-2 PORT=3001 npm start',
    )
  }
  lifecycle.atEnd(() => rmSync(lock, { force: true }))
  if (before?.server) await endLeftOver(before.server)
}

// The server of a launcher that was killed is on its way out; it still holds the port and connections.
async function endLeftOver({ pid, identity }) {
  const isThere = () => identityOf(pid) === identity
  for (const [name, timeoutMs] of [
    [0, 1_000],
    ['SIGTERM', 10_000],
    ['SIGKILL', 2_000],
  ]) {
    if (isThere()) signal(pid, name)
    if (await waitUntil(() => !isThere(), { timeoutMs })) return
  }
}

// The server has to know its port before it listens, because it tells browsers its own address.
async function findPort(environment) {
  const port = portFrom(environment, 3000) || (await freePort())
  const why = await whyNotListen(port, environment.HOST || '127.0.0.1')
  if (why) throw new Error(portSentence(port, why, environment.HOST))
  return String(port)
}

function serverEnvironment({ home, port, environment, database }) {
  return {
    ...without(environment, ['DATABASE_URL_FILE', 'MIGRATION_DATABASE_URL', 'MIGRATION_DATABASE_URL_FILE', 'TOKEN_SECRET_FILE']),
    NODE_ENV: environment.NODE_ENV || 'development',
    MORTISE_HOME: home,
    PORT: port,
    DATABASE_URL: database.apiUrl,
    TOKEN_SECRET: secretFrom(environment, 'TOKEN_SECRET') ?? secretOf(home, 'token'),
    ...(database.demo && { DEMO_ORGANIZATION: database.demo }),
  }
}
