/** Proves that every column that can hold text does hold a side's word. */
import type { Administrator } from '../administrator.ts'
import { tables } from '../../src/db/catalogue-tables.ts'
import { isTheirs } from './rows.ts'
import type { Side } from './side.ts'

/** Columns of text that people cannot put words into. */
const wordless: Record<string, string> = {
  'events.type': 'one of the event types',
  'invitations.token_hash': 'a hash',
  'idempotency_keys.request_hash': 'a hash',
  'idempotency_keys.response': 'sealed: idempotency.test.ts looks for words in it',
  'audit_entries.address': 'an IP address',
  'audit_entries.entity': 'one of the nouns',
  'audit_entries.login': 'a role of PostgreSQL',
  'audit_entries.procedure': 'a name of the router',
  'audit_entries.prev_hash': 'a hash',
  'audit_entries.hash': 'a hash',
  'audit_heads.hash': 'a hash',
}

/** Sentences about columns without the word of `side`: a leak through them would go unseen. */
export async function columnsWithoutWord(administrator: Administrator, side: Side): Promise<string[]> {
  // a column with a list of allowed values holds no words; the list is read off its check
  const columns = await administrator.rows<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
     where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
       and (t.typcategory = 'S' or t.typname in ('json', 'jsonb', 'bytea', 'xml', '_text', '_varchar'))
       and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
                         and pg_get_constraintdef(k.oid) ~ '= ANY \\(ARRAY\\[')
     order by 1, 2`,
  )
  const found: string[] = []
  for (const { table, column } of columns) {
    if (tables[table]?.class === 'system' || wordless[`${table}.${column}`] !== undefined) continue
    const where = isTheirs(table)
    const [row] = await administrator.rows(
      `select from app.${table} where ${where ?? 'true'} and strpos(lower(${column}::text), $3) > 0 and $1::uuid[] is not null and $2::uuid[] is not null limit 1`,
      [side.organizations, Object.values(side.staff).map(({ userId }) => userId), side.word],
    )
    if (row === undefined)
      found.push(
        `Column ${table}.${column} holds no canary: fill it in server/test/isolation/side.ts, or say in columns.ts why nobody can.`,
      )
  }
  return found
}
