/**
 * Stream: does everybody hear everything, once, soon? k6 hands out a body when it is whole or when its time is up, never in between. So each
 * person follows an organization twice: one stream is cut in the middle by a timeout and resumed behind the last id that had come; the
 * other lasts until the organization is deleted, and how soon it says so is the delay of delivery.
 */
import { sleep } from 'k6'
import { clientOf } from '../lib/client.ts'
import { checkHeard, deleteOrganization, openStream } from '../lib/events.ts'
import { delivery, resumed } from '../lib/metrics.ts'
import { makePeople, personOfThisUser, type Person } from '../lib/person.ts'
import { settingsFrom } from '../lib/settings.ts'
import { isOrganization, isProject } from '../lib/shapes.ts'
import { summaryOf, summaryTrendStats } from '../lib/summary.ts'
import { thresholdsOf } from '../lib/thresholds.ts'

const settings = settingsFrom({ vus: 5, rate: 1, duration: '20s', pauseSeconds: 0.2 })
const changes = 10
const calls = ['organizations.create', 'projects.create']

export const options = {
  scenarios: { stream: { executor: 'constant-vus', vus: settings.vus, duration: settings.duration, gracefulStop: '30s' } },
  thresholds: thresholdsOf('stream', settings, calls),
  summaryTrendStats,
}

export const setup = () => makePeople(settings.target, settings.vus)

let me: Person | undefined
export default async function (people: Person[]): Promise<void> {
  me ??= personOfThisUser(people)
  const { target, pauseSeconds } = settings
  const { write } = clientOf(target, me)
  const org = write('organizations.create', 'POST', '/orgs', { name: 'Followed' }, { status: 201, is: isOrganization })?.body.id
  if (org === undefined) return
  const { token } = me
  const follow = (lastId: string, timeoutMs: number) => openStream({ target, token, org, lastId, timeoutMs })

  const lasting = follow('0', 120_000)
  const cut = follow('0', (pauseSeconds * 1000 * changes) / 2)
  let written = 1 // the organization itself
  for (let change = 1; change <= changes; change++) {
    const input = { name: `Change ${change}` }
    if (write('projects.create', 'POST', `/orgs/${org}/projects`, input, { status: 201, is: isProject })) written++
    sleep(pauseSeconds)
  }
  const before = await cut
  const after = await follow(before.lastId, 5_000) // what was missed comes at once; there is no end to wait for
  checkHeard('stream.resumed', [...before.heard, ...after.heard], written, org)
  if (before.heard.length > 0 && before.heard.length < written) resumed.add(1) // cut in the middle, and not before it began

  let deletedAt = 0
  const deleting = deleteOrganization(target, token, org).then(() => (deletedAt = Date.now()))
  const whole = await lasting
  const endedAt = Date.now()
  await deleting
  delivery.add(Math.max(0, endedAt - deletedAt))
  checkHeard('stream.lasting', whole.heard.slice(0, -1), written, org)
}

export const handleSummary = summaryOf('stream', settings)
