/** The released migrations with rests in between and one that cannot be undone: something to be killed in the middle of. */
import { migrations as released } from '../migrations/index.ts'
import type { Migrations } from '../src/db/migrator.ts'

/** Runs outside a transaction, so Knex's own lock is committed while it runs; says `as alone` in its last statement. */
export const alone = '20990101_0000_data_alone'

/** Rests `seconds` before and after each migration, and twenty times as long in the last one. */
export const slowly = (seconds: number): Migrations => ({
  ...Object.fromEntries(
    Object.entries(released as Migrations).map(([name, { up }]) => [
      name,
      {
        async up(knex) {
          await knex.raw(`select pg_sleep(${seconds})`)
          await up(knex)
          await knex.raw(`select pg_sleep(${seconds})`)
        },
      },
    ]),
  ),
  [alone]: {
    config: { transaction: false },
    async up(knex) {
      await knex.raw('create index concurrently if not exists tasks_by_title on app.tasks (organization_id, title)')
      await knex.raw(`select pg_sleep(${seconds * 20}) as alone`)
    },
  },
})
