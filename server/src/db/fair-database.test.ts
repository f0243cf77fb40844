/** The database behind the fair gate: what one organization holds, and what is left for another. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller as Person } from '../../test/caller.ts'
import { aStaffedOrganization, type Staffed } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { verifyAccessToken } from '../tokens/access.ts'
import { enterOrganization } from './entrances.ts'
import { shareOf } from './fair-gate.ts'

const pool = 4

let server: TestServer
let noisy: Staffed
let quiet: Staffed
beforeAll(async () => {
  server = await aServer({ env: { DATABASE_POOL: String(pool) } })
  noisy = await aStaffedOrganization(server)
  quiet = await aStaffedOrganization(server)
})
afterAll(() => server.close())

describe('an organization whose people ask for more than there is', () => {
  it('holds its share of the connections, all its people together, while another organization is answered', async () => {
    const people = [noisy.owner, noisy.admin, noisy.member, noisy.viewer]
    for (const person of people) await person.get(`/orgs/${noisy.organization.id}`) // from now on it is known whose calls these are
    let held = 0
    let letGo = () => {}
    const until = new Promise<void>((resolve) => (letGo = resolve))
    const hold = (person: Person) =>
      server.r.database.transact(
        'read',
        enterOrganization(verifyAccessToken(server.r.keys.access, person.token), noisy.organization.id, 'organization:read'),
        () => {
          held++
          return until
        },
      )
    const works = Promise.allSettled(Array.from({ length: 3 * pool }, (_, turn) => hold(people[turn % people.length] as Person)))
    await expect.poll(() => held).toBeGreaterThan(0)
    for (let turn = 0; turn < 5; turn++) expect((await quiet.viewer.get(`/orgs/${quiet.organization.id}`)).status).toBe(200)
    expect(held).toBeLessThanOrEqual(shareOf(pool))
    letGo()
    await works
    expect((await noisy.viewer.get(`/orgs/${noisy.organization.id}`)).status).toBe(200)
  })
})
