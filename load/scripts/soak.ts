/** Soak: does it stay well for hours? The gate's work, long; at most 250 virtual users, because each signs in once. */
import { calls, work } from '../lib/day.ts'
import { makePeople, personOfThisUser, type Person } from '../lib/person.ts'
import { settingsFrom } from '../lib/settings.ts'
import { summaryOf, summaryTrendStats } from '../lib/summary.ts'
import { thresholdsOf } from '../lib/thresholds.ts'

const settings = settingsFrom({ vus: 40, rate: 5, duration: '30m', pauseSeconds: 0.5 })

export const options = {
  scenarios: {
    soak: {
      executor: 'constant-arrival-rate',
      rate: settings.rate,
      duration: settings.duration,
      preAllocatedVUs: settings.vus,
      gracefulStop: '30s',
    },
  },
  thresholds: thresholdsOf('soak', settings, calls),
  setupTimeout: '180s',
  summaryTrendStats,
}

export const setup = () => makePeople(settings.target, settings.vus)

let me: Person | undefined // kept, because what the setup gives is a copy in which a renewed token would be lost
export default function (people: Person[]): void {
  me ??= personOfThisUser(people)
  work(settings.target, me, settings.pauseSeconds)
}

export const handleSummary = summaryOf('soak', settings)
