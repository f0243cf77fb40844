/** A Knex client for PostgreSQL whose transactions do not wait where there is nothing to learn. */
import { createRequire } from 'node:module'
import type { Duplex } from 'node:stream'
import type { Knex } from 'knex'
import type { Client } from 'pg'

// Knex exports neither class, so they are reached by path; the round-trip test fails when an update moves them.
const require = createRequire(import.meta.url)
const PgClient = require('knex/lib/dialects/postgres') as new (config: Knex.Config) => object
const PgTransaction = require('knex/lib/dialects/postgres/execution/pg-transaction') as new (...args: unknown[]) => KnexTransaction

type KnexTransaction = {
  readOnly: boolean
  _completed: boolean
  _resolver: (value: unknown) => void
  _rejecter: (error: unknown) => void
}

/** Connections that are inside a transaction of ours. */
const busy = new WeakSet<Client>()

/** Ends of transactions that were sent and not answered yet; whatever is sent next queues behind them. */
const ending = new WeakMap<Client, Promise<unknown>>()

/**
 * Whether a pooled connection may be lent: it still leads somewhere, and it is not in the middle of anybody's transaction, ours or
 * one that was begun by hand. pg would hand it out without a word (tried).
 */
export const isIdle = (connection: Client) =>
  streamOf(connection).writable && !busy.has(connection) && (ending.has(connection) || (connection.getTransactionStatus() ?? 'I') === 'I')

const streamOf = (connection: Client) => (connection as unknown as { connection: { stream: Duplex } }).connection.stream

const drop = (connection: Client) => void streamOf(connection).destroy()

/**
 * Ends the transaction. Its own answer is the proof, `ROLLBACK` too; a connection without one is of no use to the next borrower.
 * The status of the connection proves nothing here: it may be that of the next transaction already (tried).
 */
async function end(connection: Client, statement: 'COMMIT' | 'ROLLBACK'): Promise<string> {
  const answer = connection.query(statement)
  ending.set(connection, answer)
  busy.delete(connection)
  try {
    return (await answer).command
  } catch (error) {
    drop(connection)
    throw error
  } finally {
    if (ending.get(connection) === answer) ending.delete(connection)
  }
}

/** BEGIN is sent and not waited for; the end of a read and the undoing of a write neither. Only COMMIT of a write is. */
class PipelinedTransaction extends PgTransaction {
  begin(connection: Client) {
    busy.add(connection)
    // a failed BEGIN fails every statement behind it as well, so nobody is left without the news
    connection.query(this.readOnly ? 'BEGIN READ ONLY' : 'BEGIN').catch(() => drop(connection))
    return Promise.resolve()
  }

  async commit(connection: Client, value: unknown) {
    this._completed = true
    const ended = end(connection, 'COMMIT')
    if (this.readOnly) {
      ended.catch(() => drop(connection))
      this._resolver(value)
      return
    }
    try {
      // PostgreSQL answers the COMMIT of a failed transaction with ROLLBACK, not with an error
      if ((await ended) === 'ROLLBACK') this._rejecter(new Error('The transaction had failed and was rolled back'))
      else this._resolver(value)
    } catch (error) {
      this._rejecter(error)
    }
  }

  rollback(connection: Client, error: unknown) {
    this._completed = true
    end(connection, 'ROLLBACK').catch(() => drop(connection))
    this._rejecter(error)
    return Promise.resolve()
  }
}

/** To be given to Knex as `client`, with `pipeline: true` in its connection settings. */
export class PipelinedClient extends PgClient {
  transaction(...args: unknown[]) {
    return new PipelinedTransaction(this, ...args)
  }
}
Object.assign(PipelinedClient.prototype, { dialect: 'postgresql', driverName: 'pg' })
