/** A proxy that makes a good product a bad one: slower, wrong, or gone. For canaries only. */
import { once } from 'node:events'
import http from 'node:http'

/**
 * Starts a proxy in front of `url`. `behave({ method, path, healthMs, count })` says what becomes of each answer: `{ delayMs, status, body, cut }`,
 * all optional; `healthMs` is what `/health` took last and `count` the number of the request. Gives `{ url, stop() }`.
 */
export async function startProxy(url, behave) {
  const agent = new http.Agent({ keepAlive: true })
  let healthMs = 0
  let count = 0
  const server = http.createServer(async (request, response) => {
    try {
      const started = performance.now()
      const answer = await pass({ url, agent, request })
      if (request.url === '/api/v1/health') healthMs = performance.now() - started
      const { delayMs = 0, status, body, cut } = behave({ method: request.method, path: request.url, healthMs, count: ++count }) ?? {}
      if (cut) return void request.socket.destroy()
      await new Promise((resolve) => setTimeout(resolve, delayMs))
      const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers
      response.writeHead(status ?? answer.status, headers).end(body ?? answer.body)
    } catch {
      request.socket.destroy() // who asked sees that nobody answers
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    agent.destroy()
    await closed
  }
  return { url: `http://127.0.0.1:${server.address().port}`, stop }
}

async function pass({ url, agent, request }) {
  const { method, headers } = request
  const onward = http.request(new URL(request.url, url), { agent, method, headers })
  request.pipe(onward)
  const [answer] = await once(onward, 'response')
  return { status: answer.statusCode, headers: answer.headers, body: await bodyOf(answer) }
}

async function bodyOf(message) {
  const parts = []
  for await (const part of message) parts.push(part)
  return Buffer.concat(parts)
}
