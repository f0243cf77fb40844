/** Leaving in order: no new work, the current work finished, then everything closed. */
import type { Server, ServerResponse } from 'node:http'

/** Longest time in milliseconds for requests in flight; a supervisor must wait longer than that. */
const longestDrainMs = 8_000

/**
 * Gives the function that stops a server whose streams have been told to end. Until then it knows which answers are open. From
 * then on every answer carries `Connection: close`, so that no caller sends another request into a connection that is about to
 * end; idle connections are closed again and again, because a busy keep-alive connection would be served for ever (tried on
 * Node 20).
 */
export function drainOf(server: Server): () => Promise<void> {
  const open = new Set<ServerResponse>()
  let isDraining = false
  server.prependListener('request', (_req, res: ServerResponse) => {
    open.add(res)
    res.on('close', () => open.delete(res))
    if (isDraining) res.setHeader('Connection', 'close')
  })
  return async () => {
    isDraining = true
    for (const res of open) if (!res.headersSent) res.setHeader('Connection', 'close')
    const closed = new Promise((resolve) => server.close(resolve))
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    const limit = setTimeout(() => server.closeAllConnections(), longestDrainMs)
    await closed
    clearInterval(sweep)
    clearTimeout(limit)
  }
}
