/** The doors. A feature can reach the database through one of them only; the raw builder stays here. */
import type { Problem } from '@mortise/shared/errors'
import type { Permission } from '@mortise/shared/permissions'
import { initTRPC } from '@trpc/server'
import type { z } from 'zod'
import { originOf, type Context } from './context.ts'
import { enterAccount, enterOrganization, enterProject, enterTask, type Caller } from './db/entrances.ts'
import type { Entrance, Scope } from './db/scope.ts'
import { asAppError, problemOf, type AppError } from './errors.ts'
import { refuseKey } from './idempotency/key.ts'
import { onceFor } from './idempotency/once.ts'
import type { Meta } from './rest/meta.ts'
import { admitAnybody, admitCaller, chargingOrganization } from './limits/admission.ts'
import { slowDown } from './limits/slow-down.ts'
import { turnOf, type Turn } from './tokens/cursor.ts'

/** The names of requests that were refused before there was a context to know them. */
export const requestIds = new WeakMap<Error, string>()

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter: ({ shape, error, ctx }) => {
      const { status, problem } = problemOf(error, ctx?.requestId ?? requestIds.get(error) ?? '')
      const data: { httpStatus: number } & Problem = { httpStatus: status, ...problem }
      return { ...shape, message: problem.message, data }
    },
  })

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/** Everything that was thrown leaves as an entry of the catalogue, so that its status is right behind every door. */
const catalogued = t.procedure.use(async ({ next, path, ctx, signal }) => {
  const result = await next()
  if (result.ok) return result
  const error = asAppError(result.error)
  if (error.error === 'INTERNAL') ctx.r.log.error({ requestId: ctx.requestId, procedure: path, err: error.cause }, 'a procedure failed')
  if (error.error === 'UNAVAILABLE')
    ctx.r.log.warn({ requestId: ctx.requestId, procedure: path, reason: reasonOf(error) }, 'the database cannot answer')
  if (error.error === 'RATE_LIMITED') await slowDown(signal)
  throw error
})

const reasonOf = (error: AppError) => (error.cause instanceof Error ? error.cause.message : String(error.cause))

/** Anybody, signed in or not. Has no scope, but may open one for what the database lets nobody in particular do. */
export const publicProcedure = catalogued.use(async ({ ctx, type, meta, next }) => {
  await admitAnybody(ctx, meta ?? {})
  if (type === 'mutation') refuseKey(ctx)
  return next()
})

/** Charged before the input is read, so a flood of bad input counts too. */
const known = catalogued.use(async ({ ctx, meta, next }) => next({ ctx: { caller: await admitCaller(ctx, meta ?? {}) } }))

/** What a procedure behind a door works with. */
type Inside = { scope: Scope; turn: Turn }

type DoorInput = { limit?: number; cursor?: string | undefined }

/**
 * Builds the step that opens a scope. It stands behind the input parser, so bad input costs no connection; the cursor of a
 * list is read before the scope opens for the same reason. Queries get a READ ONLY transaction.
 */
const inside = <Input extends z.ZodType>(input: Input, entrance: (caller: Caller, input: z.output<Input>) => Entrance) =>
  known.input(input).use(async ({ ctx, input: raw, type, path, meta = {}, signal, next }) => {
    const parsed = raw as z.output<Input>
    const { limit = 20, cursor, ...filter } = parsed as DoorInput
    const turn = turnOf(ctx.r.keys.cursor, `${path} ${ctx.caller.userId} ${JSON.stringify(filter)}`, { limit, cursor })
    const once = onceFor(ctx, type, path, parsed)
    const way = {
      ...entrance(ctx.caller, parsed),
      ...(type === 'mutation' && { origin: { ...originOf(ctx, path), session: ctx.caller.sessionId } }),
    }
    const work = (scope: Scope) =>
      once(scope, async () => {
        const result = await next({ ctx: { scope, turn } satisfies Inside })
        if (!result.ok) throw result.error // next() returns failures; without this line a failed call would commit
        return result
      })
    return chargingOrganization(ctx, way, meta, () => ctx.r.database.transact(type === 'query' ? 'read' : 'write', way, work, signal))
  })

/** A signed-in person with a live session, for what belongs to the person. Throws SESSION_ENDED. */
export const userProcedure = <Input extends z.ZodType>(input: Input) => inside(input, (caller) => enterAccount(caller))

/**
 * A member of `input.org` whose role grants `permission`. Everyone else learns nothing but ORG_NOT_FOUND, a member with
 * another role FORBIDDEN.
 */
export const orgProcedure = <Input extends z.ZodType<{ org: string }>>(permission: Permission, input: Input) =>
  inside(input, (caller, { org }) => enterOrganization(caller, org, permission))

/** The same for `input.project`; its organization is found in the statement that proves membership. Throws PROJECT_NOT_FOUND. */
export const projectProcedure = <Input extends z.ZodType<{ project: string }>>(permission: Permission, input: Input) =>
  inside(input, (caller, { project }) => enterProject(caller, project, permission))

/** The same for `input.task`. Throws TASK_NOT_FOUND. */
export const taskProcedure = <Input extends z.ZodType<{ task: string }>>(permission: Permission, input: Input) =>
  inside(input, (caller, { task }) => enterTask(caller, task, permission))

/**
 * Runs work in a read scope of the organization, proving session, membership and role anew each time. `organizationId` keeps to
 * the organization that was found first: its slug may mean another one tomorrow.
 */
export type Look = <Result>(work: (scope: Scope) => Promise<Result>, organizationId?: string) => Promise<Result>

/**
 * A stream of an organization. It holds no transaction: `ctx.look` opens a short one whenever there is something to see, and
 * throws when the caller may no longer see it.
 */
export const orgSubscription = <Input extends z.ZodType<{ org: string }>>(permission: Permission, input: Input) =>
  known.input(input).use(({ ctx, input: raw, meta = {}, next }) => {
    const way = (org: string) => enterOrganization(ctx.caller, org, permission)
    const look: Look = (work, org = raw.org) => ctx.r.database.transact('read', way(org), work)
    return chargingOrganization(ctx, way(raw.org), meta, () => next({ ctx: { look } }))
  })
