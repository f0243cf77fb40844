/** Tells callers what they have left, so that the honest ones slow down before they are refused. */
import type { ServerResponse } from 'node:http'
import type { Spent } from '../ports/limiter.ts'

/**
 * Makes the function that writes the `RateLimit-*` headers of an answer (draft-ietf-httpapi-ratelimit-headers-06). One answer can
 * have spent several budgets, and a batch each of them several times: the one with the least left speaks.
 */
export function spentTeller(res: ServerResponse): (spent: Spent) => void {
  let tightest: Spent | undefined
  return (spent) => {
    if (res.headersSent || (tightest !== undefined && !isTighter(spent, tightest))) return
    tightest = spent
    res.setHeader('RateLimit-Limit', spent.limit)
    res.setHeader('RateLimit-Remaining', spent.remaining)
    res.setHeader('RateLimit-Reset', Math.ceil(spent.resetMs / 1_000))
    res.setHeader('RateLimit-Policy', `${spent.limit};w=${spent.seconds}`)
  }
}

const isTighter = (one: Spent, other: Spent) => (one.isAdmitted === other.isAdmitted ? one.remaining < other.remaining : !one.isAdmitted)
