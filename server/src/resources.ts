/** What a process needs to answer requests, opened once at start and handed down. */
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { openDatabase, type Database } from './db/database.ts'
import { organizationChannel } from './events/channels.ts'
import { budgetsOf, type Budgets } from './limits/budgets.ts'
import type { Bus } from './ports/bus.ts'
import type { Limiter } from './ports/limiter.ts'
import { memoryBus } from './ports/memory/bus.ts'
import { memoryLimiter } from './ports/memory/limiter.ts'
import { redisBus } from './ports/redis/bus.ts'
import { redisLimiter } from './ports/redis/limiter.ts'
import { keysFrom, type Keys } from './tokens/keys.ts'

export type Resources = {
  readonly config: Config
  readonly log: Logger
  readonly keys: Keys
  readonly bus: Bus
  readonly limiter: Limiter
  readonly budgets: Budgets
  readonly database: Database
  /** Aborted at the first moment of a shutdown: streams end, readiness falls. */
  readonly closing: AbortSignal
}

/** Opens everything that `config` names. Nothing is connected to yet, so a dependency that is away stops nobody. */
export function openResources(config: Config, log: Logger, closing: AbortSignal): Resources {
  const bus = config.REDIS_URL === undefined ? memoryBus() : redisBus(config.REDIS_URL, log)
  const database = openDatabase(
    config.DATABASE_URL,
    config.DATABASE_POOL,
    (organizationId) => bus.signal(organizationChannel(organizationId)),
    log,
  )
  const limiter = config.REDIS_URL === undefined ? memoryLimiter(config.PROCESSES) : redisLimiter(config.REDIS_URL, config.PROCESSES, log)
  return { config, log, keys: keysFrom(config.TOKEN_SECRET), bus, limiter, budgets: budgetsOf(config), database, closing }
}
