/** Finds out from a data directory which PostgreSQL runs in it. */
import { readFileSync, realpathSync, rmSync } from 'node:fs'
import path from 'node:path'
import { commandLineOf, isAlive } from '../process/processes.mjs'

/** The live main process of this data directory as `{ pid, port, status }`, or undefined. Status: starting, ready, stopping. */
export function postmasterOf(data) {
  const note = noteOf(data)
  return note && isAlive(note.pid) && isPostmaster(note, data) ? note : undefined
}

/**
 * Removes the note of a process that is gone. PostgreSQL does so itself unless the number now belongs to another
 * program, or the directory is a copy of one in use: then it would refuse to start for ever. Call it under the lock.
 */
export function removeStaleNote(data) {
  if (noteOf(data) && !postmasterOf(data)) rmSync(path.join(data, 'postmaster.pid'), { force: true })
}

function noteOf(data) {
  try {
    const [pid, directory, , port, , , , status] = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(pid), directory, port: Number(port), status: status?.trim() || 'starting' }
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

function isPostmaster({ pid, directory }, data) {
  if (process.platform === 'win32') return directory !== undefined
  const command = commandLineOf(pid)
  return Boolean(command?.includes('postgres') && directory && command.includes(directory) && isSame(directory, data))
}

function isSame(a, b) {
  try {
    return realpathSync(a) === realpathSync(b)
  } catch {
    return false // the directory that the note speaks of is gone
  }
}
