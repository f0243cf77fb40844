/** What happened in an organization, numbered without gaps so that a stream can resume. expand: adds only. */
import type { Knex } from 'knex'
import { doorkeeperSees20261121, doors20261121, tenantTable20261121 } from './helpers/tenant-table-20261121.ts'

export const up = (knex: Knex) =>
  knex.raw(`
  create table app.events (
    organization_id uuid not null references app.organizations on delete cascade,
    seq             bigint not null,
    type            text not null,
    entity_id       uuid not null,
    project_id      uuid,
    version         integer not null,
    actor_id        uuid,
    at              timestamptz not null default now(),
    primary key (organization_id, seq)
  );
  ${tenantTable20261121('events', ['select'])}
  ${doorkeeperSees20261121('events', { insert: '' })}

  -- The last number given in each organization. A sequence would not do: numbers would become visible out of order, and a
  -- reader that has seen 6 would never look for 5 again. The row lock is held from the last statement to the commit only.
  create table app.event_heads (
    organization_id uuid not null primary key references app.organizations on delete cascade,
    seq             bigint not null
  );
  ${tenantTable20261121('event_heads', ['select'])}
  ${doorkeeperSees20261121('event_heads', { select: '', insert: '', update: 'seq' })}

  -- Numbers and keeps the events of this transaction. The organization is the entered one and is not asked for again:
  -- a member who has just left must still be able to say so.
  create function app.record_events(events jsonb) returns bigint
  language plpgsql security definer set search_path = '' as $$
  declare
    organization uuid := nullif(current_setting('app.organization', true), '')::uuid;
    head bigint;
  begin
    if organization is null then raise exception 'SCOPE_MISSING' using errcode = 'MO500'; end if;
    insert into app.event_heads as h (organization_id, seq) values (organization, jsonb_array_length(events))
      on conflict (organization_id) do update set seq = h.seq + excluded.seq
      returning seq into head;
    insert into app.events (organization_id, seq, type, entity_id, project_id, version, actor_id)
      select organization, head - jsonb_array_length(events) + e.ordinality, e.value ->> 'type', (e.value ->> 'entityId')::uuid,
             (e.value ->> 'projectId')::uuid, (e.value ->> 'version')::integer, app.current_account()
      from jsonb_array_elements(events) with ordinality e;
    return head;
  end $$;
  ${doors20261121(['record_events(jsonb)'])}
`)
