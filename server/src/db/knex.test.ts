/** The pool: whoever borrows a connection gets it clean, whatever happened to the borrower before. */
import knex, { type Knex } from 'knex'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { isoMoment, openPool } from './knex.ts'
import { scopes, type Scope } from './scope.ts'

let database: TestDatabase
let pool: Knex
beforeAll(async () => {
  database = await aDatabase()
  pool = openPool(database.apiUrl, 2)
})
afterAll(async () => {
  await pool.destroy()
  await database.drop()
})

type State = { account: string; organization: string; isAlone: boolean }

/** Borrows a connection past every scope and looks at what the last borrower left on it. */
async function borrowed(from: Knex): Promise<State> {
  const connection = (await from.client.acquireConnection()) as Client
  try {
    const { rows } = await connection.query<State>(`
      select coalesce(current_setting('app.account', true), '') as account, coalesce(current_setting('app.organization', true), '') as organization,
             now() = statement_timestamp() and pg_current_xact_id_if_assigned() is null as "isAlone"`)
    return rows[0] as State
  } finally {
    await from.client.releaseConnection(connection)
  }
}

const clean: State = { account: '', organization: '', isAlone: true }

/** Begins by hand, as no code of ours does, and gives the connection back in the middle. */
async function abandon(from: Knex): Promise<void> {
  const connection = (await from.client.acquireConnection()) as Client
  await connection.query('begin')
  await connection.query(`select set_config('app.account', 'somebody', true)`)
  await from.client.releaseConnection(connection)
}

const borrows = 10_000

describe('a connection that was left in a transaction', () => {
  it('is never lent again', async () => {
    await abandon(pool)
    await new Promise((resolve) => setTimeout(resolve, 5)) // time passes, as a transaction by hand would show
    expect(await borrowed(pool)).toEqual(clean)
  })

  describe('in a pool that does not ask', () => {
    let plain: Knex
    afterEach(() => plain.destroy())

    it('is lent with everything on it, which is why ours asks', async () => {
      plain = knex({ client: 'pg', connection: database.apiUrl, pool: { min: 0, max: 1 } })
      await abandon(plain)
      expect(await borrowed(plain)).toMatchObject({ account: 'somebody' })
    })
  })
})

describe('a borrower', () => {
  const faults: Record<string, (scope: Scope, connection: Client) => Promise<unknown>> = {
    'none, and the answer is used': ({ tx }) => tx.raw('select 1'),
    'throws between two statements': ({ tx }) => tx.raw('select 1').then(() => Promise.reject(new Error('thrown'))),
    'throws before any statement': () => Promise.reject(new Error('thrown')),
    'is refused by PostgreSQL': ({ tx }) => tx.raw('select 1/0'),
    'is refused and forgets it': ({ tx }) => tx.raw('select 1/0').catch(() => 'forgotten'),
    'sends what is refused and does not wait': async ({ send }) => send({ text: 'select 1/0', values: [] }),
    'leaves while a statement runs': async ({ tx }) => void tx.raw('select pg_sleep(0.002)').catch(() => undefined),
    'runs out of time': ({ tx }) => tx.raw('set local statement_timeout = 1').then(() => tx.raw('select pg_sleep(1)')),
    'has its client cut off': async ({ tx }, connection) => {
      const answer = tx.raw('select pg_sleep(1)')
      setImmediate(() => (connection as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy())
      await answer
    },
    'has its backend killed': async ({ tx }, connection) => {
      await Promise.all([
        tx.raw('select pg_sleep(1)'),
        administrator.query('select pg_terminate_backend($1)', [(connection as unknown as { processID: number }).processID]),
      ])
    },
  }
  let administrator: Client
  beforeAll(async () => {
    administrator = new Client(database.adminUrl)
    await administrator.connect()
  })
  afterAll(() => administrator.end())

  it(
    `finds no open transaction and no foreign setting after ${borrows} faults of the others, 50 at a time on two connections`,
    { timeout: 300_000 },
    async () => {
      const transact = scopes(pool, () => undefined)
      const felt: Record<string, number> = {}
      const found = new Map<string, number>()
      const names = Object.keys(faults)
      let left = borrows

      const client = async () => {
        while (left-- > 0) {
          const name = names[Math.floor(Math.random() * names.length)] as string
          const mode = Math.random() < 0.5 ? 'read' : 'write'
          const entrance = {
            text: `select set_config('app.account', $1, true), set_config('app.organization', $1, true)`,
            values: [crypto.randomUUID()],
          }
          await transact(mode, entrance, async (scope) => {
            const connection = (await (scope.tx as unknown as { client: Knex.Client }).client.acquireConnection()) as Client
            return faults[name]?.(scope, connection)
          }).catch(() => (felt[name] = (felt[name] ?? 0) + 1))
          const state = JSON.stringify(await borrowed(pool).catch((error: Error) => error.message))
          found.set(state, (found.get(state) ?? 0) + 1)
        }
      }
      await Promise.all(Array.from({ length: 50 }, client))

      const answered = [...found].filter(([state]) => state.startsWith('{')) // a connection that died in between gives no answer, and so no leak
      expect(answered).toEqual([[JSON.stringify(clean), expect.any(Number)]])
      expect(answered[0]?.[1], `of ${borrows} borrowers`).toBeGreaterThan(borrows * 0.95)
      const harmless = new Set(['none, and the answer is used', 'is refused and forgets it', 'leaves while a statement runs'])
      expect(names.filter((name) => !harmless.has(name) && (felt[name] ?? 0) <= 50)).toEqual([])
    },
  )
})

describe('what PostgreSQL writes', () => {
  it.each([
    ['2026-11-21 09:30:00+00', '2026-11-21T09:30:00.000Z'],
    ['2026-11-21 09:30:00.1+00', '2026-11-21T09:30:00.100Z'],
    ['2026-11-21 09:30:00.123456+00', '2026-11-21T09:30:00.123Z'],
    ['2026-11-21 09:30:00.123456+02', '2026-11-21T07:30:00.123Z'],
  ])('reads as a moment on the wire: %s', (text, moment) => expect(isoMoment(text)).toBe(moment))

  it('keeps days as days and counts as numbers', async () => {
    const { rows } = await pool.raw(
      `select date '2026-11-21' as day, 9007199254740991::bigint as count, timestamptz '2026-11-21 10:30+01' as moment`,
    )
    expect(rows).toEqual([{ day: '2026-11-21', count: 9_007_199_254_740_991, moment: '2026-11-21T09:30:00.000Z' }])
  })
})
