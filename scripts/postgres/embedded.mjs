/** Starts and stops the embedded PostgreSQL of one home. */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { openHome, openLog } from '../setup/home.mjs'
import { withLock } from '../setup/lock.mjs'
import { freePort } from '../process/ports.mjs'
import { makeCluster, refuseOtherVersion } from './cluster.mjs'
import { placeFor } from './place.mjs'
import { postmasterOf, removeStaleNote } from './postmaster.mjs'
import { postgresEnvironment, programsFor } from './programs.mjs'
import { isAlive, signal, waitUntil } from '../process/processes.mjs'

const startTimeoutMs = 60_000

/**
 * Gives a running PostgreSQL for `home`: the one that still runs, or a new one; the data is made when there is none.
 * `ephemeral` trades safety for speed and removes the data at `stop()`. Gives `{ adminUrl, port, pid, place, reused,
 * log, ended, stop() }`: it listens on 127.0.0.1 only, `ended` resolves when it is gone, `stop()` disconnects everyone
 * and waits. Errors: sentences that say what to do.
 */
export async function startPostgres({ home, ephemeral = false }) {
  openHome(home)
  const place = placeFor(home)
  const programs = programsFor(place.account)
  return await withLock(path.join(place.base, 'postgres.lock'), async () => {
    refuseOtherVersion(place)
    await makeCluster({ place, programs, ephemeral })
    const data = path.join(place.cluster, 'data')
    const found = await runningIn(data)
    const { pid, port, ended } = found ?? (await launch({ home, place, programs, data, ephemeral }))
    const password = readFileSync(path.join(place.cluster, 'superuser.secret'), 'utf8').trim()
    return {
      adminUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      port,
      pid,
      place,
      reused: Boolean(found),
      log: path.join(home, 'logs', 'postgres.log'),
      ended: ended ?? new Promise(() => {}),
      stop: () => stop(pid, ephemeral && place),
    }
  })
}

async function runningIn(data) {
  const found = await waitUntil(
    () => {
      const postmaster = postmasterOf(data)
      return !postmaster ? 'none' : postmaster.status === 'ready' && postmaster
    },
    { timeoutMs: startTimeoutMs },
  )
  if (!found) throw new Error(`PostgreSQL (process ${postmasterOf(data)?.pid}) in ${data} neither serves nor ends. End it and try again.`)
  return found === 'none' ? undefined : found
}

async function launch({ home, place, programs, data, ephemeral }) {
  const end = performance.now() + startTimeoutMs
  for (;;) {
    removeStaleNote(data)
    const log = openLog(home, 'postgres.log')
    const port = await freePort()
    const child = spawn(programs('postgres'), ['-D', data, '-p', String(port), ...settings(ephemeral)], {
      ...place.account,
      cwd: place.cluster,
      env: postgresEnvironment(),
      stdio: ['ignore', log.descriptor, log.descriptor], // not a pipe: it must outlive a killed launcher
      detached: true, // a group of its own: Ctrl-C must reach the server first, and PostgreSQL only when that has drained
      windowsHide: true,
    })
    log.close()
    const ended = new Promise((resolve) => {
      child.once('exit', (code, by) => resolve(code ?? by))
      child.once('error', (error) => resolve(error.message))
    })
    let gone = false
    void ended.then(() => (gone = true))
    const ready = await waitUntil(() => gone || postmasterOf(data)?.status === 'ready', { timeoutMs: end - performance.now(), everyMs: 10 })
    if (ready && !gone) {
      child.unref()
      return { pid: child.pid, port, ended }
    }
    if (child.pid && !gone) await stop(child.pid)
    const text = readFileSync(log.file, 'utf8').slice(log.from)
    if (!passes(text) || performance.now() > end)
      throw new Error(`PostgreSQL does not start. Its log, ${log.file}, ends with:\n${text.split('\n').slice(-12).join('\n')}`)
  }
}

// After a kill -9 its last backends need a moment to go; and a port may be taken between our look and its.
function passes(text) {
  return /pre-existing shared memory block|could not bind|Address already in use/.test(text)
}

function settings(ephemeral) {
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    ...(ephemeral && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function stop(pid, ephemeralPlace) {
  for (const [name, timeoutMs] of [
    ['SIGINT', 8_000],
    ['SIGQUIT', 2_000],
    ['SIGKILL', 2_000],
  ]) {
    signal(pid, name)
    if (await waitUntil(() => !isAlive(pid), { timeoutMs, everyMs: 10 })) break
  }
  if (ephemeralPlace) rmSync(ephemeralPlace.outside ? ephemeralPlace.base : ephemeralPlace.cluster, { recursive: true, force: true })
}
