/** Writes down what the migrations really made, as text that a review can read and a test can compare. */
import type { Client } from 'pg'

/** Rights, tables, policies, views and functions of schema `app` in a fixed order; the same on every version of PostgreSQL. */
export async function schemaSnapshot(client: Client): Promise<string> {
  const parts: string[] = []
  // Types and functions are written with their schema, whoever asks.
  await client.query(`set search_path = ''`)
  for (const query of [schemas, tables, views, functions]) {
    const { rows } = await client.query<{ text: string }>(query)
    parts.push(...rows.map(({ text }) => text))
  }
  await client.query('reset search_path')
  return `-- What the migrations make. Written by a test: UPDATE_SCHEMA=1 rewrites it.\n\n${parts.join('\n\n')}\n`
}

/** Rights on a thing except its owner's own; `acl` is an expression, `on` names the thing. */
const grants = (acl: string, owner: string, on: string) => `
  coalesce((select string_agg(format(E'\\ngrant %s on %s to %s;', g.verbs, ${on}, g.grantee), '' order by g.grantee) from (
    select case when a.grantee = 0 then 'public' else pg_get_userbyid(a.grantee) end as grantee, string_agg(lower(a.privilege_type), ', ' order by a.privilege_type) as verbs
    from aclexplode(${acl}) a where a.grantee <> ${owner} group by 1) g), '')`

const schemas = `
select 'create schema ' || n.nspname || ' authorization ' || pg_get_userbyid(n.nspowner) || ';' || ${grants('n.nspacl', 'n.nspowner', `'schema ' || n.nspname`)}
  || coalesce((select string_agg(format(E'\\n-- by default, %s of %s: %s', case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' else 'functions' end,
        pg_get_userbyid(d.defaclrole), array_to_string(array(select x::text from unnest(d.defaclacl) x order by 1), ' ')), '' order by d.defaclobjtype, d.defaclnamespace)
       from pg_default_acl d where d.defaclnamespace = n.oid or (d.defaclnamespace = 0 and pg_get_userbyid(d.defaclrole) = 'mortise_owner')), '') as text
from pg_namespace n where n.nspname = 'app'`

const columns = `
  select string_agg(format('  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
      coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''), case when a.attnotnull then ' not null' end), E',\\n' order by a.attnum)
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`

const columnGrants = `
  coalesce((select string_agg(format(E'\\ngrant %s (%s) on %s to %s;', g.verb, g.columns, c.oid::regclass, g.grantee), '' order by g.grantee, g.verb) from (
    select pg_get_userbyid(x.grantee) as grantee, lower(x.privilege_type) as verb, string_agg(a.attname, ', ' order by a.attnum) as columns
    from pg_attribute a, aclexplode(a.attacl) x where a.attrelid = c.oid group by 1, 2) g), '')`

const tables = `
select 'create table ' || c.oid::regclass || E' (\\n' || (${columns})
  -- since version 18 a column that is not null is a constraint as well; it stands with its column above
  || coalesce((select string_agg(format(E',\\n  constraint %s %s', k.conname, pg_get_constraintdef(k.oid)), '' order by k.contype <> 'p', k.conname)
       from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'c', 'f', 'x')), '')
  || E'\\n);\\nalter table ' || c.oid::regclass || ' owner to ' || pg_get_userbyid(c.relowner) || ';'
  || coalesce((select string_agg(E'\\n' || pg_get_indexdef(i.indexrelid) || ';', '' order by i.indexrelid::regclass::text)
       from pg_index i where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))), '')
  || case when c.relrowsecurity then E'\\nalter table ' || c.oid::regclass || ' enable row level security;' else '' end
  || case when c.relforcerowsecurity then E'\\nalter table ' || c.oid::regclass || ' force row level security;' else '' end
  || coalesce((select string_agg(format(E'\\ncreate policy %s on %s as %s for %s to %s%s%s;', p.policyname, c.oid::regclass, lower(p.permissive), lower(p.cmd),
         array_to_string(array(select r::text from unnest(p.roles) r order by 1), ', '), E'\\n  using (' || p.qual || ')', E'\\n  with check (' || p.with_check || ')'), '' order by p.policyname)
       from pg_policies p where p.schemaname = 'app' and p.tablename = c.relname), '')
  || ${grants('c.relacl', 'c.relowner', 'c.oid::regclass')} || ${columnGrants}
  || coalesce((select string_agg(E'\\n' || pg_get_triggerdef(t.oid) || ';', '' order by t.tgname) from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal), '') as text
from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p', 'f') order by c.relname`

const views = `
select format(E'create %s %s%s as\\n%s', case c.relkind when 'm' then 'materialized view' else 'view' end, c.oid::regclass,
    coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', ''), pg_get_viewdef(c.oid)) || ${grants('c.relacl', 'c.relowner', 'c.oid::regclass')} as text
from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('v', 'm') order by c.relname`

const functions = `
select rtrim(pg_get_functiondef(p.oid), E'\\n') || E';\\nalter function ' || p.oid::regprocedure || ' owner to ' || pg_get_userbyid(p.proowner) || ';'
  || ${grants(`coalesce(p.proacl, acldefault('f', p.proowner))`, 'p.proowner', `'function ' || p.oid::regprocedure`)} as text
from pg_proc p where p.pronamespace = 'app'::regnamespace order by p.oid::regprocedure::text`
