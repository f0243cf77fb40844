/** The tenant scope: what one transaction may see, and the only way to reach the database. */
import type { Knex } from 'knex'
import type { Client, QueryResult } from 'pg'
import type { StreamEvent } from '@mortise/shared/events'
import { AppError, saidByDatabase } from '../errors.ts'
import { provenEntrances, type Proven } from './proven.ts'
import type { ErrorCode } from '@mortise/shared/errors'
import { withOrigin, type Origin } from './origin.ts'

/** A statement with `$1` placeholders. */
export type Statement = { text: string; values: readonly unknown[] }

/** What a service says happened; organization, number, time and actor are filled in by the database. */
export type Announcement = Pick<StreamEvent, 'type' | 'entityId' | 'projectId' | 'version'>

/** One transaction that knows who is asking and, behind an organization's door, for which organization. */
export type Scope = {
  /** For Objection and Knex; closed when the work is done. */
  readonly tx: Knex.Transaction
  /** Sends a statement and does not wait. When PostgreSQL refuses it, the whole work fails with that refusal. */
  send(statement: Statement): void
  /** Records an event in the same transaction and signals it after the commit. Only inside an entered organization. */
  announce(event: Announcement): void
  /** Runs when the transaction has committed, in order. */
  afterCommit(step: () => void): void
}

/**
 * The statement that opens a door, and the parameters of the refusal it may give. With `ref` it leads `userId` into the
 * organization that its answer names in the column `organization`.
 */
export type Entrance = Statement & { userId?: string; ref?: string; refusal?: Record<string, string>; origin?: Origin }

export type Transact = <Result>(
  mode: 'read' | 'write',
  entrance: Entrance | null,
  work: (scope: Scope) => Promise<Result>,
  signal?: AbortSignal,
) => Promise<Result>

/**
 * Makes the function that runs work in a scope of its own. The entrance is sent right behind BEGIN and not waited for: when
 * PostgreSQL refuses it, it refuses all that follows (25P02), and the caller gets the refusal instead of that echo. So a read
 * waits for one round trip and a write for two. `signal` is called after a commit that recorded events. What entrances proved is
 * told to `proven`.
 */
export function scopes(pool: Knex, signal: (organizationId: string) => void, proven: Proven = provenEntrances()): Transact {
  const attempt: Transact = async (mode, entrance, work) => {
    const sent: Promise<unknown>[] = []
    const announced: Announcement[] = []
    const afterCommit: (() => void)[] = []
    let refusal: unknown
    let isOpen = true
    // a scope that was kept would write into the transaction of whoever has the connection next
    const whileOpen =
      <Arguments extends unknown[]>(step: (...given: Arguments) => unknown) =>
      (...given: Arguments): void => {
        if (!isOpen) throw new Error('The scope is closed')
        step(...given)
      }

    const run = async (tx: Knex.Transaction) => {
      const connection = (await (tx as unknown as { client: Knex.Client }).client.acquireConnection()) as Client
      const send = ({ text, values }: Statement) => {
        const answer = connection.query({ text, values: [...values] })
        sent.push(answer.catch((error: unknown) => isEcho(error) || (refusal ??= refusalOf(error, entrance))))
        return answer
      }
      if (entrance) learn(proven, entrance, send(withOrigin(entrance)))
      const result = await work({
        tx,
        send: whileOpen(send),
        announce: whileOpen((event: Announcement) => announced.push(event)),
        afterCommit: whileOpen((step: () => void) => afterCommit.push(step)),
      }).finally(() => (isOpen = false))
      if (announced.length > 0) {
        const answer = send({ text: recordEvents, values: [JSON.stringify(announced)] })
        afterCommit.push(() => void answer.then(({ rows }) => signal((rows[0] as { organization: string }).organization)))
      }
      return result
    }

    let result
    try {
      result = await pool.transaction(run, { readOnly: mode === 'read' })
    } catch (error) {
      await Promise.all(sent)
      throw refusal ?? refusalOf(error, entrance)
    }
    await Promise.all(sent)
    if (refusal !== undefined) throw refusal
    for (const step of afterCommit) step()
    return result
  }
  return (...given) =>
    attempt(...given).catch((error: unknown) => {
      if (!hasLostRace(error)) throw error
      return attempt(...given)
    })
}

/** FORBIDDEN is said to members only, so it takes back nothing; any other refusal of the entrance does. */
function learn(proven: Proven, entrance: Entrance, answer: Promise<QueryResult>): void {
  answer.then(
    ({ rows }) => {
      const { organization } = (rows[0] ?? {}) as { organization?: string | null }
      if (organization) proven.remember(entrance, organization)
    },
    (error: unknown) => {
      if ((error as { code?: unknown }).code !== 'MO403') proven.forget(entrance)
    },
  )
}

/**
 * What was entered vanished while it was worked in, or two waited for each other. Nothing was kept, so the work can begin
 * anew: it succeeds, or the door says what is gone. A forged scope is a defect only if it is one the second time too.
 */
function hasLostRace(error: unknown): boolean {
  const { code, constraint = '', message } = saidByDatabase(error) as { code?: unknown; constraint?: string; message: string }
  if (code === '40001' || code === '40P01') return true
  if (code === '23503') return /_organization_id_fkey$|^tasks_project_fkey$/.test(constraint)
  return code === 'MO500' && message.endsWith('SCOPE_FORGED')
}

const recordEvents = `select app.record_events($1), current_setting('app.organization') as organization`

/** PostgreSQL answers 25P02 to whatever follows a failure: it tells that something failed, and never what. */
const isEcho = (error: unknown) => (error as { code?: unknown }).code === '25P02'

/**
 * The doors raise class MO with a code of the catalogue as the message; anything else is an error like any other. Knex writes
 * its statement before a message, so the code is what the message ends with.
 */
function refusalOf(error: unknown, entrance: Entrance | null): unknown {
  const { code, message, detail } = saidByDatabase(error) as { code?: unknown; message: string; detail?: string }
  if (typeof code !== 'string' || !code.startsWith('MO4')) return error
  const name = /[A-Z_]+$/.exec(message)?.[0] as ErrorCode
  return new AppError(name, { ref: '', ...entrance?.refusal, ...(detail === undefined ? {} : { ref: detail }) } as never)
}
