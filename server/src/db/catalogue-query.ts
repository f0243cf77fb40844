/**
 * The one reading behind `catalogueFaults`: each `select` of the union is a rule and gives a sentence for each breach.
 * $1: class of each table as JSON. $2: unique keys that may span organizations. $3: whether unknown tables are expected.
 * $4: tables that need not be audited.
 */
export const faultsQuery = `
with
known as (select key as relname, value as class from jsonb_each_text($1::jsonb)),
relations as (
  select c.oid, c.relname, c.relkind, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.reloptions,
         coalesce(k.class, pk.class) as class
  from pg_class c
    left join known k on k.relname = c.relname
    left join pg_inherits i on i.inhrelid = c.oid
    left join pg_class p on p.oid = i.inhparent
    left join known pk on pk.relname = p.relname
  where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p', 'f', 'v', 'm')
),
tables as (select * from relations where relkind in ('r', 'p', 'f')),
guarded as (select * from tables where class is distinct from 'system'),
tenants as (select t.*, a.attnum as organization from tables t
  left join pg_attribute a on a.attrelid = t.oid and a.attname = 'organization_id' and a.attnotnull where t.class = 'tenant'),
runtime as (
  select oid, rolname, rolname <> all (array['mortise_api', 'mortise_worker', 'mortise_readonly']) as is_stranger,
         rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
  from pg_roles where rolname in ('mortise_api', 'mortise_worker', 'mortise_readonly', session_user)
),
-- for_nobody: for roles that nobody can log in as, whose rules say so below
policies as (
  select p.polname, t.relname, pg_get_expr(p.polqual, p.polrelid) as qual, pg_get_expr(p.polwithcheck, p.polrelid) as with_check,
         p.polroles <@ array(select oid from pg_roles where rolname in ('mortise_doorkeeper', 'mortise_owner')) as is_for_nobody
  from pg_policy p join tables t on t.oid = p.polrelid
),
functions as (
  select p.oid, p.oid::regprocedure::text as signature, p.proowner, p.prosecdef, p.proconfig, p.proacl
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname not in ('pg_catalog', 'information_schema')
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
)
select format('Table %s is not classified: add it to catalogue-tables.ts.', relname) as fault from tables where class is null and not $3
union all
select format('Table %s is classified but does not exist.', k.relname) from known k where k.relname not in (select relname from tables) and not $3
union all
select format('Table %s belongs to %s instead of mortise_owner.', relname, pg_get_userbyid(relowner)) from tables
  where pg_get_userbyid(relowner) <> 'mortise_owner'
union all
select format('Table %s does not enable row level security.', relname) from guarded where not relrowsecurity
union all
select format('Table %s does not force row level security on its owner.', relname) from guarded where not relforcerowsecurity
union all
select format('Table %s has no policy for those who are asking.', t.relname) from guarded t
  where not exists (select from policies p where p.relname = t.relname and not p.is_for_nobody)
union all
select format('Policy %s on %s does not ask for the scope.', polname, relname) from policies
  where not is_for_nobody
    and exists (select from unnest(array[qual, with_check]) e where e !~ 'app\\.(current_organization|entered_organization|current_account)\\(\\)')
union all
select format('Table %s has no organization_id that is never null.', relname) from tenants where organization is null
union all
select format('Table %s has no index that leads with organization_id.', t.relname) from tenants t
  where organization is not null and not exists
    (select from pg_index i where i.indrelid = t.oid and i.indkey[0] = t.organization and i.indisvalid and i.indpred is null)
union all
select format('Table %s leaves no audit trail when its rows are %s.', t.relname, e.done)
  from tables t, (values (4, 'inserted'), (8, 'deleted'), (16, 'updated')) e (bit, done)
  where t.class in ('tenant', 'organization') and t.relname <> all ($4)
    and not exists (select from pg_trigger g where g.tgrelid = t.oid and g.tgfoid = to_regprocedure('app.audit()') and g.tgtype & e.bit <> 0
                      and g.tgenabled in ('O', 'A'))
union all
select format('Unique key %s of %s spans organizations.', i.indexrelid::regclass, t.relname) from tenants t join pg_index i on i.indrelid = t.oid
  where i.indisunique and not t.organization = any ((i.indkey::int2[])[0 : i.indnkeyatts - 1])
    and not exists (select from pg_class c where c.oid = i.indexrelid and c.relname = any ($2))
union all
select format('Unique key %s of %s spans organizations.', i.indexrelid::regclass, t.relname) from tables t join pg_index i on i.indrelid = t.oid
  where t.class = 'organization' and i.indisunique and not i.indisprimary
    and not exists (select from pg_class c where c.oid = i.indexrelid and c.relname = any ($2))
union all
select format('Foreign key %s of %s can point into another organization.', f.conname, f.conrelid::regclass) from pg_constraint f
  join tenants target on target.oid = f.confrelid
  where f.contype = 'f' and not exists (
    select from unnest(f.conkey, f.confkey) k (here, there) join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.here
    where k.there = target.organization and a.attname = 'organization_id')
union all
select format('Role %s does not exist.', r) from unnest(array['mortise_owner', 'mortise_doorkeeper', 'mortise_api', 'mortise_worker', 'mortise_readonly']) r
  where not exists (select from pg_roles where rolname = r)
union all
select format('Role %s can log in.', rolname) from pg_roles where rolname in ('mortise_owner', 'mortise_doorkeeper') and rolcanlogin
union all
select format('Role %s is a superuser or passes by row level security.', rolname) from pg_roles
  where rolname in ('mortise_owner', 'mortise_doorkeeper') and (rolsuper or rolbypassrls)
union all
select format('Role %s is %s.', rolname, power) from runtime, lateral unnest(array[
    case when rolsuper then 'a superuser' end, case when rolbypassrls then 'not held by row level security' end,
    case when rolcreaterole then 'allowed to make roles' end, case when rolcreatedb then 'allowed to make databases' end,
    case when rolreplication then 'allowed to replicate' end]) power
  where power is not null
union all
select format('Role %s is a member of %s.', r.rolname, pg_get_userbyid(m.roleid)) from pg_auth_members m join runtime r on r.oid = m.member
union all
select format('Role %s owns %s.', r.rolname, o.what) from runtime r join (
    select relowner as owner, oid::regclass::text as what from relations
    union all select proowner, signature from functions
    union all select nspowner, 'schema ' || nspname from pg_namespace where nspname in ('app', 'migrations')
    union all select datdba, 'database ' || datname from pg_database where datname = current_database()
  ) o on o.owner = r.oid
union all
select distinct format('%s may %s table %s.', case when g.grantee = 0 then 'Everybody' else 'Role ' || pg_get_userbyid(g.grantee) end, lower(g.privilege_type), g.relname)
  from (
    select r.relname, r.relowner, a.* from relations r, aclexplode(r.relacl) a
    union all select r.relname, r.relowner, a.* from relations r join pg_attribute c on c.attrelid = r.oid, aclexplode(c.attacl) a
  ) g
  where g.grantee <> g.relowner and (g.grantee = 0 or g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'))
union all
select distinct format('Role %s may write the system table %s.', r.rolname, t.relname) from tables t, runtime r
  where t.class = 'system' and (has_any_column_privilege(r.oid, t.oid, 'INSERT, UPDATE') or has_table_privilege(r.oid, t.oid, 'DELETE'))
union all
select format('Everybody may %s in database %s.', lower(a.privilege_type), d.datname)
  from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
  where d.datname = current_database() and a.grantee = 0 and a.privilege_type in ('CREATE', 'TEMPORARY')
union all
select format('Everybody may %s schema %s.', case a.privilege_type when 'CREATE' then 'create in' else 'use' end, n.nspname)
  from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
  where a.grantee = 0 and (n.nspname in ('app', 'migrations') or n.nspname = 'public' and a.privilege_type = 'CREATE')
union all
select format('Function %s runs as its owner and its search_path is not fixed.', signature) from functions
  where prosecdef and not exists (select from unnest(proconfig) s where starts_with(s, 'search_path='))
union all
select format('Function %s runs as %s instead of mortise_doorkeeper.', signature, pg_get_userbyid(proowner)) from functions
  where prosecdef and pg_get_userbyid(proowner) <> 'mortise_doorkeeper'
union all
select format('Function %s may be called by everybody.', f.signature) from functions f, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
  where a.grantee = 0 and (f.prosecdef or starts_with(f.signature, 'app.'))
union all
select format('View %s reads with the rights of its owner: set security_invoker.', relname) from relations
  where relkind = 'v' and not exists (select from pg_options_to_table(reloptions) where option_name = 'security_invoker' and option_value::boolean)
union all
select format('Materialized view %s can be read by %s, and no policy holds there.', v.relname, r.rolname) from relations v, runtime r
  where v.relkind = 'm' and not r.is_stranger and has_any_column_privilege(r.oid, v.oid, 'SELECT')
union all
select format('%s.%s can be read by %s and is outside schema app.', n.nspname, c.relname, r.rolname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace, runtime r
  where c.relkind in ('r', 'p', 'f', 'v', 'm') and n.nspname not in ('app', 'pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
    and not r.is_stranger and has_schema_privilege(r.oid, n.oid, 'USAGE') and has_any_column_privilege(r.oid, c.oid, 'SELECT')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1`
