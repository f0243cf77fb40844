/** The pool of connections to PostgreSQL. */
import knex, { type Knex } from 'knex'
import { knexSnakeCaseMappers } from 'objection'
import pg, { type Client } from 'pg'
import { isIdle, PipelinedClient } from './pipelined-client.ts'

const { builtins } = pg.types

/** `2026-11-21 09:30:00.123456+00` as `2026-11-21T09:30:00.123Z`, without making a Date object for every cell. */
export const isoMoment = (text: string): string => {
  if (!text.endsWith('+00')) return new Date(text).toISOString()
  const fraction = text.slice(20, -3).padEnd(3, '0').slice(0, 3)
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`
}

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, isoMoment],
  [builtins.DATE, (text) => text],
  [builtins.INT8, Number], // counts and event numbers stay far below 2^53
])

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format),
}

/**
 * Opens a pool of at most `max` connections. Nothing here waits for ever: every step has a limit in milliseconds. `tell` hears
 * what Knex has to say, which would go to standard output as plain lines.
 */
export function openPool(url: string, max: number, tell: (sentence: string) => void = () => undefined): Knex {
  return knex({
    client: PipelinedClient,
    connection: {
      connectionString: url,
      application_name: 'mortise-api',
      options: '-c timezone=UTC',
      pipeline: true,
      types,
      keepAlive: true,
      connectionTimeoutMillis: 1_500,
      query_timeout: 6_000, // above the role's statement_timeout, or work would go on that nobody waits for
    } as Knex.PgConnectionConfig,
    ...knexSnakeCaseMappers(), // camelCase in code, snake_case in tables
    acquireConnectionTimeout: 1_500,
    log: { debug: tell, warn: tell, error: tell, deprecate: tell },
    pool: {
      min: 0,
      max,
      idleTimeoutMillis: 60_000,
      propagateCreateError: true,
      validate: (connection: Client) => isIdle(connection),
    },
  } as unknown as Knex.Config)
}
