/** The HTTP server around the app: deadlines and caps that no client can stretch. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { makeApp } from '../app.ts'
import type { Resources } from '../resources.ts'
import { refuseUnreadable } from './unreadable.ts'

export type Limits = {
  /** Until the headers of a request are there. An open connection that says nothing counts as a request that has begun. */
  headersMs: number
  /** Until its body is there too. */
  requestMs: number
  /** Until an answer that has begun is out. Event streams have no end, and wait for their reader by themselves. */
  answerMs: number
  /** How long a connection may wait for its next request. */
  keepAliveMs: number
  /** How often the deadlines are looked at: what is late is cut at most this much later. */
  lookEveryMs: number
  /** Requests that one connection may carry; the last one is answered with `Connection: close`. */
  requestsPerConnection: number
}

/**
 * What every process keeps. 408 comes within 10 s for headers and 30 s for a body. A connection waits longer than the 60 s that
 * proxies (nginx, the load balancers of AWS) keep an idle one, so that it is the proxy who closes: where the server closes
 * first, a request that is on its way at that moment is lost. Node 20 has no other means against that race.
 */
export const usualLimits: Limits = {
  headersMs: 9_000,
  requestMs: 29_000,
  answerMs: 60_000,
  keepAliveMs: 75_000,
  lookEveryMs: 1_000,
  requestsPerConnection: 1_000,
}

/** A server that does not listen yet. Connections beyond `MAX_CONNECTIONS` are closed at once, which the log says once a second. */
export function httpServer(r: Resources, limits: Limits = usualLimits): Server {
  const server = createServer({
    maxHeaderSize: 16_384,
    requireHostHeader: false, // asked for by refuseHostile, in the form of every other refusal
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.lookEveryMs,
  })
  server.maxConnections = r.config.MAX_CONNECTIONS
  server.on('clientError', refuseUnreadable)
  let refused = 0
  server.on('drop', () => {
    if (refused++ > 0) return
    const tell = () => {
      r.log.warn({ refused }, 'connections were refused: MAX_CONNECTIONS is reached')
      refused = 0
    }
    setTimeout(tell, 1_000).unref()
  })
  endLongConnections(server, limits)
  cutSlowReaders(server, limits)
  server.on('request', makeApp(r))
  server.on('checkExpectation', (req, res) => void server.emit('request', req, res)) // may be ignored (RFC 9110, 10.1.1)
  return server
}

/** Node says `Connection: close` with the last answer and then leaves the connection open (tried on Node 20), to refuse whatever follows. */
function endLongConnections(server: Server, { requestsPerConnection }: Limits): void {
  server.maxRequestsPerSocket = requestsPerConnection // what is in the pipe behind the last is not begun
  const count = new WeakMap<Socket, number>()
  server.on('request', ({ socket }, res: ServerResponse) => {
    const requests = (count.get(socket) ?? 0) + 1
    count.set(socket, requests)
    if (requests === requestsPerConnection) res.setHeader('Connection', 'close')
  })
}

/** Node has deadlines for requests and none for answers: who asks for much and reads nothing would keep its memory for ever. */
function cutSlowReaders(server: Server, { answerMs, lookEveryMs }: Limits): void {
  const begunAt = new Map<ServerResponse, number | undefined>()
  server.on('request', (_req, res: ServerResponse) => {
    begunAt.set(res, undefined)
    res.on('close', () => begunAt.delete(res))
  })
  const look = setInterval(() => {
    const now = performance.now()
    for (const [res, since] of begunAt) {
      if (!res.headersSent || String(res.getHeader('content-type')).startsWith('text/event-stream')) continue
      if (since === undefined) begunAt.set(res, now)
      else if (now - since > answerMs) res.destroy()
    }
  }, lookEveryMs).unref()
  server.on('close', () => clearInterval(look))
}
