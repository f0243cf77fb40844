/** A TCP proxy that is slow, frozen, cut or gone on command: what a network does to a server, without a network. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Which end a chunk came from: whoever connected, or the server behind. */
export type Side = 'client' | 'server'

/** Sees every chunk of one connection and decides when it goes on, or breaks the connection. */
export type Tap = (side: Side, chunk: Buffer, pass: () => void, cut: () => void) => void

export type Proxy = {
  port: number
  /** A URL of the server behind, by way of the proxy. */
  through(url: string): string
  /** Sends new connections to another server. */
  aim(url: string): void
  /** Delays every chunk by this many milliseconds, each way. */
  slow(ms: number): void
  /** Holds everything back, as a server that hangs. */
  freeze(): void
  /** Lets go what was held and what comes. */
  thaw(): void
  /** Breaks every open connection; gives how many. */
  cut(): number
  /** Breaks every connection and refuses new ones, as a server that is stopped. */
  vanish(): Promise<void>
  /** Takes connections again, on the same port. */
  appear(): Promise<void>
  /** Connections taken, chunks held, connections broken: a fault test proves with them that the fault was felt. */
  felt: { connections: number; held: number; broken: number }
  close(): Promise<void>
}

/** Starts a proxy in front of the server that `url` names. `tapOf` is asked for a tap for each connection. */
export async function aProxy(url: string, tapOf?: () => Tap): Promise<Proxy> {
  const felt = { connections: 0, held: 0, broken: 0 }
  const pairs = new Set<[Socket, Socket]>()
  const held: (() => void)[] = []
  let target = new URL(url)
  let delayMs = 0
  let frozen = false

  const deliver = (pass: () => void) => {
    if (frozen || held.length > 0) {
      felt.held++
      held.push(pass)
    } else if (delayMs > 0) setTimeout(pass, delayMs)
    else pass()
  }

  const join = (client: Socket) => {
    felt.connections++
    const server = connect({ host: target.hostname, port: Number(target.port), noDelay: true })
    client.setNoDelay(true)
    const pair: [Socket, Socket] = [client, server]
    pairs.add(pair)
    const cutThis = () => {
      if (!pairs.delete(pair)) return
      for (const socket of pair) socket.resetAndDestroy()
      felt.broken++
    }
    const tap = tapOf?.() ?? ((_side, _chunk, pass) => pass())
    const pump = (side: Side, from: Socket, to: Socket) => {
      from.on('data', (chunk: Buffer) => deliver(() => tap(side, chunk, () => void (to.destroyed || to.write(chunk)), cutThis)))
      from.on('error', () => undefined) // 'close' follows and says the same
      from.on('close', () => {
        pairs.delete(pair)
        to.destroy()
      })
    }
    pump('client', client, server)
    pump('server', server, client)
  }

  const listener = createServer(join).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo

  const cut = () => {
    const count = pairs.size
    for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy()
    felt.broken += count
    return count
  }
  const vanish = async () => {
    const closed = new Promise((resolve) => listener.close(resolve))
    cut()
    await closed
  }

  return {
    port,
    through: (given) => {
      const address = new URL(given)
      address.hostname = '127.0.0.1'
      address.port = String(port)
      return address.href
    },
    aim: (next) => void (target = new URL(next)),
    slow: (ms) => void (delayMs = ms),
    freeze: () => void (frozen = true),
    thaw: () => {
      frozen = false
      for (const pass of held.splice(0)) pass()
    },
    cut,
    vanish,
    appear: async () => {
      listener.listen(port, '127.0.0.1')
      await once(listener, 'listening')
    },
    felt,
    close: async () => {
      held.length = 0
      if (listener.listening) await vanish()
    },
  }
}
