/** What can be learned about a process from its number, and how to wait for it. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** True while a process with this number exists, whoever owns it. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
  return !isZombie(pid)
}

/**
 * A word that no later process with the same number shares: the system gives numbers out again, after a restart of a
 * container even the very same ones. Undefined when there is no such process.
 */
export function identityOf(pid) {
  if (!isAlive(pid)) return undefined
  if (process.platform === 'linux') {
    const stat = linuxStat(pid)
    return stat && `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${stat[19]}`
  }
  return process.platform === 'win32' ? 'unknown' : ask('ps', ['-o', 'lstart=', '-p', String(pid)])
}

/** The command line of a process as one string, or undefined when it is gone or may not be read. */
export function commandLineOf(pid) {
  if (process.platform !== 'linux') return ask('ps', ['-ww', '-o', 'command=', '-p', String(pid)])
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined
  } catch {
    return undefined // ended between two looks
  }
}

/** Waits until `condition()` holds. Gives its value, or undefined when it did not hold within `timeoutMs`. */
export async function waitUntil(condition, { timeoutMs, everyMs = 20 }) {
  const end = performance.now() + timeoutMs
  for (;;) {
    const value = await condition()
    if (value) return value
    if (performance.now() >= end) return undefined
    await sleep(everyMs)
  }
}

/** Sends a signal; a process that has already ended is not an error. */
export function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

// A child that ended but was not collected (containers without an init) still answers to signal 0.
function isZombie(pid) {
  return process.platform === 'linux' && linuxStat(pid)?.[0] === 'Z'
}

// Fields of /proc/<pid>/stat from the third on; the second holds the program's name, which may contain anything.
function linuxStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined // ended between two looks
  }
}

function ask(command, args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined
  } catch {
    return undefined // ps and tasklist answer with a failure when there is no such process
  }
}
