/**
 * A program that calls at a pace until it is told to stop, in a process of its own so that it slows nobody who measures. It gets
 * `{ url, paths, tokens, perSecond, connections }` as a message, and answers `stop` with `{ statuses, ms, perSecond }`: how
 * often each status came, how many milliseconds each call took that was answered 2xx, and the pace that it kept.
 */
import { once } from 'node:events'
import http from 'node:http'

const [{ url, paths, tokens, perSecond, connections }] = await once(process, 'message')
const { hostname, port } = new URL(url)
const agent = new http.Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections })
const [statuses, ms] = [{}, []]
const open = new Set()
const startedAt = performance.now()
let due = 0

// calls are due by the clock, whatever became of those before; one that finds no connection free is not sent
const timer = setInterval(() => {
  for (const now = ((performance.now() - startedAt) / 1_000) * perSecond; due < now; due++) if (open.size < connections) send(due)
}, 2)
process.send('calling')

await once(process, 'message')
clearInterval(timer)
const seconds = (performance.now() - startedAt) / 1_000
for (let left = 500; open.size > 0 && left > 0; left--) await new Promise((resolve) => setTimeout(resolve, 20))
const answered = Object.values(statuses).reduce((sum, times) => sum + times, 0)
process.send({ statuses, ms, perSecond: answered / seconds }, () => process.exit(0))

function send(turn) {
  const since = performance.now()
  const headers = { authorization: `Bearer ${tokens[turn % tokens.length]}` }
  const request = http.request({ hostname, port, agent, headers, path: `/api/v1${paths[turn % paths.length]}` }, (response) => {
    response.resume().once('end', () => note(request, response.statusCode, since))
  })
  open.add(request)
  request.once('error', () => note(request, 'broken', since)).end()
}

function note(request, status, since) {
  open.delete(request)
  statuses[status] = (statuses[status] ?? 0) + 1
  if (status >= 200 && status < 300) ms.push(performance.now() - since)
}
