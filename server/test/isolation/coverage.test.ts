/** Whatever is added without a case fails here, with a sentence that says what to add. */
import { id } from '@mortise/shared/text'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { withConnection } from '../../src/db/provision-connection.ts'
import { orgProcedure, router } from '../../src/trpc.ts'
import { anAdministrator } from '../administrator.ts'
import { casesOf } from './cases.ts'
import { columnsWithoutWord } from './columns.ts'
import { fieldsOf, type Definitions } from './fields.ts'
import { furnished, type Furnished } from './furnished.ts'
import { headersOfTheServer, headersReadBy } from './headers.ts'
import { headers, kindOf } from './kinds.ts'
import { definitions } from './over-http.ts'
import { withoutControl } from './controls.ts'
import { tablesOf, unknownTables } from './rows.ts'

let world: Furnished
beforeAll(async () => {
  world = await furnished()
})
afterAll(() => world.drop())

const made = (input: z.ZodType<{ org: string }>): Definitions =>
  router({ notes: router({ read: orgProcedure('project:read', input).query(() => null) }) })._def.procedures as unknown as Definitions

describe('every procedure', () => {
  it('says what it shows to a member', () => {
    expect(withoutControl(Object.keys(definitions))).toEqual([])
  })

  it.each(Object.keys(definitions))('%s has a case for each of its fields that can name a thing', (procedure) => {
    const fields = fieldsOf(definitions, procedure).text.filter(({ path }) => kindOf(procedure, path) !== 'content')
    const covered = new Set(casesOf(definitions, procedure, world.own, world.other).flatMap(({ field }) => field.split(' and ')))
    expect(fields.map(({ path }) => path).filter((path) => !covered.has(path))).toEqual([])
  })
})

describe('a new field', () => {
  it.each([
    ['note', z.strictObject({ org: id, note: id })],
    ['label', z.strictObject({ org: id, label: z.string().optional() })],
    ['filter.author', z.strictObject({ org: id, filter: z.object({ author: id }) })],
    ['notes.0', z.strictObject({ org: id, notes: z.array(id) })],
    ['either', z.strictObject({ org: id, either: z.union([z.literal('me'), id]).nullish() })],
  ])('called %s must say what it names', (field, input) => {
    expect(() => casesOf(made(input), 'notes.read', world.own, world.other)).toThrow(`The field ${field} of notes.read`)
  })

  it('that is a choice, a day, a number or a yes names nothing', () => {
    const input = z.strictObject({ org: id, status: z.enum(['a', 'b']), on: z.iso.date(), limit: z.int(), all: z.boolean() })
    expect(fieldsOf(made(input), 'notes.read').text).toEqual([{ path: 'org', required: true }])
  })

  it('that a list has for its pages needs a cursor to try', () => {
    const input = z.strictObject({ org: id, cursor: z.string().optional() })
    expect(() => casesOf(made(input), 'notes.read', world.own, world.other)).toThrow('notes.read has pages and no cursor to try')
  })

  it('that is required and names nothing needs a value', () => {
    expect(() => casesOf(made(z.strictObject({ org: id, size: z.int() })), 'notes.read', world.own, world.other)).toThrow(
      'notes.read requires size',
    )
  })
})

describe('a new table or column', () => {
  it('is missed where nobody says whose rows it holds, and where it holds no canary', async () => {
    const database = await world.copy(
      `create table app.notes (id uuid); alter table app.tasks add column remark text; alter table app.projects add column labels jsonb`,
    )
    const administrator = await anAdministrator(database)
    try {
      expect(unknownTables(await tablesOf(administrator))).toEqual([expect.stringContaining('Table notes has no class')])
      expect(await columnsWithoutWord(administrator, world.own)).toEqual([
        expect.stringContaining('Column projects.labels holds no canary'),
        expect.stringContaining('Column tasks.remark holds no canary'),
      ])
    } finally {
      await administrator.close()
      await database.drop()
    }
  })

  it('is not taken to be filled because another side filled it', async () => {
    const database = await world.copy()
    const administrator = await anAdministrator(database)
    try {
      await withConnection(database.adminUrl, (client) =>
        client.query(`update app.tasks set description = '' where organization_id = $1`, [world.own.organizations[0]]),
      )
      expect(await columnsWithoutWord(administrator, world.own)).toEqual([expect.stringContaining('tasks.description')])
      expect(await columnsWithoutWord(administrator, world.other)).toEqual([])
    } finally {
      await administrator.close()
      await database.drop()
    }
  })
})

describe('a header', () => {
  const unknown = (names: string[]) => names.filter((name) => headers[name] === undefined)

  it('that the server reads is known, with the reason why it can or cannot name a thing', async () => {
    const read = await headersOfTheServer()
    expect(unknown(read), 'add it to `headers` in server/test/isolation/kinds.ts').toEqual([])
    expect(read).toContain('last-event-id')
  })

  it('that is new is noticed however it is read', () => {
    const source = `req.headers['x-workspace']; req.headers.tenant; req.get('X-Org-Id'); req.header("x-act-as"); const { 'x-on-behalf-of': who, team } = req.headers`
    expect(unknown(headersReadBy(source))).toEqual(['x-workspace', 'tenant', 'x-org-id', 'x-act-as', 'x-on-behalf-of', 'team'])
  })
})
