/** The process of the built server: started, awaited, stopped. */
import { spawn } from 'node:child_process'
import { readFileSync, writeSync } from 'node:fs'
import { openLog } from '../setup/home.mjs'
import { endChild, lastLines } from './run.mjs'

/** How long the server may take to answer its last requests. */
const drainMs = 10_000

/**
 * Starts `node ...args` with an IPC channel; it stops itself when that closes. Its log goes to logs/server.log of `home`,
 * its stderr to the console too. Gives `{ pid, ready, ended, stop(), lastLog() }`: `ready` resolves with the port when it
 * serves and rejects when it ends before; `ended` resolves with its exit code.
 */
export function startServer({ home, args, cwd, env }) {
  const log = openLog(home, 'server.log')
  const child = spawn(process.execPath, args, {
    cwd,
    env,
    stdio: ['ignore', log.descriptor, 'pipe', 'ipc'],
    detached: process.platform !== 'win32', // Ctrl-C reaches it once, through us, and not a second time from the terminal
    windowsHide: true,
  })
  child.stderr.on('data', (text) => {
    writeSync(log.descriptor, text)
    process.stderr.write(text)
  })
  const ended = new Promise((resolve) => {
    child.once('close', (code, by) => resolve(code ?? by))
    child.once('error', (error) => resolve(error.message))
  })
  return {
    pid: child.pid,
    ended,
    ready: Promise.race([
      readiness(child),
      ended.then((code) => Promise.reject(new Error(`The server ended (${code}) before it was ready.`))),
    ]),
    stop: () => stop(child),
    log: log.file,
    lastLog: () => lastLines(readFileSync(log.file).subarray(log.from).toString('utf8'), 12),
  }
}

function readiness(child) {
  return new Promise((resolve) => {
    child.on('message', (message) => message?.ready?.port && resolve(message.ready.port))
  })
}

async function stop(child) {
  if (process.platform === 'win32' && child.connected) child.disconnect() // there is no SIGTERM; a closed channel means the same
  else await endChild(child, drainMs)
}
