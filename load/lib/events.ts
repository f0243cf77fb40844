/** Streams of events, as far as k6 can follow them. */
import { check } from 'k6'
import http from 'k6/http'
import type { StreamEvent } from '@mortise/shared/events'
import { events, wrong } from './metrics.ts'
import { isEvent } from './shapes.ts'

/** One event with its number. */
export type Numbered = { id: number; event: StreamEvent }

/** What came through a stream until it ended or its time was up; `lastId` is where to resume. */
export type Heard = { heard: Numbered[]; lastId: string }

type Following = { target: string; token: string; org: string; lastId: string; timeoutMs: number }

/** Follows an organization behind `lastId`. Resolves when the stream ends, or after `timeoutMs` with what has come by then. */
export async function openStream({ target, token, org, lastId, timeoutMs }: Following): Promise<Heard> {
  const { body } = await http.asyncRequest('GET', `${target}/api/v1/orgs/${org}/events`, null, {
    headers: { authorization: `Bearer ${token}`, 'last-event-id': lastId },
    timeout: timeoutMs,
    responseType: 'text',
    tags: { call: 'stream', name: 'stream' },
  })
  return heardIn(body ?? '', lastId)
}

/** Deletes an organization without blocking the streams of this virtual user. Gives whether that was right. */
export async function deleteOrganization(target: string, token: string, org: string): Promise<boolean> {
  const { status } = await http.asyncRequest('DELETE', `${target}/api/v1/orgs/${org}`, null, {
    headers: { authorization: `Bearer ${token}` },
    tags: { call: 'organizations.delete', name: 'organizations.delete' },
  })
  return check(status, { 'organizations.delete: status 204': (status) => status === 204 })
}

/** Checks that the events of `org` came whole: every number from 1 to `written` once and in order. */
export function checkHeard(call: string, heard: Numbered[], written: number, org: string): void {
  const isRight = check(heard, {
    [`${call}: every event once and in order`]: () => heard.length === written && heard.every(({ id }, at) => id === at + 1),
    [`${call}: events of the right form and organization`]: () =>
      heard.every(({ event }) => isEvent(event) && event.organizationId === org),
  })
  if (isRight) events.add(heard.length, { call })
  else {
    wrong.add(1, { call })
    console.warn(`${call}: expected events 1 to ${written}, heard ${heard.map(({ id }) => id).join(' ')}`)
  }
}

/** Reads server-sent events (WHATWG HTML, section 9.2). A block that the cut went through is not there. */
function heardIn(text: string, from: string): Heard {
  const heard: Numbered[] = []
  let lastId = from
  for (const block of text.split('\n\n').slice(0, -1)) {
    const fields = new Map(
      block.split('\n').map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    )
    lastId = fields.get('id') ?? lastId
    const data = fields.get('data')
    if (data !== undefined && fields.get('event') === undefined) heard.push({ id: Number(lastId), event: JSON.parse(data) as StreamEvent })
  }
  return { heard, lastId }
}
