/** Keyset pages: the next page begins behind the last row of this one, however many rows there are. */
import type { Page } from '@mortise/shared/pages'
import { raw, type Model, type QueryBuilder } from 'objection'
import type { Place, Turn } from '../tokens/cursor.ts'

/** Columns that put rows into a total order; all ascending or all descending, so that one row comparison serves. */
export type Order = [column: string, direction: 'asc' | 'desc'][]

/**
 * Runs a query for the page that `turn` asks for. `columns` are properties of the row, the last one unique. `table` qualifies
 * them where a join makes them ambiguous. One row more than the limit tells whether there is a next page.
 */
export async function pageOf<Item extends Model>(
  query: QueryBuilder<Item>,
  { limit, after, next }: Turn,
  columns: Order,
  table?: string,
): Promise<Page<Item>> {
  const direction = columns[0]?.[1] ?? 'asc'
  const names = columns.map(([column]) => (table === undefined ? column : `${table}.${column}`))
  for (const name of names) void query.orderBy(name, direction)
  if (after !== null) {
    const marks = (mark: string) => names.map(() => mark).join(', ')
    void query.whereRaw(`(${marks('??')}) ${direction === 'asc' ? '>' : '<'} (${marks('?')})`, [...names, ...after])
  }
  const rows = await query.limit(limit + 1)
  const items = rows.slice(0, limit)
  const last = items.at(-1) as Record<string, unknown> | undefined
  const place = (): Place => columns.map(([column]) => last?.[column] as string | number)
  return { items, nextCursor: rows.length > limit ? next(place()) : null }
}

/** A condition that `column` contains the words literally: `%`, `_` and `\\` mean themselves. */
export const contains = (column: string, words: string) => raw('?? ilike ?', [column, `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`])
