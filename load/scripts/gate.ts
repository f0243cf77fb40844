/** Gate: may this be promoted? A steady stream of people who come whether or not the server keeps up with those before. */
import { calls, work } from '../lib/day.ts'
import { makePeople, personOfThisUser, type Person } from '../lib/person.ts'
import { settingsFrom } from '../lib/settings.ts'
import { summaryOf, summaryTrendStats } from '../lib/summary.ts'
import { thresholdsOf } from '../lib/thresholds.ts'

const settings = settingsFrom({ vus: 40, rate: 5, duration: '20s', pauseSeconds: 0.1 })

export const options = {
  scenarios: {
    gate: {
      executor: 'constant-arrival-rate',
      rate: settings.rate,
      duration: settings.duration,
      preAllocatedVUs: settings.vus,
      gracefulStop: '10s',
    },
  },
  thresholds: thresholdsOf('gate', settings, calls),
  setupTimeout: '180s',
  summaryTrendStats,
}

export const setup = () => makePeople(settings.target, settings.vus)

let me: Person | undefined // kept, because what the setup gives is a copy in which a renewed token would be lost
export default function (people: Person[]): void {
  me ??= personOfThisUser(people)
  work(settings.target, me, settings.pauseSeconds)
}

export const handleSummary = summaryOf('gate', settings)
