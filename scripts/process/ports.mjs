/** Which TCP ports of this machine are free. */
import net from 'node:net'

/** A port that was free a moment ago on 127.0.0.1. Another program may take it first: be ready to ask again. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/** Undefined when `port` can be listened on, otherwise the system's code: EADDRINUSE, EACCES, EADDRNOTAVAIL ... */
export function whyNotListen(port, host) {
  return new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', (error) => resolve(error.code))
    probe.listen({ port, host: host || undefined }, () => probe.close(() => resolve(undefined)))
  })
}

/** Reads PORT. Errors: a plain sentence when it is not a port number. */
export function portFrom(environment, otherwise) {
  const text = environment.PORT?.trim()
  if (!text) return otherwise
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port
  throw new Error(`PORT is "${text}". It must be a whole number from 0 to 65535, for example PORT=3001.`)
}
