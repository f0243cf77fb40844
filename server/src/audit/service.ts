/** Reading the audit trail. Nothing here writes: the database does, at the commit of every change. */
import type { AuditEntry, AuditFields, AuditList } from '@mortise/shared/audit'
import type { Page } from '@mortise/shared/pages'
import type { Caller } from '../db/entrances.ts'
import { pageOf } from '../db/pages.ts'
import type { Scope } from '../db/scope.ts'
import type { Turn } from '../tokens/cursor.ts'
import { AuditEntryRow } from './model.ts'

/** The entries that fit all filters, newest first. `me` is the caller. */
export async function list(
  scope: Scope,
  turn: Turn,
  caller: Caller,
  { actor, entity, entityId, action, since, until }: AuditList,
): Promise<Page<AuditEntry>> {
  const query = AuditEntryRow.of(scope)
  if (actor !== undefined) void query.where('actorId', actor === 'me' ? caller.userId : actor)
  if (entity !== undefined) void query.where({ entity })
  if (entityId !== undefined) void query.where({ entityId })
  if (action !== undefined) void query.where({ action })
  if (since !== undefined) void query.where('at', '>=', since)
  if (until !== undefined) void query.where('at', '<', until)
  const { items, nextCursor } = await pageOf(query, turn, [['seq', 'desc']])
  return { items: items.map(entryOf), nextCursor }
}

const entryOf = ({ before, after, hash, ...row }: AuditEntryRow): AuditEntry => ({
  ...row,
  before: named(before),
  after: named(after),
  hash: hash.toString('hex'),
})

/** Fields are named as everywhere in the API, not as the columns that hold them. */
const named = (fields: AuditFields | null): AuditFields | null =>
  fields && Object.fromEntries(Object.entries(fields).map(([column, value]) => [camelCase(column), value]))

const camelCase = (column: string) => column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
