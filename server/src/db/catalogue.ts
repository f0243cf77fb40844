/** Reads the system catalogue and finds whatever would let one organization see or change what belongs to another. */
import type { Client } from 'pg'
import { migrations } from '../../migrations/index.ts'
import { faultsQuery } from './catalogue-query.ts'
import { spanningKeys, tables } from './catalogue-tables.ts'
import { imageSchema, misfit, readSchema } from './schema-version.ts'

const image = imageSchema(Object.keys(migrations))

/**
 * Faults of roles, tables, policies, keys, functions and views of the connected database, one sentence each; empty when all
 * is well. Any login may ask; the login itself is judged too. Takes some 20 ms. Errors: those of PostgreSQL.
 */
export async function catalogueFaults(client: Client): Promise<string[]> {
  const database = await readSchema(client)
  const complaint = misfit(image, database)
  if (complaint !== undefined) return [`Schema: ${complaint}.`]
  const classes = Object.fromEntries(Object.entries(tables).map(([table, { class: is }]) => [table, is]))
  const unaudited = Object.keys(tables).filter((table) => tables[table]?.unaudited !== undefined)
  // A newer release may have added tables that this one does not know yet; it must go on working beside them.
  const isNewer = (database?.version ?? '') > image.schema
  const { rows } = await client.query<{ fault: string }>({
    text: faultsQuery,
    values: [JSON.stringify(classes), Object.keys(spanningKeys), isNewer, unaudited],
  })
  return rows.map(({ fault }) => fault)
}
