/** The tables of schema `app` as a table for people, for docs/database.md. */
import type { Client } from 'pg'
import { tables } from './catalogue-tables.ts'

/** Rows in Markdown: each table, whose rows it has, what it holds, what the runtime role may do, and who sees what. */
export async function tablesInMarkdown(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string; verbs: string; policies: string }>(query)
  const lines = rows.map(
    ({ name, verbs, policies }) => `| \`${name}\` | ${tables[name]?.class} | ${tables[name]?.holds} | ${verbs} | ${policies || '(none)'} |`,
  )
  return ['| Table | Rows belong to | Holds | `mortise_api` may | Policies |', '| --- | --- | --- | --- | --- |', ...lines].join('\n')
}

// A right on some columns only is shown with them: that is what keeps, say, an e-mail address from being changed.
const query = `
select c.relname as name,
  array_to_string(array(
    select case when has_table_privilege('mortise_api', c.oid, verb) then verb
      else verb || ' (' || (select string_agg(a.attname, ', ' order by a.attnum) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and has_column_privilege('mortise_api', c.oid, a.attnum, verb)) || ')' end
    from unnest(array['select', 'insert', 'update', 'delete']) with ordinality v (verb, place)
    where has_table_privilege('mortise_api', c.oid, verb) or verb <> 'delete' and has_any_column_privilege('mortise_api', c.oid, verb) order by place), ', ') as verbs,
  array_to_string(array(
    select '\`' || policyname || '\`' || case when cmd = 'ALL' then '' else ' (' || lower(cmd) || ')' end
    from pg_policies where schemaname = 'app' and tablename = c.relname and roles <> '{mortise_doorkeeper}' order by policyname), ', ') as policies
from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') order by c.relname`
