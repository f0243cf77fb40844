/** What a key costs, counted on the wire: one round trip, and nothing for whoever sends none. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../test/caller.ts'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { isReplayed } from '../../test/keyed.ts'
import { aProject, aStaffedOrganization, aTask, type Staffed } from '../../test/makers.ts'
import { roundTrips, type RoundTrips } from '../../test/round-trips.ts'
import { aServer, type TestServer } from '../../test/server.ts'

let database: TestDatabase
let wire: RoundTrips
let server: TestServer
let staff: Staffed
beforeAll(async () => {
  database = await aDatabase()
  wire = await roundTrips(database.apiUrl)
  server = await aServer({ database: { ...database, apiUrl: wire.through(database.apiUrl) }, env: { DATABASE_POOL: '1' } })
  staff = await aStaffedOrganization(server)
})
afterAll(async () => {
  await server.close()
  await wire.close()
  await database.drop()
})

type Headers = Record<string, string>

/** One call through each kind of door. */
const cases: Record<string, () => Promise<(headers: Headers) => Promise<Answer>>> = {
  'of a person': async () => (headers) => staff.owner.post('/orgs', { name: 'Counted' }, headers),
  'of an organization': async () => (headers) => staff.owner.post(`/orgs/${staff.organization.id}/projects`, { name: 'Counted' }, headers),
  'of a project': async () => {
    const { id } = await aProject(staff.owner, staff.organization)
    return (headers) => staff.owner.post(`/projects/${id}/tasks`, { title: 'Counted' }, headers)
  },
  'of a task': async () => {
    const { id } = await aTask(staff.owner, await aProject(staff.owner, staff.organization))
    let version = 0
    return (headers) =>
      staff.owner.put(`/tasks/${id}`, { title: 'Counted', version: headers['idempotency-key'] === undefined ? ++version : 2 }, headers)
  },
}

describe('a change behind the door', () => {
  it.each(Object.entries(cases))('%s waits twice; with a key once more, and twice when it is answered again', async (_, make) => {
    const act = await make()
    const headers = { 'idempotency-key': randomUUID() }
    const waits: number[] = []
    for (const [given, replayed] of [
      [{}, false],
      [headers, false],
      [headers, true],
    ] as const) {
      const counted = await wire.count(() => act(given))
      expect(counted.result.status, JSON.stringify(counted.result.body)).toBeLessThan(300)
      expect(isReplayed(counted.result)).toBe(replayed)
      waits.push(counted.waits)
    }
    expect(waits).toEqual([2, 3, 2])
  })
})
