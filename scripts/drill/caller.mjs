/**
 * A program that calls at a pace until it is told to stop, in a process of its own so that it slows nobody who measures. It gets
 * `{ url, paths, tokens, perSecond, connections }` as a message, and answers `stop` with `{ statuses, ms }`: how often each
 * status came, and how long each call took that was answered 2xx.
 */
import http from 'node:http'

process.once('message', ({ url, paths, tokens, perSecond, connections }) => {
  const { hostname, port } = new URL(url)
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections })
  const statuses = {}
  const ms = []
  const startedAt = performance.now()
  let sent = 0
  let open = 0

  const note = (status, since) => {
    open--
    statuses[status] = (statuses[status] ?? 0) + 1
    if (status >= 200 && status < 300) ms.push(performance.now() - since)
  }
  const call = (turn) => {
    const since = performance.now()
    const headers = { authorization: `Bearer ${tokens[turn % tokens.length]}` }
    const request = http.request({ hostname, port, agent, headers, path: `/api/v1${paths[turn % paths.length]}` }, (response) => {
      response.resume().once('end', () => note(response.statusCode, since))
    })
    request.once('error', () => note('broken', since)).end()
    open++
  }
  // calls are due by the clock, whatever became of those before; what finds no connection free is not sent
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond)
    for (; sent < due; sent++) if (open < connections) call(sent)
  }, 2)

  process.once('message', async () => {
    clearInterval(timer)
    for (let left = 500; open > 0 && left > 0; left--) await new Promise((resolve) => setTimeout(resolve, 20))
    process.send({ statuses, ms, perSecond: sum(Object.values(statuses)) / ((performance.now() - startedAt) / 1_000) }, () =>
      process.exit(0),
    )
  })
  process.send('calling')
})

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)
