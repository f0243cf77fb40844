/** Whose rows are whose, past every door: for checksums, and for the marks that must not turn up elsewhere. */
import { tables } from '../../src/db/catalogue-tables.ts'
import type { Administrator } from '../administrator.ts'
import type { Side } from './side.ts'

/** Sentences about tables that nobody said whose rows they hold. */
export const unknownTables = (names: readonly string[]): string[] =>
  names
    .filter((name) => tables[name] === undefined)
    .map((name) => `Table ${name} has no class: add it to server/src/db/catalogue-tables.ts, or its rows are checked by nobody.`)

/** The condition under which a row of `table` belongs to a side; null where rows belong to nobody. $1: organizations, $2: users. */
export function isTheirs(table: string): string | null {
  const is = tables[table]?.class
  if (is === 'tenant') return 'organization_id = any ($1::uuid[])'
  if (is === 'organization') return 'id = any ($1::uuid[])'
  if (is === 'account') return `${table === 'users' ? 'id' : 'user_id'} = any ($2::uuid[])`
  return null
}

export const tablesOf = async (administrator: Administrator): Promise<string[]> =>
  (
    await administrator.rows<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') order by 1`,
    )
  ).map(({ name }) => name)

const owners = (side: Side) => [side.organizations, Object.values(side.staff).map(({ userId }) => userId)]

/** An MD5 of all rows of a side in each table, in a fixed order. */
export async function checksumsOf(administrator: Administrator, side: Side): Promise<Record<string, string>> {
  const parts = (await tablesOf(administrator)).flatMap((table) => {
    const where = isTheirs(table)
    return where === null
      ? []
      : [
          `select '${table}' as name, count(*) || ' rows ' || md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as sum from app.${table} t where ${where}`,
        ]
  })
  const rows = await administrator.rows<{ name: string; sum: string }>(parts.join(' union all '), owners(side))
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}

/** What gives a side away: its word, its tokens, and every id that stands in its rows. */
export type Marks = { word: string; tokens: string[]; ids: Set<string> }

/** Reads the marks of a side. Its ids are those in columns of type uuid, wherever they stand. */
export async function marksOf(administrator: Administrator, side: Side): Promise<Marks> {
  const columns = await administrator.rows<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and a.atttypid = 'uuid'::regtype and a.attnum > 0 and not a.attisdropped`,
  )
  const parts = columns.flatMap(({ table, column }) => {
    const where = isTheirs(table)
    return where === null ? [] : [`select ${column}::text as id from app.${table} where ${where}`]
  })
  const rows = await administrator.rows<{ id: string | null }>(parts.join(' union '), owners(side))
  return { word: side.word, tokens: side.tokens, ids: new Set(rows.flatMap(({ id }) => id ?? [])) }
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** The marks that a text holds, cursors opened. What the asker had said is no news: take it out before. */
export function marksIn(text: string, { word, tokens, ids }: Marks): string[] {
  const opened = [...text.matchAll(/"nextCursor":"([\w-]+)\./g)].map(([, body]) => Buffer.from(body as string, 'base64url').toString())
  const all = [text, ...opened].join('\n').toLowerCase()
  return [
    ...(all.includes(word) ? [word] : []),
    ...tokens.filter((token) => text.includes(token)),
    ...new Set([...all.matchAll(uuid)].map(([id]) => id).filter((id) => ids.has(id))),
  ]
}
