/** The limiter of a single process. */
import { RateLimiterMemory, type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { Budget, Limiter, Spent } from '../limiter.ts'

/** `processes` of them share each budget without knowing of each other: everyone gives its part of it. */
export function memoryLimiter(processes = 1): Limiter {
  const counts = oneEach(({ name, calls, seconds }) => ({
    limit: Math.ceil(calls / processes),
    counter: new RateLimiterMemory({ keyPrefix: name, points: Math.ceil(calls / processes), duration: seconds }),
  }))
  return {
    spend: (budget, key, cost) => {
      const { limit, counter } = counts(budget)
      return consumed(counter, limit, budget, key, cost)
    },
    close: () => Promise.resolve(),
  }
}

/** Makes something for each budget, once. */
export function oneEach<Kept>(make: (budget: Budget) => Kept): (budget: Budget) => Kept {
  const kept = new Map<Budget, Kept>()
  return (budget) => {
    const known = kept.get(budget) ?? make(budget)
    kept.set(budget, known)
    return known
  }
}

/** What a counter of the library says. It rejects with its result where there is not enough left; any other rejection is passed on. */
export async function consumed(counter: RateLimiterAbstract, limit: number, budget: Budget, key: string, cost: number): Promise<Spent> {
  const told = (isAdmitted: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Spent => ({
    isAdmitted,
    limit,
    seconds: budget.seconds,
    remaining: remainingPoints,
    resetMs: Math.max(msBeforeNext, 0),
  })
  try {
    return told(true, await counter.consume(key, cost))
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown
    return told(false, thrown)
  }
}
