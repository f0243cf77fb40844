/** Nobody of an organization sees or changes anything of another one, whatever is asked, by whom, and through which door. */
import { roles } from '@mortise/shared/permissions'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../src/rest/calls.ts'
import { anAdministrator, type Administrator } from '../administrator.ts'
import { aServer, type TestServer } from '../server.ts'
import { casesOf } from './cases.ts'
import { columnsWithoutWord } from './columns.ts'
import { fieldsOf } from './fields.ts'
import { inputOf } from './inputs.ts'
import { definitions, overRest, overTrpc, send } from './over-http.ts'
import { withoutSaid } from './reply.ts'
import { marksIn, marksOf, tablesOf, unknownTables, type Marks } from './rows.ts'
import { aPerson, aSide, type Side } from './side.ts'
import { storm, type Somebody } from './storm.ts'

let server: TestServer
let administrator: Administrator
let other: Side
let own: Side
let marks: Marks
let people: Somebody[]
const tally = { calls: 0, leaks: 0 }

beforeAll(async () => {
  server = await aServer()
  administrator = await anAdministrator(server.database)
  other = await aSide(server, administrator, 'a', { eventsBefore: 10_000 })
  own = await aSide(server, administrator, 'b')
  marks = await marksOf(administrator, other)
  people = [...roles.map((role) => ({ role, who: own.staff[role] })), { role: 'guest', who: await aPerson(server, 'nobody', 'guest') }]
})
afterAll(async () => {
  process.stdout.write(`isolation: ${tally.calls} calls, ${tally.leaks} leaks\n`)
  await administrator.close()
  await server.close()
})

describe('before anybody asks', () => {
  it('every column that people can put words into holds the canary of either side', async () => {
    expect([...(await columnsWithoutWord(administrator, other)), ...(await columnsWithoutWord(administrator, own))]).toEqual([])
  })

  it('every table says whose rows it holds', async () => {
    expect(unknownTables(await tablesOf(administrator))).toEqual([])
  })

  it('the other side has enough ids to be given away by', () => {
    expect(marks.ids.size).toBeGreaterThan(20)
  })
})

const isRest = (procedure: string) => calls.some((call) => call.procedure === procedure)

describe.each(Object.keys(definitions))('%s', (procedure) => {
  it('gives nothing of another organization to anybody', async () => {
    const doors = [overTrpc(server), ...(isRest(procedure) ? [overRest(server)] : [])]
    const { calls, leaks } = await storm({ administrator, definitions, own, other, marks, people }, doors, [procedure])
    tally.calls += calls
    tally.leaks += leaks.length
    expect(leaks).toEqual([])
  }, 120_000)
})

describe('a batch', () => {
  const names = Object.keys(definitions).filter(
    (name) => definitions[name]?._def.type === 'query' && fieldsOf(definitions, name).text.length > 0,
  )

  it.each(names)(
    'of %s for the own, for one of others and for one that is nowhere tells the last two apart from the first only',
    async (procedure) => {
      const [one] = casesOf(definitions, procedure, own, other)
      if (one === undefined) throw new Error(`${procedure} has no case`)
      const input = [inputOf(definitions, procedure, own), one.foreign, one.absent]
      const path = `/trpc/${input.map(() => procedure).join()}?batch=1&input=${encodeURIComponent(JSON.stringify({ ...input }))}`
      const { text } = await send(server, 'GET', path, undefined, {
        'x-requested-with': 'mortise',
        authorization: `Bearer ${own.staff.owner.token}`,
      })
      const [mine, foreign, absent] = (JSON.parse(text) as { error?: unknown }[]).map((answer) => JSON.stringify(answer))
      expect(marksIn(withoutSaid(text, one.said.foreign), marks)).toEqual([])
      expect(withoutSaid(foreign ?? '', one.said.foreign)).toBe(withoutSaid(absent ?? '', one.said.absent))
      expect(mine).not.toContain('"error"')
    },
  )
})
