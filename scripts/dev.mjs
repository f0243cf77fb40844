/** npm run dev: the server from its sources, started anew at each change, and Vite in front of it. */
import { watch } from 'node:fs'
import path from 'node:path'
import { homeFrom, root } from './setup/home.mjs'
import { main } from './process/lifecycle.mjs'
import { refuseOldNode } from './setup/node-version.mjs'
import { freePort, whyNotListen } from './process/ports.mjs'
import { prepare } from './setup/prepare.mjs'
import { say } from './report/progress.mjs'
import { programOf, run } from './process/run.mjs'
import { startServer } from './process/server-process.mjs'

const webPort = 5173

refuseOldNode()
await main(
  async (lifecycle) => {
    const publicUrl = `http://localhost:${webPort}`
    if (await whyNotListen(webPort, '127.0.0.1'))
      throw new Error(`Port ${webPort} is in use, perhaps by another npm run dev. End that program first.`)
    const port = process.env.PORT || String(await freePort())
    const { environment } = await prepare({
      lifecycle,
      home: homeFrom(process.env),
      environment: { PUBLIC_URL: publicUrl, ...process.env, PORT: port },
      parts: ['server'], // the migrator is run as built; the web app is served from its sources
    })
    if (lifecycle.ending) return
    const restart = keepRunning({ lifecycle, environment })
    watchSources(restart)
    await restart('starting')
    void run(process.execPath, [programOf('vite'), '--port', String(webPort), '--strictPort', '--clearScreen', 'false'], {
      cwd: path.join(root, 'web'),
      env: { ...process.env, MORTISE_SERVER: `http://127.0.0.1:${port}` },
      show: true,
    }).then(({ code }) => lifecycle.ending || (say(`Vite has ended (${code}).`), lifecycle.end(1)))
    process.stdout.write(`Mortise is ready at ${publicUrl}\n`)
  },
  { onSignal: () => process.stderr.isTTY && say('\nStopping Mortise ...') },
)

// Gives a function that stops the running server and starts the next; calls while it does so are answered by one more round.
function keepRunning({ lifecycle, environment }) {
  let server
  let work = Promise.resolve()
  let isWaiting = false
  lifecycle.atEnd(() => server?.stop())
  return (reason) => {
    if (isWaiting) return work
    isWaiting = true
    work = work.then(async () => {
      isWaiting = false
      await server?.stop()
      if (lifecycle.ending) return
      const started = performance.now()
      const args = ['--import', 'tsx', path.join(root, 'server/src/main.ts')]
      server = startServer({ home: environment.MORTISE_HOME, cwd: path.join(root, 'server'), env: environment, args })
      await server.ready.then(
        () => say(`server: ${reason}, ready in ${(performance.now() - started).toFixed(0)} ms`),
        (error) => lifecycle.ending || say(`server: ${error.message} Waiting for a change.\n${server.lastLog()}`),
      )
    })
    return work
  }
}

function watchSources(restart) {
  let timer
  for (const directory of ['server/src', 'shared/src']) {
    watch(path.join(root, directory), { recursive: true }, (event, name) => {
      if (!name?.endsWith('.ts') || name.endsWith('.test.ts')) return
      clearTimeout(timer)
      timer = setTimeout(() => void restart(`${name} has changed`), 80) // editors write a file in several steps
    })
  }
}
