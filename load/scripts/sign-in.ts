/** Sign-in: guests come, look who they are, renew their token and leave. RATE stays below what the server lets one address do. */
import { clientOf, renew } from '../lib/client.ts'
import { signIn } from '../lib/person.ts'
import { settingsFrom } from '../lib/settings.ts'
import { isAccount, isNothing } from '../lib/shapes.ts'
import { summaryOf, summaryTrendStats } from '../lib/summary.ts'
import { thresholdsOf } from '../lib/thresholds.ts'

const settings = settingsFrom({ vus: 20, rate: 2, duration: '20s', pauseSeconds: 0 })
const calls = ['sessions.guest', 'accounts.me', 'sessions.refresh', 'sessions.logout', 'refused.left']

export const options = {
  scenarios: {
    signIn: {
      executor: 'constant-arrival-rate',
      rate: settings.rate,
      duration: settings.duration,
      preAllocatedVUs: settings.vus,
      gracefulStop: '10s',
    },
  },
  thresholds: thresholdsOf('sign-in', settings, calls),
  summaryTrendStats,
}

export default function (): void {
  const guest = signIn(settings.target, 'sessions.guest')
  if (!guest) return
  const { read, write, refused } = clientOf(settings.target, guest)
  read('accounts.me', '/auth/me', isAccount, ({ id, kind }) => id === guest.userId && kind === 'guest')
  renew(settings.target, guest)
  read('accounts.me', '/auth/me', isAccount, ({ id }) => id === guest.userId)
  write('sessions.logout', 'POST', '/auth/logout', undefined, { status: 204, is: isNothing })
  refused('refused.left', 'GET', '/auth/me', undefined, 401, 'SESSION_ENDED')
}

export const handleSummary = summaryOf('sign-in', settings)
