/** Asks a router without a socket: for scratch databases, and for routers that are wrong on purpose. */
import type { AnyRouter } from '@trpc/server'
import { pino } from 'pino'
import { Writable } from 'node:stream'
import { readConfig } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import { problemOf } from '../../src/errors.ts'
import { openResources } from '../../src/resources.ts'
import { createCallerFactory } from '../../src/trpc.ts'
import { roomyLimits } from '../roomy-limits.ts'
import type { Asker } from './reply.ts'

const listenMs = 10

type Callable = Record<string, Record<string, (input: unknown) => Promise<unknown>>>

/** An asker on a database. Close it before the database is dropped. */
export function inProcess(apiUrl: string, router: AnyRouter): Asker & { close(): Promise<void> } {
  const lines: string[] = []
  const sink = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) })
  const secret = 'a secret that is used in tests only, and nowhere else' // that of server.ts: cursors go from one to the other
  const r = openResources(
    readConfig({ NODE_ENV: 'test', DATABASE_URL: apiUrl, DATABASE_POOL: '2', TOKEN_SECRET: secret, ...roomyLimits }),
    pino({ level: 'debug' }, sink),
    new AbortController().signal,
  )
  const callerOf = createCallerFactory(router)
  return {
    name: 'in process',
    ask: async ({ procedure, input, who, headers = {} }) => {
      const gone = new AbortController()
      const begin = lines.length
      const context: Context = {
        r,
        requestId: 'in-process',
        userAgent: '',
        idempotencyKey: headers['idempotency-key'],
        callsInRequest: 1,
        markReplayed: () => undefined,
        clientAddress: '127.0.0.1',
        authenticate: () => ({ userId: who.userId, sessionId: who.sessionId }),
        tellSpent: () => undefined,
        refreshToken: who.cookie.split('=')[1],
        keepRefreshToken: () => undefined,
        dropRefreshToken: () => undefined,
      }
      const [feature = '', verb = ''] = procedure.split('.')
      const reply = (status: number, text: string) => ({ status, headers: '', text, log: lines.slice(begin).join('') })
      try {
        const output = await (callerOf(context, { signal: gone.signal }) as unknown as Callable)[feature]?.[verb]?.(input)
        return reply(200, isStream(output) ? await heard(output, gone) : JSON.stringify(output))
      } catch (error) {
        const { status, problem } = problemOf(error, 'in-process')
        return reply(status, JSON.stringify(problem))
      }
    },
    close: async () => {
      await Promise.all([r.database.close(), r.bus.close(), r.limiter.close()])
    },
  }
}

const isStream = (output: unknown): output is AsyncIterable<unknown> =>
  typeof output === 'object' && output !== null && Symbol.asyncIterator in output

async function heard(events: AsyncIterable<unknown>, gone: AbortController): Promise<string> {
  const said: unknown[] = []
  setTimeout(() => gone.abort(), listenMs)
  for await (const event of events) said.push(event)
  return JSON.stringify(said)
}
