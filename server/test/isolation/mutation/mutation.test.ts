/** Every wall between organizations is weakened in turn, and each time somebody notices. */
import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { furnished, type Furnished } from '../furnished.ts'
import { functionMutants } from './function-mutants.ts'
import { grantMutants } from './grant-mutants.ts'
import type { Mutant } from './mutant.ts'
import { policyMutants, wallMutants } from './policy-mutants.ts'
import { report, sampled } from './report.ts'
import { laboratory, put, untouched, type Laboratory, type Verdict } from './run.ts'

const isWhole = process.env['MORTISE_MUTANTS'] === 'all'

let world: Furnished
let lab: Laboratory
let mutants: Mutant[]
beforeAll(async () => {
  world = await furnished()
  lab = await laboratory(world)
  mutants = await everyMutant(lab.client)
})
afterAll(async () => {
  await lab.close()
  await world.drop()
})

const everyMutant = async (client: Client): Promise<Mutant[]> => [
  ...(await policyMutants(client)),
  ...(await wallMutants(client)),
  ...(await functionMutants(client)),
  ...(await grantMutants(client)),
]

describe('a weakened wall', () => {
  it('is told from a sound one: nothing is said about a database that nothing was done to', async () => {
    expect(await untouched(lab)).toEqual([])
  })

  it('is noticed each time', async () => {
    const chosen = isWhole ? mutants : sampled(mutants)
    const verdicts: Verdict[] = []
    for (const mutant of chosen.filter(({ equal }) => equal === undefined)) verdicts.push(await put(lab, mutant))
    process.stdout.write(report(verdicts, chosen, mutants.length))
    expect(verdicts.filter(({ killer }) => killer === undefined).map(({ mutant }) => mutant.name)).toEqual([])
  }, 900_000)

  it('that nobody can tell from the sound one is noticed by nobody', async () => {
    const equal = mutants.filter((mutant) => mutant.equal !== undefined)
    expect(equal.length).toBeGreaterThan(0)
    for (const mutant of isWhole ? equal : equal.slice(0, 1)) expect((await put(lab, mutant)).killer, mutant.name).toBeUndefined()
  }, 60_000)

  it('survives when nobody looks: a change that is none is not noticed', async () => {
    const { killer, isInCatalogue } = await put(lab, {
      name: 'nothing',
      of: 'nothing',
      table: 'tasks',
      sql: `comment on table app.tasks is 'Tasks'`,
    })
    expect([killer, isInCatalogue]).toEqual([undefined, false])
  })
})

describe('the promise of who may do what', () => {
  it('must be made for every table and every function', async () => {
    const { killer: unknownFunction } = await put(lab, {
      name: '',
      of: '',
      table: null,
      sql: `create function app.newcomer() returns void language sql as 'select'`,
    })
    expect(unknownFunction?.saying).toContain('Function newcomer has no row in server/test/isolation/mutation/rights.ts')
    const { killer: unknownTable } = await put(lab, { name: '', of: '', table: 'notes', sql: 'create table app.notes (id uuid)' })
    expect(unknownTable?.saying).toContain('Table notes has no row in server/test/isolation/mutation/rights.ts')
  })

  it('must be kept by functions that run as the doorkeeper: a new one has a row or is no door', async () => {
    await lab.client.query('begin')
    await lab.client.query(`create function app.newcomer() returns void language sql security definer as 'select'`)
    const made = functionMutants(lab.client)
    await expect(made).rejects.toThrow('Function newcomer has no row in server/test/isolation/mutation/function-mutants.ts')
    await lab.client.query('rollback')
  })
})

describe('the sample', () => {
  it('takes something of every policy, table and function, and the same each time', () => {
    const kinds = new Set(mutants.filter(({ equal }) => equal === undefined).map((mutant) => mutant.of))
    expect(new Set(sampled(mutants).map((mutant) => mutant.of))).toEqual(kinds)
    expect(sampled(mutants)).toEqual(sampled(mutants))
  })
})
