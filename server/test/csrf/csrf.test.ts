/** Requests that a page of another site makes somebody's browser send: each way, for each change, by both doors, and not one has an effect. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../administrator.ts'
import { procedures } from '../doors.ts'
import { aPerson, aSide } from '../isolation/side.ts'
import { aServer, type TestServer } from '../server.ts'
import { attacks, ourOrigin } from './attacks.ts'
import { sendAttack } from './send.ts'
import { targetsOf, type Target } from './targets.ts'

let server: TestServer
let administrator: Administrator
let targets: Target[]
let requests = 0
let effects = 0
beforeAll(async () => {
  server = await aServer({ env: { PUBLIC_URL: ourOrigin } })
  administrator = await anAdministrator(server.database)
  targets = targetsOf(await aSide(server, administrator, 'a'), await aPerson(server, 'nobody', 'newcomer'))
})
afterAll(async () => {
  const mutations = new Set(targets.map(({ procedure }) => procedure)).size
  process.stdout.write(`${attacks.length} combinations x ${mutations} mutations, ${requests} requests, ${effects} side effects\n`)
  await administrator.close()
  await server.close()
})

describe('a request that another site makes', () => {
  it.each(attacks)('by $what changes nothing, whatever it asks for', async (attack) => {
    const aimed = targets.filter(({ door }) => (attack.door ?? door) === door)
    const before = await administrator.fingerprint()
    const statuses = await Promise.all(aimed.map((target) => sendAttack(server, attack, target)))
    const isUnchanged = (await administrator.fingerprint()) === before
    requests += aimed.length
    effects += isUnchanged ? 0 : 1
    expect(isUnchanged).toBe(true)
    const taken = aimed.filter((_, n) => attack.method === undefined && ![403, 415].includes(statuses[n] ?? 0))
    expect(taken.map(({ door, procedure }) => `${procedure} over ${door}`)).toEqual([])
    expect(statuses.filter((status) => status >= 500)).toEqual([])
  })
})

describe('the attacks', () => {
  it('are forty and more, on every change there is', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(40)
    expect(new Set(attacks.map(({ what }) => what)).size).toBe(attacks.length)
    const changing = procedures.filter(({ kind }) => kind === 'mutation').map(({ name }) => name)
    expect(new Set(targets.map(({ procedure }) => procedure))).toEqual(new Set(changing))
  })
})
