/** Runs `npm start`'s own script as a child, for those who want a whole product to look at from outside. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { root } from '../setup/home.mjs'
import { endChild } from './run.mjs'

/**
 * Starts a product with this home on a free port. Gives `{ url, seconds, pid, child, stop() }` when its ready line has
 * come. `command` and `options` replace what is run. Errors: it ended or stayed silent for `timeoutMs`; with what it said.
 */
export function startProduct({
  home,
  environment = {},
  timeoutMs = 120_000,
  command = [process.execPath, path.join(root, 'scripts/start.mjs')],
  options = {},
}) {
  const started = performance.now()
  const env = { ...process.env, PORT: '0', MORTISE_HOME: home, ...environment }
  const child = spawn(command[0], command.slice(1), { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options })
  const stop = () => endChild(child, 20_000)
  return new Promise((resolve, reject) => {
    let said = ''
    let isReady = false
    const fail = (why) => reject(new Error(`The product ${why}. It said:\n${said}`))
    const timer = setTimeout(() => void stop().then(() => fail(`was not ready after ${timeoutMs / 1000} s`)), timeoutMs)
    const listen = (text) => {
      said += text
      const url = /^Mortise is ready at (\S+)$/m.exec(said)?.[1]
      if (isReady || !url) return
      isReady = true
      clearTimeout(timer)
      resolve({ url, seconds: (performance.now() - started) / 1000, pid: child.pid, child, stop, said: () => said })
    }
    child.stdout.setEncoding('utf8').on('data', listen)
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text))
    child.once('error', (error) => fail(`could not be started: ${error.message}`))
    child.once('close', (code, by) => {
      clearTimeout(timer)
      fail(`ended (${code ?? by}) before it was ready`)
    })
  })
}
