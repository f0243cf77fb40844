/** Stress: what happens beyond the limit? The gate's work, more and more of it: refusals are fine, wrong answers and crashes are not. */
import { calls, work } from '../lib/day.ts'
import { makePeople, personOfThisUser, type Person } from '../lib/person.ts'
import { settingsFrom } from '../lib/settings.ts'
import { summaryOf, summaryTrendStats } from '../lib/summary.ts'
import { thresholdsOf } from '../lib/thresholds.ts'

const settings = settingsFrom({ vus: 100, rate: 40, duration: '30s', pauseSeconds: 0.1 })

export const options = {
  scenarios: {
    stress: {
      executor: 'ramping-arrival-rate',
      startRate: 1,
      stages: [{ target: settings.rate, duration: settings.duration }],
      preAllocatedVUs: settings.vus,
      gracefulStop: '10s',
    },
  },
  thresholds: thresholdsOf('stress', settings, calls),
  setupTimeout: '180s',
  summaryTrendStats,
}

export const setup = () => makePeople(settings.target, settings.vus)

let me: Person | undefined // kept, because what the setup gives is a copy in which a renewed token would be lost
export default function (people: Person[]): void {
  me ??= personOfThisUser(people)
  work(settings.target, me, settings.pauseSeconds)
}

export const handleSummary = summaryOf('stress', settings)
