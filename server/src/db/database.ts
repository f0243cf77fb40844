/** The database as the rest of the server knows it: scopes to work in, and how it is. */
import type { Client } from 'pg'
import type { Logger } from 'pino'
import { catalogueFaults } from './catalogue.ts'
import { fairGate, type Who } from './fair-gate.ts'
import { openPool } from './knex.ts'
import { provenEntrances } from './proven.ts'
import { scopes, type Entrance, type Transact } from './scope.ts'

export type Database = {
  /** Waits for its turn at the fair gate, unless the caller goes before it comes (`signal`). */
  readonly transact: Transact
  /** The organization that an entrance led to the last time, without asking. Says whose call it is, never who may. */
  organizationOf(entrance: Entrance): string | undefined
  /** Rejects when PostgreSQL does not answer. */
  ping(): Promise<void>
  /** What is wrong with roles or tables, in sentences; empty when all is well. */
  faults(): Promise<string[]>
  close(): Promise<void>
}

const whoseTurn = (organizationId: string | undefined, entrance: Entrance | null): Who => ({
  name: organizationId ?? entrance?.userId ?? 'not signed in',
  isOrganization: organizationId !== undefined,
})

/** Opens the pool; no connection is made before it is needed. `signal` is called after each commit that recorded events. */
export function openDatabase(url: string, poolSize: number, signal: (organizationId: string) => void, log?: Logger): Database {
  const pool = openPool(url, poolSize, (sentence) => log?.debug({ reason: sentence }, 'a connection to PostgreSQL was dropped'))
  const proven = provenEntrances()
  const gate = fairGate({ slots: poolSize })
  const inScope = scopes(pool, signal, proven)
  return {
    transact: (mode, entrance, work, gone) =>
      gate.run(
        () => whoseTurn(proven.organizationOf(entrance), entrance),
        () => inScope(mode, entrance, work),
        gone,
      ),
    organizationOf: proven.organizationOf,
    ping: async () => void (await pool.raw('select 1')),
    faults: async () => {
      const connection = (await pool.client.acquireConnection()) as Client
      try {
        return await catalogueFaults(connection)
      } finally {
        await pool.client.releaseConnection(connection)
      }
    },
    close: () => pool.destroy(),
  }
}
