/** Lists answer in pages; a cursor says where the next one begins. */
import { z } from 'zod'
import { line } from './text.ts'

/** What every list takes. `limit` 1..100, default 20; `cursor` is the `nextCursor` of the page before. */
export const pageRequest = {
  limit: z.int().min(1).max(100).default(20),
  cursor: z.string().max(512).optional(),
}

/** Words to look for, at most 100 characters; `%` and `_` have no meaning of their own. */
export const search = line(100).optional()

/** A page of `item`; `nextCursor` is null on the last one. */
export const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export type Page<Item> = { items: Item[]; nextCursor: string | null }
