/** The budgets: how many calls who may make. */
import type { Config } from '../config.ts'
import type { Budget } from '../ports/limiter.ts'

/**
 * Who is charged. Before sign-in an address (or the network that one subscriber holds) is, afterwards the person and the
 * organization; what is worth more to an attacker than to others has a budget of its own.
 */
export type BudgetName = 'address' | 'signIn' | 'refresh' | 'user' | 'organization' | 'invitations'

/** Budgets by name; one that is switched off is not there. */
export type Budgets = Readonly<Partial<Record<BudgetName, Budget>>>

/** Of ten seconds where people click: whoever runs into the limit by accident waits ten seconds and not a minute. */
const windows: Record<BudgetName, { key: LimitKey; seconds: number }> = {
  address: { key: 'RATE_LIMIT_ADDRESS', seconds: 10 },
  signIn: { key: 'RATE_LIMIT_SIGN_IN', seconds: 60 },
  refresh: { key: 'RATE_LIMIT_REFRESH', seconds: 60 },
  user: { key: 'RATE_LIMIT_USER', seconds: 10 },
  organization: { key: 'RATE_LIMIT_ORGANIZATION', seconds: 10 },
  invitations: { key: 'RATE_LIMIT_INVITATIONS', seconds: 60 },
}

type LimitKey = Extract<keyof Config, `RATE_LIMIT_${string}`>

/** The budgets that the configuration gives, which counts by the minute. */
export const budgetsOf = (config: Pick<Config, LimitKey>): Budgets =>
  Object.fromEntries(
    Object.entries(windows)
      .filter(([, { key }]) => config[key] > 0)
      .map(([name, { key, seconds }]) => [name, { name, calls: Math.ceil((config[key] * seconds) / 60), seconds }]),
  )
