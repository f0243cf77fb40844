/** Smoke: does it work at all? One person does everything twice, and is refused what must be refused. */
import exec from 'k6/execution'
import { calls, work } from '../lib/day.ts'
import { clientOf } from '../lib/client.ts'
import { makePeople, type Person } from '../lib/person.ts'
import { settingsFrom } from '../lib/settings.ts'
import { summaryOf, summaryTrendStats } from '../lib/summary.ts'
import { thresholdsOf } from '../lib/thresholds.ts'

const settings = settingsFrom({ vus: 1, rate: 1, duration: '60s', pauseSeconds: 0 })
const refusals = ['refused.nobody', 'refused.stranger', 'refused.input', 'refused.conflict', 'refused.address']

export const options = {
  scenarios: { smoke: { executor: 'shared-iterations', vus: settings.vus, iterations: 2 * settings.vus, maxDuration: settings.duration } },
  thresholds: thresholdsOf('smoke', settings, [...calls, ...refusals]),
  summaryTrendStats,
}

/** One more than there are virtual users: the stranger. */
export const setup = () => makePeople(settings.target, settings.vus + 1)

export default function (people: Person[]): void {
  const [stranger, me] = [people[0] as Person, people[exec.vu.idInTest] as Person]
  work(settings.target, me, settings.pauseSeconds)
  beRefused(me, stranger)
}

/** A status without the right code would be another error. */
function beRefused(me: Person, stranger: Person): void {
  clientOf(settings.target, undefined).refused('refused.nobody', 'GET', '/auth/me', undefined, 401, 'UNAUTHENTICATED')
  clientOf(settings.target, stranger).refused('refused.stranger', 'GET', `/projects/${me.project}`, undefined, 404, 'PROJECT_NOT_FOUND')
  const { refused } = clientOf(settings.target, me)
  refused('refused.input', 'POST', `/projects/${me.project}/tasks`, { title: '' }, 400, 'VALIDATION_FAILED')
  refused('refused.conflict', 'PUT', `/projects/${me.project}`, { name: 'Late', version: 99 }, 409, 'VERSION_CONFLICT')
  refused('refused.address', 'GET', '/nowhere', undefined, 404, 'ROUTE_NOT_FOUND')
}

export const handleSummary = summaryOf('smoke', settings)
