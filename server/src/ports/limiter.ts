/** The limiter: counts what somebody spends of a budget, over all processes where something connects them. */

/** So many calls in a window of so many seconds. The name keeps the counts of two budgets apart. */
export type Budget = { readonly name: string; readonly calls: number; readonly seconds: number }

/** How a budget stands after something was spent. */
export type Spent = {
  readonly isAdmitted: boolean
  /** Calls of the whole window; fewer than the budget has while this process counts alone. */
  readonly limit: number
  readonly seconds: number
  readonly remaining: number
  /** Milliseconds until the window ends and everything is there again. */
  readonly resetMs: number
}

export type Limiter = {
  /** Takes `cost` calls from what `key` has left. What does not fit is refused. Never rejects, and answers within 200 ms whatever breaks. */
  spend(budget: Budget, key: string, cost: number): Promise<Spent>
  close(): Promise<void>
}
