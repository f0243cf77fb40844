/** Who changed what, when and from where: a chain of entries for each organization. expand: adds only. */
import type { Knex } from 'knex'
import { audited20261121 } from './helpers/audited-20261121.ts'
import { doorkeeperSees20261121, doors20261121, tenantTable20261121 } from './helpers/tenant-table-20261121.ts'

export const up = (knex: Knex) =>
  knex.raw(`
  create table app.audit_entries (
    organization_id uuid not null references app.organizations on delete cascade,
    seq             bigint not null,
    at              timestamptz not null,
    actor_id        uuid,  -- no foreign key: what somebody did stays done when they are gone
    actor_name      text,  -- as it was then
    session_id      uuid,
    request_id      text,
    address         text,
    user_agent      text,
    login           text not null,  -- of PostgreSQL: tells the server from somebody with a prompt
    procedure       text,
    action          text not null check (action in ('created', 'changed', 'deleted')),
    entity          text not null,
    entity_id       uuid not null,
    entity_name     text,  -- as it was then
    before          jsonb,
    after           jsonb,
    prev_hash       bytea not null,
    hash            bytea not null,
    primary key (organization_id, seq)
  );
  create index audit_entries_of_actor on app.audit_entries (organization_id, actor_id, seq);
  create index audit_entries_of_entity on app.audit_entries (organization_id, entity_id, seq);
  create index audit_entries_at on app.audit_entries (organization_id, at);
  ${tenantTable20261121('audit_entries', ['select'])}
  ${doorkeeperSees20261121('audit_entries', { select: 'organization_id, seq, hash', insert: '' })}

  -- The last entry of each organization: where the next one is tied on, and what tells that a tail is missing.
  create table app.audit_heads (
    organization_id uuid not null primary key references app.organizations on delete cascade,
    seq             bigint not null,
    hash            bytea not null
  );
  ${tenantTable20261121('audit_heads', ['select'])}
  ${doorkeeperSees20261121('audit_heads', { select: '', insert: '', update: 'seq, hash' })}

  -- Each field is preceded by its length in bytes, so that no two different entries give the same text.
  create function app.audit_hash(previous bytea, fields text[]) returns bytea
  language sql immutable parallel safe set search_path = '' as $$
    select sha256(previous || convert_to(string_agg(coalesce(octet_length(f.field) || ':' || f.field, '-'), ',' order by f.place), 'UTF8'))
    from unnest(fields) with ordinality f (field, place)
  $$;
  grant execute on function app.audit_hash(bytea, text[]) to mortise_doorkeeper;

  -- Runs at the commit, when it is known what is kept: the head is locked for as long as it takes to write the entries.
  -- Arguments: the noun, the column of the id, the column of the name, and the columns that may be shown.
  create function app.audit() returns trigger
  language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
  declare
    was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    became jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    subject jsonb := coalesce(became, was);
    origin jsonb := nullif(current_setting('app.origin', true), '')::jsonb;
    shown text[] := tg_argv[3:];
    head record;
    tail record;
    entry app.audit_entries;
  begin
    entry.organization_id := coalesce(subject ->> 'organization_id', subject ->> 'id');
    -- the trail goes with its organization: what is deleted whole leaves nothing behind that could be read
    perform from app.organizations o where o.id = entry.organization_id;
    if not found then return null; end if;

    select h.seq, h.hash into head from app.audit_heads h where h.organization_id = entry.organization_id for update;
    if not found then
      insert into app.audit_heads (organization_id, seq, hash) values (entry.organization_id, 0, decode(repeat('00', 32), 'hex'))
        on conflict (organization_id) do nothing;
      select h.seq, h.hash into head from app.audit_heads h where h.organization_id = entry.organization_id for update;
    end if;
    -- the head is moved once in a transaction, by the last entry; a tail that was cut off is never written anew
    select e.seq, e.hash into tail from app.audit_entries e where e.organization_id = entry.organization_id order by e.seq desc limit 1;
    if tail.seq is null or tail.seq < head.seq then tail := head; end if;

    entry.seq := tail.seq + 1;
    entry.prev_hash := tail.hash;
    entry.at := clock_timestamp();
    entry.actor_id := nullif(current_setting('app.account', true), '');
    select u.name into entry.actor_name from app.users u where u.id = entry.actor_id;
    entry.session_id := origin ->> 'session';
    entry.request_id := origin ->> 'request';
    entry.address := origin ->> 'address';
    entry.user_agent := origin ->> 'userAgent';
    entry.procedure := origin ->> 'procedure';
    entry.login := session_user;
    entry.action := case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'changed' else 'deleted' end;
    entry.entity := tg_argv[0];
    entry.entity_id := subject ->> tg_argv[1];
    entry.entity_name := subject ->> tg_argv[2];
    if entry.entity = 'member' then select u.name into entry.entity_name from app.users u where u.id = entry.entity_id; end if;
    select jsonb_object_agg(c.name, was -> c.name), jsonb_object_agg(c.name, became -> c.name) into entry.before, entry.after
      from unnest(shown) c (name) where coalesce(was -> c.name, 'null') is distinct from coalesce(became -> c.name, 'null');
    if was is null then entry.before := null; end if;
    if became is null then entry.after := null; end if;
    entry.hash := app.audit_hash(entry.prev_hash, array[
      entry.organization_id::text, entry.seq::text, (extract(epoch from entry.at) * 1000000)::bigint::text,
      entry.actor_id::text, entry.actor_name, entry.session_id::text, entry.request_id, entry.address, entry.user_agent, entry.login,
      entry.procedure, entry.action, entry.entity, entry.entity_id::text, entry.entity_name, entry.before::text, entry.after::text]);
    insert into app.audit_entries select entry.*;
    return null;
  end $$;
  ${doors20261121(['audit()'], [])}
  -- whoever makes a trigger must be allowed to call its function, and the owner of the tables has given this one away
  set local role mortise_doorkeeper;
  grant execute on function app.audit() to mortise_owner;
  set local role mortise_owner;

  -- Moving the head for each entry would cost a transaction the square of its entries: PostgreSQL keeps every version until the commit.
  create function app.audit_head() returns trigger language plpgsql security definer set search_path = '' as $$
  begin
    update app.audit_heads h set seq = new.seq, hash = new.hash where h.organization_id = new.organization_id
      and not exists (select from app.audit_entries e where e.organization_id = new.organization_id and e.seq > new.seq);
    return null;
  end $$;
  create constraint trigger move_head after insert on app.audit_entries deferrable initially deferred
    for each row execute function app.audit_head();
  ${doors20261121(['audit_head()'], [])}

  -- Nobody changes what happened, the owner of the table neither. Entries go only with their whole organization.
  create function app.audit_is_kept() returns trigger language plpgsql security definer set search_path = '' as $$
  begin
    if tg_op = 'DELETE' then
      perform from app.organizations o where o.id = old.organization_id;
      if not found then return old; end if;
    end if;
    raise exception 'The audit trail is append-only' using errcode = 'insufficient_privilege';
  end $$;
  create trigger is_kept before delete on app.audit_entries for each row execute function app.audit_is_kept();
  create trigger is_never_changed before update or truncate on app.audit_entries for each statement execute function app.audit_is_kept();
  create trigger is_kept before delete on app.audit_heads for each row execute function app.audit_is_kept();
  create trigger is_never_emptied before truncate on app.audit_heads for each statement execute function app.audit_is_kept();
  ${doors20261121(['audit_is_kept()'], [])}

  ${audited20261121('organizations', { entity: 'organization', id: 'id', label: 'name' }, ['name', 'slug', 'is_demo'])}
  ${audited20261121('memberships', { entity: 'member', id: 'user_id', label: null }, ['role'])}
  ${audited20261121('invitations', { entity: 'invitation', id: 'id', label: null }, ['role', 'created_by', 'used_by', 'used_at', 'expires_at'])}
  ${audited20261121('projects', { entity: 'project', id: 'id', label: 'name' }, ['name', 'slug', 'description', 'archived_at'])}
  ${audited20261121('tasks', { entity: 'task', id: 'id', label: 'title' }, [
    'project_id',
    'title',
    'description',
    'status',
    'assignee_id',
    'due_on',
    'completed_at',
  ])}
`)
