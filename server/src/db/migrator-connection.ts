/** The one connection of a migrator: it holds the lock, acts as the owner, and gives up rather than block anybody. */
import knexFactory, { type Knex } from 'knex'
import type { Client } from 'pg'
import { sqlState } from './provision-connection.ts'

/** All in milliseconds: for another migrator, for a lock in a migration, for one statement, and for us to go on inside a transaction. */
export type Limits = { turnMs: number; lockMs: number; statementMs: number; idleMs: number }
const standard: Limits = { turnMs: 120_000, lockMs: 5_000, statementMs: 15 * 60_000, idleMs: 60_000 }

/** A Knex with exactly one connection, made ready on first use. Errors then: a sentence when another migrator stays too long or the login is wrong. */
export function openMigrator(url: string, limits: Partial<Limits> = {}): Knex {
  return knexFactory({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: 'mortise-migrator',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    } as Knex.PgConnectionConfig,
    acquireConnectionTimeout: (limits.turnMs ?? standard.turnMs) + 30_000,
    pool: { min: 0, max: 1, idleTimeoutMillis: 24 * 3_600_000, afterCreate: prepare({ ...standard, ...limits }) },
    log: { warn: () => {}, error: () => {}, debug: () => {}, deprecate: () => {} }, // what fails is thrown, and told there
  })
}

const migratorLock = 0x6d6967

type Done = (error: Error | null, client: Client) => void

// In the pool's hook: a connection that breaks is replaced, and the new one must not work before it holds the lock itself.
const prepare = (limits: Limits) => (client: Client, done: Done) => {
  takeOver(client, limits).then(
    () => done(null, client),
    (error: unknown) => done(explain(error), client),
  )
}

async function takeOver(client: Client, limits: Limits): Promise<void> {
  await noticeDeath(client)
  await client.query(`set lock_timeout = ${limits.turnMs}`)
  await client.query('select pg_advisory_lock($1)', [migratorLock])
  await client.query(`
    set role mortise_owner;
    set lock_timeout = ${limits.lockMs};
    set statement_timeout = ${limits.statementMs};
    set idle_in_transaction_session_timeout = ${limits.idleMs};
  `)
}

// The server of a killed migrator goes on with its statement, lock in hand; this ends it within two seconds where it is supported.
async function noticeDeath(client: Client): Promise<void> {
  try {
    await client.query(`set client_connection_check_interval = '2s'`)
  } catch (error) {
    if (sqlState(error) !== '22023') throw error
  }
}

function explain(error: unknown): Error {
  const state = sqlState(error)
  if (state === '55P03') return new Error('Another migrator is at work and does not end.', { cause: error })
  if (state === '42501' || state === '22023') {
    return new Error('This login cannot act as mortise_owner: migrate with the login mortise_migrator.', { cause: error })
  }
  return error instanceof Error ? error : new Error(String(error))
}
