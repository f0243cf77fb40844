/** Single-use links into an organization, and guests who may follow one to the demo. expand: adds only. */
import type { Knex } from 'knex'
import { doorkeeperSees20261121, doors20261121, tenantTable20261121 } from './helpers/tenant-table-20261121.ts'

export const up = (knex: Knex) =>
  knex.raw(`
  create table app.invitations (
    organization_id uuid not null references app.organizations on delete cascade,
    id              uuid not null default app.uuid_v7(),
    token_hash      bytea not null check (octet_length(token_hash) = 32),
    role            text not null check (role in ('owner', 'admin', 'member', 'viewer')),
    created_by      uuid references app.users on delete set null,
    used_by         uuid references app.users on delete set null,
    used_at         timestamptz,
    expires_at      timestamptz not null,
    version         integer not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    primary key (organization_id, id)
  );
  create index invitations_by_token on app.invitations (token_hash);
  ${tenantTable20261121('invitations', ['select', 'insert', 'delete'])}
  ${doorkeeperSees20261121('invitations', { select: '', update: 'used_by, used_at, version, updated_at' })}

  -- Takes an invitation for whoever is asking. One statement decides: of two who follow the same link, one gets in.
  -- Somebody who is a member already keeps the role and does not use the link up.
  create function app.accept_invitation(hash bytea) returns uuid
  language plpgsql security definer set search_path = '' as $$
  declare
    link app.invitations;
    account uuid := app.current_account();
  begin
    select * into link from app.invitations i where i.token_hash = hash for update;
    if not found or (link.used_at is null and link.expires_at <= now()) then
      raise exception 'INVITATION_NOT_FOUND' using errcode = 'MO404';
    end if;
    if link.used_at is not null then raise exception 'INVITATION_USED' using errcode = 'MO409'; end if;
    perform set_config('app.organization', link.organization_id::text, true);
    insert into app.memberships (organization_id, user_id, role) values (link.organization_id, account, link.role)
      on conflict (organization_id, user_id) do nothing;
    if not found then return link.organization_id; end if;
    update app.invitations i set used_by = account, used_at = now(), version = i.version + 1, updated_at = now()
      where i.organization_id = link.organization_id and i.id = link.id;
    perform app.record_events(jsonb_build_array(jsonb_build_object('type', 'member.joined', 'entityId', account, 'version', 1)));
    return link.organization_id;
  end $$;

  -- A new guest with a first session. 'demo' is the slug of the demo organization to join as a member, or null.
  create function app.sign_in_guest(name text, user_agent text, demo text)
  returns table (user_id uuid, session_id uuid, counter integer, organization_id uuid)
  language plpgsql security definer set search_path = '' as $$
  begin
    insert into app.users as u (name, kind) values (sign_in_guest.name, 'guest') returning u.id into user_id;
    insert into app.sessions as s (user_id, user_agent) values (sign_in_guest.user_id, sign_in_guest.user_agent)
      returning s.id, s.refresh_counter into session_id, counter;
    if demo is not null then
      select o.id into organization_id from app.organizations o where o.slug = demo and o.is_demo;
      if organization_id is null then raise exception 'ORG_NOT_FOUND' using errcode = 'MO404', detail = demo; end if;
      insert into app.memberships (organization_id, user_id, role) values (sign_in_guest.organization_id, sign_in_guest.user_id, 'member');
      perform set_config('app.account', user_id::text, true);
      perform set_config('app.organization', organization_id::text, true);
      perform app.record_events(jsonb_build_array(jsonb_build_object('type', 'member.joined', 'entityId', user_id, 'version', 1)));
    end if;
    return next;
  end $$;

  ${doors20261121(['accept_invitation(bytea)', 'sign_in_guest(text, text, text)'])}
`)
