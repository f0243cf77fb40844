/** A Redis of its own for one test run. */
import { spawn } from 'node:child_process'
import net from 'node:net'
import os from 'node:os'
import { freePort } from './ports.mjs'
import { waitUntil } from './processes.mjs'
import { endChild, onPath } from './run.mjs'

/** Starts redis-server on a free port of 127.0.0.1, keeping nothing. Gives `{ url, stop() }`, or undefined where it is not installed. */
export async function startRedis() {
  const program = onPath('redis-server', 'valkey-server')
  if (!program) return undefined
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', os.tmpdir()]
  const child = spawn(program, args, { stdio: 'ignore', detached: true, windowsHide: true })
  child.once('error', () => {}) // it then never answers, which is reported below
  const stop = () => endChild(child, 3_000)
  if (await waitUntil(() => answers(port), { timeoutMs: 5_000 })) return { url: `redis://127.0.0.1:${port}`, stop }
  await stop()
  throw new Error(`${program} does not answer on port ${port}. Try it by hand, or set TEST_REDIS_URL to a Redis that may be emptied.`)
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.once('data', (data) => resolve(String(data).startsWith('+PONG')) || socket.destroy())
    socket.once('error', () => resolve(false))
    socket.setTimeout(1_000, () => resolve(false) || socket.destroy())
  })
}
