/** Keyset pages: walked to the end they show every row once, whatever the order and the ties. */
import { createSecretKey } from 'node:crypto'
import knex, { type Knex } from 'knex'
import { Model } from 'objection'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { turnOf } from '../tokens/cursor.ts'
import { contains, pageOf, type Order } from './pages.ts'

class Fruit extends Model {
  static override tableName = 'fruits'
  declare id: number
  declare name: string
}

const key = createSecretKey(Buffer.alloc(32, 7))
const names = ['apple', 'Äpfel', 'banana', '100%', '100x', 'a_b', 'axb', String.raw`back\slash`, 'banana', 'banana']

let database: TestDatabase
let connection: Knex
beforeAll(async () => {
  database = await aDatabase()
  connection = knex({ client: 'pg', connection: database.adminUrl, pool: { min: 0, max: 1 } })
  await connection.raw('create table fruits (id integer primary key, name text not null)')
  await connection('fruits').insert(names.map((name, at) => ({ id: at + 1, name })))
})
afterAll(async () => {
  await connection.destroy()
  await database.drop()
})

async function walked(columns: Order, limit: number): Promise<number[]> {
  const seen: number[] = []
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await pageOf(Fruit.query(connection), turnOf(key, 'fruits', { limit, cursor }), columns)
    expect(items.length).toBeLessThanOrEqual(limit)
    seen.push(...items.map(({ id }) => id))
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
  return seen
}

const found = async (words: string) => {
  const rows = await Fruit.query(connection).where(contains('name', words)).orderBy('id')
  return rows.map(({ name }) => name)
}

describe('a list', () => {
  it.each([1, 2, 3, 5, 9, 10, 11, 100])('shows every row once in pages of %i, also where names are the same', async (limit) => {
    const whole = await connection('fruits')
      .orderBy([{ column: 'name' }, { column: 'id' }])
      .pluck('id')
    expect(
      await walked(
        [
          ['name', 'asc'],
          ['id', 'asc'],
        ],
        limit,
      ),
    ).toEqual(whole)
    expect(
      await walked(
        [
          ['name', 'desc'],
          ['id', 'desc'],
        ],
        limit,
      ),
    ).toEqual(whole.toReversed())
  })

  it('has no further page when the last row ends this one, and an empty one is the last', async () => {
    const { nextCursor } = await pageOf(Fruit.query(connection), turnOf(key, 'fruits', { limit: names.length }), [['id', 'asc']])
    const empty = await pageOf(Fruit.query(connection).where('id', '<', 0), turnOf(key, 'fruits', { limit: 5 }), [['id', 'asc']])
    expect({ nextCursor, empty }).toEqual({ nextCursor: null, empty: { items: [], nextCursor: null } })
  })

  it('neither repeats nor skips what stays, while rows come and go between two pages', async () => {
    const first = await pageOf(Fruit.query(connection), turnOf(key, 'fruits', { limit: 4 }), [['id', 'asc']])
    await connection('fruits').where({ id: 2 }).delete()
    await connection('fruits').insert({ id: 0, name: 'cherry' })
    const second = await pageOf(Fruit.query(connection), turnOf(key, 'fruits', { limit: 4, cursor: first.nextCursor ?? undefined }), [
      ['id', 'asc'],
    ])
    expect(second.items.map(({ id }) => id)).toEqual([5, 6, 7, 8])
    await connection('fruits').where({ id: 0 }).delete()
    await connection('fruits').insert({ id: 2, name: 'Äpfel' })
  })
})

describe('a search', () => {
  it.each([
    ['%', ['100%']],
    ['_', ['a_b']],
    ['\\', [String.raw`back\slash`]],
    ['BAN', ['banana', 'banana', 'banana']],
    ["' or true --", []],
  ])('means every sign literally: %s', async (words, wanted) => expect(await found(words)).toEqual(wanted))
})
