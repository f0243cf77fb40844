/** A lock between processes that a killed holder does not leave behind. */
import { linkSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { identityOf, waitUntil } from '../process/processes.mjs'

/**
 * Runs `work` while no other process holds `file`. Waits up to `timeoutMs` (default two minutes) for a live holder;
 * the lock of a dead one is taken over. Errors: a sentence that names the holder.
 */
export async function withLock(file, work, { timeoutMs = 120_000, everyMs = 50 } = {}) {
  const taken = await waitUntil(() => takeLock(file), { timeoutMs, everyMs })
  if (!taken) throw new Error(`Process ${holderOf(file)?.pid} has been holding ${file} for too long. End it and try again.`)
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

/** Takes the lock and notes `facts` in it. False when a live process has it. Release it by removing the file. */
export function takeLock(file, facts = {}) {
  const draft = `${file}.${process.pid}`
  const note = { pid: process.pid, identity: identityOf(process.pid), place: placeOf(file), ...facts }
  writeFileSync(draft, JSON.stringify(note), { mode: 0o600 })
  try {
    if (noteIn(file) && !holderOf(file)) putAside(file)
    linkSync(draft, file) // unlike a write, a link is there whole or not at all, and only one process succeeds
    return true
  } catch (error) {
    if (error.code === 'EEXIST' || error.code === 'ENOENT') return false // somebody was quicker
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Adds facts to the note of a lock that this process holds. */
export function addToNote(file, facts) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ ...noteIn(file), ...facts }), { mode: 0o600 })
  renameSync(draft, file)
}

/** What the live holder noted (`pid`, `identity` and its facts), or undefined when nobody holds the lock. */
export function holderOf(file) {
  const note = noteIn(file)
  // A copied directory brings the lock of the original along: its holder is alive, but not here.
  return note?.place === placeOf(file) && identityOf(note.pid) === note.identity ? note : undefined
}

/** What the last holder noted, alive or not. */
export function noteIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // absent, or torn by a full disk: nobody holds it
  }
}

function placeOf(file) {
  return path.join(realpathSync(path.dirname(file)), path.basename(file))
}

// Between our look and our hand another process may have taken the lock: what we hold then is alive and goes back.
function putAside(file) {
  const aside = `${file}.stale-${process.pid}`
  renameSync(file, aside)
  const note = noteIn(aside)
  if (note?.place === placeOf(file) && identityOf(note.pid) === note.identity) linkSync(aside, file)
  rmSync(aside)
}
