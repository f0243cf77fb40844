/** npm start: from a checkout to a running Mortise, and back to nothing at Ctrl-C. */
import path from 'node:path'
import { homeFrom, root } from './setup/home.mjs'
import { main } from './process/lifecycle.mjs'
import { refuseOldNode } from './setup/node-version.mjs'
import { portSentence } from './process/port-sentence.mjs'
import { prepare } from './setup/prepare.mjs'
import { identityOf } from './process/processes.mjs'
import { say } from './report/progress.mjs'
import { startServer } from './process/server-process.mjs'

refuseOldNode()
await main(start, { onSignal: () => process.stderr.isTTY && say('\nStopping Mortise ...') })

async function start(lifecycle) {
  const home = homeFrom(process.env)
  const { environment, postgres, note } = await prepare({ lifecycle, home })
  if (lifecycle.ending) return
  const server = startServer({ home, cwd: root, env: environment, args: [path.join(root, 'server/dist/main.js')] })
  lifecycle.atEnd(server.stop)
  note({ server: { pid: server.pid, identity: identityOf(server.pid) } })
  void server.ended.then((code) => lifecycle.ending || reportEnd({ lifecycle, server, code, environment }))
  void postgres?.ended.then(
    (code) =>
      lifecycle.ending ||
      say(`PostgreSQL has ended (${code}). Stop Mortise with Ctrl-C and start it again. The reason is in ${postgres.log}`),
  )
  const port = await server.ready
  note({ port })
  process.stdout.write(`Mortise is ready at http://localhost:${port}\n`)
}

function reportEnd({ lifecycle, server, code, environment }) {
  const log = server.lastLog()
  say(
    log.includes('EADDRINUSE')
      ? portSentence(Number(environment.PORT), 'EADDRINUSE')
      : `The server ended by itself (${code}). Its log, ${server.log}, ends with:\n${log}`,
  )
  return lifecycle.end(1)
}
