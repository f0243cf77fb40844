/** How each event comes about: the one table to extend when something new can happen. */
import { eventTypes, type EventType } from '@mortise/shared/events'
import type { Administrator } from '../administrator.ts'
import type { TestServer } from '../server.ts'
import { aPerson, type Person, type Side } from './side.ts'

type Making = { server: Pick<TestServer, 'url'>; administrator: Administrator; side: Side }
type Cause = (making: Making) => Promise<{ status: number }>

const owner = ({ side }: Making): Person => side.staff.owner
const at = (table: string, { side }: Making) => `/${table}/${side.things[table === 'tasks' ? 'task' : 'project'][0]}`
const org = ({ side }: Making) => `/orgs/${side.things.organization[0]}`

/** What makes an event of a type happen in a side. `organization.deleted` comes last: nothing happens after it. */
export const causes: Record<EventType, Cause> = {
  'organization.created': (making) => owner(making).post('/orgs', { name: `${making.side.word} third` }),
  'organization.updated': (making) => owner(making).put(org(making), { version: 1 }),
  'member.joined': async ({ server, side }) => {
    const newcomer = await aPerson(server, side.word, 'newcomer')
    return newcomer.post('/invitations/accept', { token: side.tokens[0] })
  },
  'member.changed': (making) =>
    owner(making).put(`${org(making)}/members/${making.side.staff.viewer.userId}`, { role: 'member', version: 1 }),
  'member.left': (making) => owner(making).delete(`${org(making)}/members/${making.side.staff.viewer.userId}`),
  'project.created': (making) => owner(making).post(`${org(making)}/projects`, { name: `${making.side.word} new` }),
  'project.updated': (making) => owner(making).put(at('projects', making), { version: 1 }),
  'task.created': (making) => owner(making).post(`${at('projects', making)}/tasks`, { title: `${making.side.word} new` }),
  'task.updated': (making) => owner(making).put(at('tasks', making), { version: 1 }),
  'task.moved': (making) => owner(making).post(`${at('tasks', making)}/move`, { to: 'end', version: 2 }),
  'task.deleted': (making) => owner(making).delete(at('tasks', making)),
  'project.deleted': (making) => owner(making).delete(at('projects', making)),
  'organization.deleted': (making) => owner(making).delete(org(making)),
}

/** Sentences about event types that nobody said how to cause. */
export const withoutCause = (types: readonly string[] = eventTypes): string[] =>
  types
    .filter((type) => !(type in causes))
    .map((type) => `Event ${type} has no cause in server/test/isolation/causes.ts: add one, or nobody knows whether others hear of it.`)

/**
 * Makes everything happen, in order, and waits for `noticed` after each: the deletion of an organization takes its events away from
 * whoever follows and has not read them yet. Errors: a sentence about what did not happen.
 */
export async function everything(making: Making, noticed: (type: EventType) => Promise<void>): Promise<void> {
  for (const [type, cause] of Object.entries(causes) as [EventType, Cause][]) {
    const { status } = await cause(making)
    if (status >= 300) throw new Error(`${type} could not be caused: ${status}`)
    await noticed(type)
  }
}
