/** Inputs that nobody thought of: whatever a schema takes never breaks the server, whatever it does not take is refused by name. */
import { catalogue, type ErrorCode } from '@mortise/shared/errors'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { calls } from '../src/rest/calls.ts'
import { appRouter } from '../src/router.ts'
import { aGuest, type Answer, type Caller } from './caller.ts'
import { ask, procedures, type Input } from './doors.ts'
import { overRest, overTrpc } from './isolation/over-http.ts'
import type { Person } from './isolation/side.ts'
import { aProject, aTask, anOrganization } from './makers.ts'
import { aServer, type TestServer } from './server.ts'

/** The same inputs in each run; another seed finds others. */
const seed = Number(process.env['ANY_INPUT_SEED'] ?? 20_261_121)
const runs = Number(process.env['ANY_INPUT_RUNS'] ?? 24)

let server: TestServer
let guest: Caller
let pool: Record<string, unknown[]>
let matched = 0
let asked = 0
let restAsked = 0
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

/** Things of a new guest, so that some inputs name what exists. */
async function anew(): Promise<void> {
  guest = await aGuest(server)
  const organization = await anOrganization(guest)
  const project = await aProject(guest, organization)
  const [task, other] = [await aTask(guest, project), await aTask(guest, project)]
  const ids = [task.id, other.id]
  pool = {
    org: [organization.id, organization.slug],
    project: [project.id],
    task: ids,
    beforeId: ids,
    afterId: ids,
    assigneeId: [guest.userId, null],
    assignee: ['me', 'none', guest.userId],
    user: [guest.userId],
    name: ['Ada', 'Zoë 👍🏽', '%_\\'],
    title: ['A title', "'; drop table app.tasks"],
    slug: ['a-slug', 'another-slug'],
    description: ['', 'Words\nand more'],
    version: [1, 2],
    limit: [1, 20, 100],
    role: ['owner', 'admin', 'member', 'viewer'],
    status: ['todo', 'doing', 'done'],
    archived: [true, false, 'true', 'all'],
    to: ['start', 'end'],
    dueOn: ['2026-11-21', null],
    expiresInHours: [1, 168],
    token: ['A'.repeat(43)],
    q: ['a', '%', '\\'],
    joinDemo: [true, false],
  }
}

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '\u0000',
    '\ud800',
    '\u202e',
    '__proto__',
    '%00',
    '-0',
    '1e400',
    '9'.repeat(400),
    '01890000-0000-7000-8000-000000000000',
  ),
  fc.double(),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Objects with the fields of a call, each left out, sensible or odd, and now and then a field that no call knows. */
function inputFor(fields: string[]): fc.Arbitrary<Input> {
  const sensible = (name: string) => fc.constantFrom(...(pool[name] ?? ['x', '1']))
  const known = Object.fromEntries(
    fields.map((name) => [name, fc.oneof({ weight: 6, arbitrary: sensible(name) }, { weight: 1, arbitrary: odd })]),
  )
  const object = fc.record(known, {
    requiredKeys: fields.filter((name) => ['org', 'project', 'task', 'user', 'version', 'token'].includes(name)),
  })
  const strange = fc
    .tuple(object, fc.dictionary(fc.string({ maxLength: 12 }), odd, { maxKeys: 2 }))
    .map(([one, other]) => ({ ...one, ...other }))
  return fc.oneof({ weight: 8, arbitrary: object }, { weight: 1, arbitrary: strange })
}

const schemaOf = (name: string) =>
  (appRouter._def.procedures as unknown as Record<string, { _def: { inputs: z.ZodType[] } }>)[name]?._def.inputs[0]
/** As it arrives: what JSON cannot say is gone. */
const sent = (input: unknown): unknown => (input === undefined ? undefined : JSON.parse(JSON.stringify(input)))

/** What is wrong with an answer; nothing when it is as it must be. `takes` is what the schema says of the input, where that is known. */
function faultOf({ status, body }: Answer, takes?: boolean): string | undefined {
  const error = (body as { error?: string } | null | undefined)?.error ?? ''
  if (status >= 500) return `broke the server: ${status} ${error}`
  if (status < 400) return takes === false ? 'was taken although its schema does not take it' : undefined
  if (!(error in catalogue) || catalogue[error as ErrorCode].status !== status)
    return `was refused with ${status} ${error}, which the catalogue does not know`
  return takes === false && error !== 'VALIDATION_FAILED' && error !== 'MALFORMED_JSON'
    ? `was refused as ${error} although the input was wrong`
    : undefined
}

/** Tries many inputs; the first that goes wrong, made as small as it can be, with what is wrong. */
async function firstFault<Any>(inputs: fc.Arbitrary<Any>, answerOf: (input: Any) => Promise<string | undefined>): Promise<string | null> {
  let fault: string | undefined
  const report = await fc.check(
    fc.asyncProperty(inputs, async (input) => {
      fault = (await answerOf(input)) ?? fault
      return fault === undefined
    }),
    { numRuns: runs, seed, endOnFailure: true },
  )
  return report.failed ? `${JSON.stringify(report.counterexample)} ${fault ?? String(report.errorInstance)}` : null
}

/** The problem in a refusal of either door. */
const problemIn = (text: string): unknown => {
  const { error, ...rest } = JSON.parse(text) as { error: string | { data: unknown } }
  return typeof error === 'string' ? { error, ...rest } : error.data
}

const fieldsOf = (name: string) => Object.keys(calls.find(({ procedure }) => procedure === name)?.fields ?? {})
const asking = procedures.filter(({ kind }) => kind !== 'subscription')

describe('the judge of an answer', () => {
  const answer = (status: number, error?: string): Answer => ({
    status,
    headers: new Headers(),
    body: error === undefined ? {} : { error },
  })
  it.each([
    ['breaks', answer(500, 'INTERNAL'), undefined],
    ['breaks by being away', answer(503, 'UNAVAILABLE'), true],
    ['takes what its schema does not', answer(200), false],
    ['refuses by a code that nobody knows', answer(400, 'WRONG'), undefined],
    ['refuses by a code of another status', answer(404, 'VALIDATION_FAILED'), undefined],
    ['refuses a wrong input as something else', answer(404, 'TASK_NOT_FOUND'), false],
  ])('notices a server that %s', (_, given, takes) => expect(faultOf(given, takes)).toBeDefined())

  it('has nothing against one that answers, or refuses by name', () => {
    expect([
      faultOf(answer(200), true),
      faultOf(answer(400, 'VALIDATION_FAILED'), false),
      faultOf(answer(404, 'TASK_NOT_FOUND'), true),
    ]).toEqual([undefined, undefined, undefined])
  })
})

describe('any input', { timeout: 20_000 + runs * 1_000 }, () => {
  it.each(asking)('to $name over tRPC is answered as its schema says', async ({ name }) => {
    await anew()
    const schema = schemaOf(name)
    const any = fc.oneof<[{ weight: number; arbitrary: fc.Arbitrary<unknown> }, { weight: number; arbitrary: fc.Arbitrary<unknown> }]>(
      { weight: 9, arbitrary: inputFor(fieldsOf(name)) },
      { weight: 1, arbitrary: odd },
    )
    const fault = await firstFault(any, async (input) => {
      const takes = schema?.safeParse(sent(input)).success ?? true
      asked += 1
      matched += takes ? 1 : 0
      return faultOf(await ask('tRPC', { server, procedure: name, input, token: guest.token }), takes)
    })
    expect(fault).toBeNull()
  })

  it.each(asking)('to $name over REST is answered, or refused by name', async ({ name }) => {
    await anew()
    const fault = await firstFault(inputFor(fieldsOf(name)), async (input) => {
      restAsked += 1
      // half a character cannot stand in an address
      const writable = Object.fromEntries(Object.entries(input).filter(([key, value]) => !/\\ud[89a-f]/.test(JSON.stringify([key, value]))))
      return faultOf(await ask('REST', { server, procedure: name, input: writable, token: guest.token }))
    })
    expect(fault).toBeNull()
  })

  it.each(procedures.filter(({ kind }) => kind === 'subscription'))(
    'to the stream $name is answered, or refused by name, over both doors',
    async ({ name }) => {
      await anew()
      const who = guest as Person
      for (const door of [overTrpc(server, 20), overRest(server, 20)]) {
        const fault = await firstFault(inputFor(fieldsOf(name)), async (input) => {
          const writable = Object.fromEntries(
            Object.entries(input).filter(([, value]) => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)),
          )
          asked += 1
          const takes = schemaOf(name)?.safeParse(sent(writable)).success ?? true
          matched += takes ? 1 : 0
          const { status, text } = await door.ask({ procedure: name, input: writable, who })
          return faultOf({ status, headers: new Headers(), body: status < 400 ? undefined : problemIn(text) })
        })
        expect([door.name, fault]).toEqual([door.name, null])
      }
    },
  )

  it('was often enough one that a schema takes, or this would only have tried the refusals', () => {
    expect(asked).toBeGreaterThan(asking.length * runs * 0.9)
    expect(matched / asked).toBeGreaterThan(0.2)
    process.stdout.write(`${procedures.length} procedures, ${asked + restAsked} inputs, ${matched} of them as a schema wants them\n`)
  })
})
