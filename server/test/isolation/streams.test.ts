/** Nobody hears of another organization: not in a stream of the own one, and not by asking for the other one. */
import { eventTypes } from '@mortise/shared/events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../administrator.ts'
import { aServer, type TestServer } from '../server.ts'
import { aFollower, aTrpcFollower, type Follower } from '../streams.ts'
import { everything, withoutCause } from './causes.ts'
import { overRest, overTrpc, send } from './over-http.ts'
import { marksIn, marksOf, type Marks } from './rows.ts'
import { aSide, type Side } from './side.ts'

let server: TestServer
let administrator: Administrator
let own: Side
let other: Side
let marks: Marks
/** The channels of the bus that were listened to since the last look. */
let channels: string[] = []

beforeAll(async () => {
  server = await aServer()
  administrator = await anAdministrator(server.database)
  const { bus } = server.r
  const listen = bus.listen
  bus.listen = (channel, wake) => {
    channels.push(channel)
    return listen(channel, wake)
  }
  other = await aSide(server, administrator, 'a', { eventsBefore: 10_000 })
  own = await aSide(server, administrator, 'b')
  marks = await marksOf(administrator, other)
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

const ours = () => own.things.organization[0] as string
const theirs = () => other.things.organization[0] as string

describe('somebody who follows', () => {
  it('hears nothing of another organization while everything happens there', async () => {
    const { owner } = own.staff
    channels = []
    const followers: Follower[] = [await aFollower(server, owner, ours(), '0'), await aTrpcFollower(server, owner, ours(), '0')]
    const followed = [...channels]
    const theirsHeard = await aFollower(server, other.staff.owner, theirs(), '0')
    await everything({ server, administrator, side: other }, (type) =>
      theirsHeard.until(({ heard }) => heard.some((event) => event.type === type), type),
    )
    await theirsHeard.ended
    await owner.put(`/orgs/${ours()}`, { version: 1 })
    for (const follower of followers) await follower.until(({ heard }) => heard.some(({ type }) => type === 'organization.updated'))

    expect(new Set(theirsHeard.heard.map(({ type }) => type)), 'the other organization heard all of it').toEqual(new Set(eventTypes))
    for (const follower of followers) {
      expect(follower.heard.every(({ organizationId }) => organizationId === ours())).toBe(true)
      expect(marksIn(JSON.stringify(follower.heard), marks)).toEqual([])
      follower.close()
    }
    expect(followed.length).toBeGreaterThanOrEqual(6)
    expect(marksIn(followed.join('\n'), marks), 'channels that somebody else listened to').toEqual([])
  })

  it('is given no channel of an organization of others', async () => {
    const side = await aSide(server, administrator, 'd', { eventsBefore: 10_000 })
    const foreign = await marksOf(administrator, side)
    channels = []
    for (const asker of [overRest(server), overTrpc(server)]) {
      for (const org of side.things.organization) {
        const { text } = await asker.ask({ procedure: 'events.onOrganization', input: { org, lastEventId: '0' }, who: own.staff.owner })
        expect(text).toContain('ORG_NOT_FOUND')
      }
    }
    expect(channels).toEqual([])
    await overRest(server).ask({ procedure: 'events.onOrganization', input: { org: side.organizations[0] }, who: side.staff.owner })
    expect(marksIn(channels.join('\n'), foreign), 'the owner listens to a channel that bears the name').not.toEqual([])
  })

  it.each(['Last-Event-Id', 'lastEventId'])('resumes in the own organization whatever number of another one %s names', async (name) => {
    const input = encodeURIComponent(JSON.stringify({ org: ours() }))
    const headers: Record<string, string> = { authorization: `Bearer ${own.staff.owner.token}`, 'x-requested-with': 'mortise' }
    for (const number of [...other.things['event number'], '0']) {
      const inHeader = await send(
        server,
        'GET',
        `/trpc/events.onOrganization?input=${input}`,
        undefined,
        { ...headers, [name]: number },
        500,
      )
      const inQuery = await send(server, 'GET', `/trpc/events.onOrganization?input=${input}&${name}=${number}`, undefined, headers, 500)
      for (const { status, text } of [inHeader, inQuery]) {
        expect(status).toBe(200)
        expect(marksIn(text, marks)).toEqual([])
      }
      const listensToIt = name === 'Last-Event-Id' ? inHeader : inQuery
      expect(listensToIt.text.includes(ours()), 'what happened before is told from the beginning only').toBe(number === '0')
    }
  })
})

describe('the table of causes', () => {
  it('has one for every type of event', () => {
    expect(withoutCause()).toEqual([])
  })

  it('notices a type without one', () => {
    expect(withoutCause(['task.created', 'task.archived'])).toEqual([expect.stringContaining('Event task.archived has no cause')])
  })
})
