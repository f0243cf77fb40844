/** Every question of the isolation suite does show something: to the owner of what it names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../src/rest/calls.ts'
import { anAdministrator, type Administrator } from '../administrator.ts'
import { aServer, type TestServer } from '../server.ts'
import { controlFaults, controls, withoutControl } from './controls.ts'
import { definitions, overRest, overTrpc } from './over-http.ts'
import { marksOf, type Marks } from './rows.ts'
import { aPerson, aSide, type Side } from './side.ts'

let server: TestServer
let administrator: Administrator
beforeAll(async () => {
  server = await aServer()
  administrator = await anAdministrator(server.database)
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

let standing: { side: Side; marks: Marks } | undefined
async function aStandingSide(): Promise<{ side: Side; marks: Marks }> {
  if (standing === undefined) {
    const side = await aSide(server, administrator, 'c')
    standing = { side, marks: await marksOf(administrator, side) }
  }
  return standing
}

const isRest = (procedure: string) => calls.some((call) => call.procedure === procedure)

describe('the same question', () => {
  it.each(Object.keys(definitions))('%s shows something to those whom it concerns', async (procedure) => {
    const { side, marks } = await aStandingSide()
    const newcomer = await aPerson(server, 'nobody', 'newcomer')
    const asker = isRest(procedure) ? overRest(server, 500) : overTrpc(server, 500)
    const faults = await controlFaults({ asker, administrator, definitions, side, marks, newcomer }, procedure)
    if (controls[procedure]?.ends) standing = undefined
    expect(faults).toEqual([])
  })
})

describe('the table of controls', () => {
  it('names no procedure that is gone', () => {
    expect(Object.keys(controls).filter((name) => definitions[name] === undefined)).toEqual([])
  })

  it('notices a procedure without a row', () => {
    expect(withoutControl(['projects.get', 'projects.duplicate'])).toEqual([expect.stringContaining('projects.duplicate has no row')])
  })
})
