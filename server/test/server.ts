/** The product as a caller meets it: the real app on a real socket, with a database of its own. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { readConfig } from '../src/config.ts'
import { httpServer, usualLimits, type Limits } from '../src/http/server.ts'
import { openResources, type Resources } from '../src/resources.ts'
import { aDatabase, type TestDatabase } from './database.ts'
import { roomyLimits } from './roomy-limits.ts'

export type TestServer = {
  /** Address without a path. */
  url: string
  r: Resources
  database: TestDatabase
  /** What was logged, parsed. */
  log: Record<string, unknown>[]
  close(): Promise<void>
}

type Wishes = { env?: Record<string, string>; database?: TestDatabase; limits?: Partial<Limits> }

/**
 * Starts the app. `env` adds to or overrides the configuration; `database` shares one that exists already, and is then left alone
 * at the end; `limits` makes deadlines short that a test cannot wait for.
 */
export async function aServer({ env = {}, database, limits = {} }: Wishes = {}): Promise<TestServer> {
  const own = database ?? (await aDatabase())
  const log: Record<string, unknown>[] = []
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: own.apiUrl,
    TOKEN_SECRET: 'a secret that is used in tests only, and nowhere else',
    ...roomyLimits,
    ...env,
  })
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      log.push(JSON.parse(chunk.toString()) as Record<string, unknown>)
      done()
    },
  })
  const closing = new AbortController()
  const r = openResources(config, pino({ level: 'debug' }, sink), closing.signal)
  const server = httpServer(r, { ...usualLimits, ...limits }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    r,
    database: own,
    log,
    close: async () => {
      closing.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await Promise.all([r.database.close(), r.bus.close(), r.limiter.close()])
      if (database === undefined) await own.drop()
    },
  }
}
