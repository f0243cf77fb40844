/** The same attacks on a server whose guard was taken out: they do what they ask for, so it is the guard that keeps them away. */
import type { RequestHandler } from 'express'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { anAdministrator } from '../administrator.ts'
import { furnished, type Furnished } from '../isolation/furnished.ts'
import { aServer } from '../server.ts'
import { attacks, ourOrigin, type Attack } from './attacks.ts'
import { sendAttack } from './send.ts'
import { targetsOf, type Target } from './targets.ts'

vi.mock('../../src/http/refuse-hostile.ts', () => ({ refuseHostile: (): RequestHandler => (_req, _res, next) => next() }))

let world: Furnished
let targets: Target[]
beforeAll(async () => {
  world = await furnished()
  targets = targetsOf(world.own, world.newcomer)
})
afterAll(() => world.drop())

/** Whether an attack changes a row of a database of its own. */
async function hasEffect(attack: Attack, target: Target): Promise<boolean> {
  const database = await world.copy()
  const server = await aServer({ env: { PUBLIC_URL: ourOrigin }, database })
  const administrator = await anAdministrator(database)
  try {
    const before = await administrator.fingerprint()
    await sendAttack(server, attack, target)
    return (await administrator.fingerprint()) !== before
  } finally {
    await administrator.close()
    await server.close()
    await database.drop()
  }
}
const named = (what: string) => attacks.find((attack) => attack.what === what) as Attack

describe('without its guard', () => {
  it('every change there is can be made from another site, by both doors', { timeout: 240_000 }, async () => {
    const attack = named('a browser that says cross-site of the site')
    const safe: string[] = []
    for (const target of targets) if (!(await hasEffect(attack, target))) safe.push(`${target.procedure} over ${target.door}`)
    expect(safe).toEqual([])
  })

  it.each(['an old browser with the origin "null"', 'the type "text/plain"', 'our origin and another site'])(
    '%s is an attack',
    async (what) => {
      const target = targets.find(({ procedure, door }) => procedure === 'organizations.create' && door === 'REST') as Target
      expect(await hasEffect(named(what), target)).toBe(true)
    },
  )

  it('a call without the header of our page is an attack', async () => {
    const target = targets.find(({ procedure, door }) => procedure === 'sessions.guest' && door === 'tRPC') as Target
    expect(await hasEffect(named('a call without the header of our page'), target)).toBe(true)
  })
})
