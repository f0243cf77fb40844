/** Which schema this program needs, which one a database has, and whether the two fit. */
import type { Client } from 'pg'
import { sqlState, withConnection } from './provision-connection.ts'

/** The schema of a program: the newest migration it knows, and the newest one that it cannot do without. */
export type ImageSchema = { schema: string; required: string }

/** The schema of a database: its newest migration, and the oldest program schema that can still work with it. */
export type DatabaseSchema = { version: string; minAppSchema: string }

/** The sortable part of a migration's name: `20261121_0100` of `20261121_0100_expand_scope`. */
export const versionOf = (migration: string): string => migration.slice(0, 13)

/** What a program with these migrations knows and needs. A `contract` only takes away, so nobody has to wait for one. */
export function imageSchema(names: readonly string[]): ImageSchema {
  const sorted = names.toSorted()
  const needed = sorted.filter((migration) => !/^\d{8}_\d{4}_contract_/.test(migration))
  return { schema: versionOf(sorted.at(-1) ?? ''), required: versionOf(needed.at(-1) ?? '') }
}

/** The sentence that says why program and database do not fit, or undefined when they do. */
export function misfit(image: ImageSchema, database: DatabaseSchema | undefined): string | undefined {
  if (!database) return 'the database has not been migrated yet'
  if (database.version < image.required) return `the database is at ${database.version} and this program needs ${image.required}`
  if (database.minAppSchema > image.schema)
    return `the database needs programs from ${database.minAppSchema} on and this one is from ${image.schema}`
  return undefined
}

/** Reads the schema of the connected database; undefined when it was never migrated. Any of Mortise's logins may ask. */
export async function readSchema(client: Client): Promise<DatabaseSchema | undefined> {
  try {
    const { rows } = await client.query(`select version, min_app_schema as "minAppSchema" from app.schema_meta`)
    return rows[0]
  } catch (error) {
    if (['42P01', '3F000'].includes(sqlState(error) ?? '')) return undefined // no table, no schema
    throw error
  }
}

/**
 * Waits until the database fits `image`, asking every `everyMs`. Errors: after `timeoutMs`, a sentence that says what was
 * wrong last, be it the schema or the connection.
 */
export async function waitForSchema(
  url: string,
  image: ImageSchema,
  { timeoutMs, everyMs = 500 }: { timeoutMs: number; everyMs?: number },
): Promise<void> {
  const end = performance.now() + timeoutMs
  for (;;) {
    const complaint = await look(url, image)
    if (complaint === undefined) return
    if (performance.now() + everyMs > end) throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s in vain: ${complaint}.`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

async function look(url: string, image: ImageSchema): Promise<string | undefined> {
  try {
    return misfit(image, await withConnection(url, readSchema))
  } catch (error) {
    return error instanceof Error ? error.message || String(sqlState(error) ?? (error as NodeJS.ErrnoException).code) : String(error)
  }
}
