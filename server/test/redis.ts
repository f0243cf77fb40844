/** A Redis that a test may stop and start again. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { aProxy } from './proxy.ts'

/** Where tests find Redis: the one that `TEST_REDIS_URL` names, a program on the PATH, or nowhere. */
export const redisFrom: 'url' | 'path' | undefined = process.env['TEST_REDIS_URL'] ? 'url' : isOnPath() ? 'path' : undefined

/** The reason for a skip, for the title of what is skipped. */
export const withoutRedis = redisFrom === undefined ? ' (skipped: redis-server is not on the PATH; install it or set TEST_REDIS_URL)' : ''

export type TestRedis = {
  url: string
  /** Takes it away: connections break and new ones are refused. */
  stop(): Promise<void>
  /** Brings it back at the same address. */
  start(): Promise<void>
  close(): Promise<void>
}

/** Gives a Redis that runs: behind a proxy the one that was given, or else one of its own. */
export async function aRedis(): Promise<TestRedis> {
  const given = process.env['TEST_REDIS_URL']
  if (given === undefined || given === '') return await ownRedis()
  const proxy = await aProxy(given)
  return { url: proxy.through(given), stop: () => proxy.vanish(), start: () => proxy.appear(), close: () => proxy.close() }
}

async function ownRedis(): Promise<TestRedis> {
  const port = await freePort()
  let child: ChildProcess | undefined
  const start = async () => {
    child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' })
    for (let left = 200; !(await answers(port)); left--) {
      if (left === 0 || child.exitCode !== null) throw new Error(`redis-server does not answer on port ${port}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const stop = async () => {
    if (child === undefined || child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    child = undefined
  }
  await start()
  return { url: `redis://127.0.0.1:${port}`, start, stop, close: stop }
}

async function freePort(): Promise<number> {
  const proxy = await aProxy('tcp://127.0.0.1:1') // only to be given a port
  await proxy.close()
  return proxy.port
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false // not yet: the caller asks again
  } finally {
    socket.destroy()
  }
}

function isOnPath(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false // the caller says so in a title
  }
}
