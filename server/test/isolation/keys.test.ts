/** A key of another organization's person opens nothing, even with the very request that it was used for. */
import { roles } from '@mortise/shared/permissions'
import { slugFrom } from '@mortise/shared/text'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takesKey } from '../../src/idempotency/openapi.ts'
import { calls } from '../../src/rest/calls.ts'
import { anAdministrator, type Administrator } from '../administrator.ts'
import { aServer, type TestServer } from '../server.ts'
import { controls } from './controls.ts'
import { inputOf, withVersion } from './inputs.ts'
import { definitions, overRest, overTrpc } from './over-http.ts'
import { essence, type Asker } from './reply.ts'
import { checksumsOf, marksIn, marksOf } from './rows.ts'
import { aPerson, aSide, type Side } from './side.ts'
import type { Somebody } from './storm.ts'
import { shown } from './verdict.ts'

let server: TestServer
let administrator: Administrator
let other: Side
let own: Side
let people: Somebody[]
beforeAll(async () => {
  server = await aServer()
  administrator = await anAdministrator(server.database)
  other = await aSide(server, administrator, 'a', { eventsBefore: 10_000 })
  own = await aSide(server, administrator, 'b')
  people = [...roles.map((role) => ({ role, who: own.staff[role] })), { role: 'guest', who: await aPerson(server, 'nobody', 'guest') }]
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

// what ends a side would leave nothing to ask about; what takes no thing of a side is asked for with something of the own
const procedures = calls.filter((call) => takesKey(call) && controls[call.procedure]?.ends !== true).map(({ procedure }) => procedure)

let count = 0

describe.each(procedures)('a key that was used for %s', (procedure) => {
  it.each(['REST', 'tRPC'])('over %s gives nothing to others', async (door) => {
    const asker: Asker = door === 'REST' ? overRest(server) : overTrpc(server)
    const key = `${other.word}-${++count}`
    const input = await withVersion(administrator, inputOf(definitions, procedure, other))
    const ask = (who: Somebody['who'], header: string) => asker.ask({ procedure, input, who, headers: { 'idempotency-key': header } })

    const [first, second] = [await ask(other.staff.owner, key), await ask(other.staff.owner, key)]
    const marks = await marksOf(administrator, other)
    expect(first.status, first.text).toBeLessThan(300)
    expect(second.headers).toContain('idempotency-replayed: true') // so the key is one that works
    expect(marksIn(second.text, marks)).not.toEqual([])

    const before = await checksumsOf(administrator, other)
    for (const { role, who } of people) {
      const [theirs, fresh] = [await ask(who, key), await ask(who, `fresh-key-${++count}`)]
      const said = Object.values(input).flatMap((value) => (typeof value === 'string' ? [value, slugFrom(value, value)] : []))
      expect(essence(theirs, said, true), `${role} with the key of others`).toBe(essence(fresh, said, true))
      expect(shown(theirs, [...said, key], marks), role).toEqual([])
    }
    expect(await checksumsOf(administrator, other)).toEqual(before)
  })
})
