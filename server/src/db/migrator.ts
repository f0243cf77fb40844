/** Brings a database to the newest schema, one migration in one transaction after the other. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Knex } from 'knex'
import pg from 'pg'
import { migrations as released } from '../../migrations/index.ts'
import { openMigrator, type Limits } from './migrator-connection.ts'
import { sqlState } from './provision-connection.ts'
import { misfit, imageSchema, versionOf, type DatabaseSchema } from './schema-version.ts'

/** One migration. `needs`, on a contract only: the oldest program schema that can work without what it takes away. */
export type Migration = { up: (knex: Knex) => Promise<unknown>; needs?: string; config?: { transaction: boolean } }
export type Migrations = Record<string, Migration>

export type MigrateOptions = {
  migrations?: Migrations
  /** Told in one line what happens: which migration ran in how many milliseconds, who is waited for. */
  report?: (line: string) => void
  limits?: Partial<Limits>
  /** How often a migration is tried that does not get its lock, and how long to rest between, in milliseconds. */
  tries?: number
  restMs?: number
}

/**
 * Runs what is missing and gives the names of what ran. Safe to kill at any moment, to repeat and to run twice at once:
 * everything, the lock included, happens on one connection. A database that is ahead of `migrations` is left alone when
 * this program can work with it. Errors: those of PostgreSQL; a sentence when the database is too new.
 */
export async function migrate(migratorUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const { migrations = released, report = () => {}, limits, tries = 10, restMs = 2_000 } = options
  const knex = openMigrator(migratorUrl, limits)
  const config = { migrationSource: source(migrations, report), schemaName: 'migrations', afterAll: noteVersion(migrations) }
  try {
    await knex.raw('create schema if not exists migrations')
    if (await isAhead(knex, migrations, report)) return []
    await knex.migrate.forceFreeMigrationsLock(config) // whoever set it is dead: we hold the advisory lock on this connection
    const ran: string[] = []
    for (;;) {
      const [, names] = await withPatience(() => knex.migrate.up(config), { tries, restMs, report })
      if (names.length > 0) ran.push(...names)
      else break
    }
    // One without a transaction may have been killed between its end and its note.
    await config.afterAll(knex, Object.keys(migrations))
    return ran
  } finally {
    await knex.destroy()
  }
}

const source = (migrations: Migrations, report: (line: string) => void): Knex.MigrationSource<string> => ({
  getMigrations: async () => Object.keys(migrations).toSorted(),
  getMigrationName: (name) => name,
  getMigration: async (name) => {
    const { up, config } = migrations[name] ?? missing(name)
    const timed = async (knex: Knex) => {
      const start = performance.now()
      await up(knex).catch((error: unknown) => {
        throw named(name, error)
      })
      report(`${name} ${Math.round(performance.now() - start)} ms`)
    }
    // Knex asks for a way back; the way back of a released migration is a new one.
    return { up: timed, down: async () => {}, ...(config && { config }) }
  },
})

function missing(name: string): never {
  throw new Error(`The migration ${name} is not in the list.`)
}

// Knex puts the whole statement before the reason; a person needs the reason and the file.
function named(name: string, error: unknown): unknown {
  if (error instanceof pg.DatabaseError) error.message = `${name}: ${error.message.slice(error.message.lastIndexOf(' - ') + 3)}`
  return error
}

// Runs in the transaction of the migration, so schema and version cannot disagree. A version never goes back.
const noteVersion = (migrations: Migrations) => async (knex: Knex, names: unknown[]) => {
  const sorted = names.map(String).toSorted()
  await knex.raw(
    `insert into app.schema_meta as m (version, min_app_schema) values (:version, :needs)
     on conflict (one_row) do update set version = greatest(m.version, excluded.version),
       min_app_schema = greatest(m.min_app_schema, excluded.min_app_schema), migrated_at = now()
     where m.version < excluded.version or m.min_app_schema < excluded.min_app_schema`,
    {
      version: versionOf(sorted.at(-1) ?? ''),
      needs:
        sorted
          .map((name) => migrations[name]?.needs ?? '')
          .toSorted()
          .at(-1) ?? '',
    },
  )
}

// After a rollback the older program meets the newer schema: its migrator must neither fail nor touch anything.
async function isAhead(knex: Knex, migrations: Migrations, report: (line: string) => void): Promise<boolean> {
  const { rows: tables } = await knex.raw(`select to_regclass('app.schema_meta') is not null "exists"`)
  if (!tables[0].exists) return false
  const { rows } = await knex.raw(`select version, min_app_schema as "minAppSchema" from app.schema_meta`)
  const database: DatabaseSchema | undefined = rows[0]
  const image = imageSchema(Object.keys(migrations))
  if (!database || database.version <= image.schema) return false
  const complaint = misfit(image, database)
  if (complaint) throw new Error(`The schema is too new: ${complaint}.`)
  report(`the database is at ${database.version}, ahead of this program (${image.schema}), and they fit: nothing to do`)
  return true
}

type Patience = { tries: number; restMs: number; report: (line: string) => void }

// A migration gives up its place in the queue rather than make every reader behind it wait, and comes back.
async function withPatience<T>(step: () => Promise<T>, { tries, restMs, report }: Patience): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await step()
    } catch (error) {
      if (sqlState(error) !== '55P03' || left === 0) throw error
      const rest = Math.round(restMs * (0.5 + Math.random()))
      report(`somebody holds a lock that the migration needs; next try in ${rest} ms, ${left} left`)
      await pause(rest)
    }
  }
}
