/** Cursors of paged lists: where the next page begins, signed and bound to whoever asked and to what was asked. */
import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { invalid } from '../errors.ts'

const place = z.array(z.union([z.string(), z.number()])).max(4)
export type Place = z.infer<typeof place>

/** The page that a list was asked for: up to `limit` items behind `after`. `next` makes the cursor of the page behind a place. */
export type Turn = { limit: number; after: Place | null; next(after: Place): string }

/**
 * Reads the cursor of a request. `binding` names procedure, caller and filter; a cursor of another binding is refused with
 * VALIDATION_FAILED, before any database connection is taken.
 */
export function turnOf(key: KeyObject, binding: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Turn {
  const sign = (body: string) => createHmac('sha256', key).update(`${binding}\n${body}`).digest('base64url').slice(0, 22)
  return {
    limit,
    after: cursor === undefined ? null : read(cursor, sign),
    next: (after) => {
      const body = Buffer.from(JSON.stringify(after)).toString('base64url')
      return `${body}.${sign(body)}`
    },
  }
}

function read(cursor: string, sign: (body: string) => string): Place {
  const [body = '', mac = '', ...more] = cursor.split('.')
  const [given, wanted] = [Buffer.from(mac), Buffer.from(sign(body))]
  if (more.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw invalid('cursor', 'Is not a cursor of this list')
  return place.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
}
