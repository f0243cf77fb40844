/** The server as the operating system sees it: a process that is started, told things, and ends with a code. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { roomyLimits } from './roomy-limits.ts'

export type TestProcess = {
  pid: number
  url: string
  /** The log so far, parsed. */
  log(): Record<string, unknown>[]
  signal(name: NodeJS.Signals): void
  /** Lets go of it, as a parent that dies. */
  disconnect(): void
  /** Resolves with code and standard error when it has ended. */
  ended: Promise<{ code: number | null; stderr: string }>
}

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Starts `main.ts` with exactly this environment. Does not wait for anything. */
export function launch(env: Record<string, string>): Omit<TestProcess, 'url'> & { ready: Promise<number> } {
  const child = fork(main, {
    execArgv: ['--import', 'tsx'],
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => void (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (stderr += text))
  // not 'close', which never comes after disconnect() (tried on Node 20)
  const ended = Promise.all([once(child, 'exit'), ...[child.stdout, child.stderr].map((output) => output && once(output, 'end'))]).then(
    ([[code]]) => ({
      code: code as number | null,
      stderr,
    }),
  )
  const listening = new Promise<number>((resolve) =>
    child.on('message', (message) => resolve((message as { ready: { port: number } }).ready.port)),
  )
  const ready = Promise.race([listening, ended.then((end) => Promise.reject(new Error(`The server ended: ${JSON.stringify(end)}`)))])
  ready.catch(() => undefined) // whoever expects it to end does not wait for this
  return {
    pid: child.pid ?? 0,
    ready,
    log: () =>
      stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    signal: (name) => void child.kill(name),
    disconnect: () => child.disconnect(),
    ended,
  }
}

/** Starts the server and resolves when it listens. Errors: how it ended instead. */
export async function aProcess(env: Record<string, string>): Promise<TestProcess> {
  const launched = launch({
    NODE_ENV: 'test',
    PORT: '0',
    LOG_LEVEL: 'info',
    TOKEN_SECRET: 'a secret that is used in tests only, and nowhere else',
    ...roomyLimits,
    ...env,
  })
  const port = await launched.ready
  return { ...launched, url: `http://127.0.0.1:${port}` }
}
