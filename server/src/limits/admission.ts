/** Admission: what a call costs whom, taken before the call costs us anything. */
import type { Context } from '../context.ts'
import type { Caller } from '../db/entrances.ts'
import type { Entrance } from '../db/scope.ts'
import { AppError } from '../errors.ts'
import { prefixOf } from '../http/client-address.ts'
import type { Spent } from '../ports/limiter.ts'
import type { Meta } from '../rest/meta.ts'
import type { BudgetName } from './budgets.ts'

type Price = Pick<Meta, 'cost' | 'budget'>

/** Lets anybody call, charged to the address. Errors: RATE_LIMITED. */
export const admitAnybody = (ctx: Context, { cost = 1, budget }: Price) =>
  charge(ctx, budget ?? 'address', prefixOf(ctx.clientAddress), cost)

/**
 * Tells who is calling, charged to the person. Whoever cannot be told is charged to the address. Errors: UNAUTHENTICATED,
 * TOKEN_EXPIRED, RATE_LIMITED.
 */
export async function admitCaller(ctx: Context, { cost = 1, budget }: Price): Promise<Caller> {
  let caller: Caller
  try {
    caller = ctx.authenticate()
  } catch (error) {
    await charge(ctx, 'address', prefixOf(ctx.clientAddress), 1)
    throw error
  }
  await charge(ctx, 'user', caller.userId, cost)
  if (budget !== undefined) await charge(ctx, budget, caller.userId, 1)
  return caller
}

/**
 * Does work behind an entrance, charged to the organization that the database proved the entrance to lead to. Before the work,
 * where that is known from the last time; otherwise after it, when the first call has shown it. So nobody spends the budget of
 * an organization that is not theirs. Errors: RATE_LIMITED.
 */
export async function chargingOrganization<Result>(
  ctx: Context,
  entrance: Entrance,
  { cost = 1 }: Price,
  work: () => Promise<Result>,
): Promise<Result> {
  const { organizationOf } = ctx.r.database
  const known = organizationOf(entrance)
  if (known !== undefined) await charge(ctx, 'organization', known, cost)
  try {
    return await work()
  } finally {
    const shown = known === undefined ? organizationOf(entrance) : undefined
    if (shown !== undefined) await spend(ctx, 'organization', shown, cost)
  }
}

async function charge(ctx: Context, name: BudgetName, key: string, cost: number): Promise<void> {
  const spent = await spend(ctx, name, key, cost)
  if (spent?.isAdmitted === false) throw new AppError('RATE_LIMITED', {}, { retryAfterSeconds: secondsOf(spent.resetMs) })
}

async function spend(ctx: Context, name: BudgetName, key: string, cost: number): Promise<Spent | undefined> {
  const budget = ctx.r.budgets[name]
  if (budget === undefined) return undefined
  const spent = await ctx.r.limiter.spend(budget, key, cost)
  ctx.tellSpent(spent)
  return spent
}

/** Whole seconds, at least one. */
const secondsOf = (ms: number) => Math.max(1, Math.ceil(ms / 1_000))
