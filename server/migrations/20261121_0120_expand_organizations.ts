/** Organizations, who belongs to them, and the door between. expand: adds only. */
import type { Knex } from 'knex'
import { doorkeeperSees20261121, doors20261121 } from './helpers/tenant-table-20261121.ts'

export const up = (knex: Knex) =>
  knex.raw(`
  create table app.organizations (
    id         uuid not null default app.uuid_v7() primary key,
    name       text not null check (char_length(name) between 1 and 100),
    slug       text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) between 3 and 40),
    is_demo    boolean not null default false,  -- guests may join; set when it is seeded and by nobody else
    version    integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint organizations_slug_key unique (slug)  -- the one unique key that spans organizations: a slug is an address
  );
  create table app.memberships (
    organization_id uuid not null references app.organizations on delete cascade,
    user_id         uuid not null references app.users on delete cascade,
    role            text not null check (role in ('owner', 'admin', 'member', 'viewer')),
    version         integer not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    primary key (organization_id, user_id)
  );
  create index memberships_of_user on app.memberships (user_id, organization_id);

  -- The organization that this transaction has entered; null when none. It asks for the membership again, so a bug that
  -- sets a wrong organization is an error, not data. Evaluated once per query: policies call it in a scalar sub-select.
  create function app.entered_organization() returns uuid
  language plpgsql stable security definer parallel restricted set search_path = '' as $$
  declare organization uuid := nullif(current_setting('app.organization', true), '')::uuid;
  begin
    if organization is null then return null; end if;
    perform from app.memberships m where m.organization_id = organization and m.user_id = app.current_account();
    if not found then raise exception 'SCOPE_FORGED' using errcode = 'MO500'; end if;
    return organization;
  end $$;

  create function app.current_organization() returns uuid
  language plpgsql stable parallel restricted set search_path = '' as $$
  declare organization uuid := app.entered_organization();
  begin
    if organization is null then raise exception 'SCOPE_MISSING' using errcode = 'MO500'; end if;
    return organization;
  end $$;

  alter table app.organizations enable row level security;
  alter table app.organizations force row level security;
  create policy entered on app.organizations to mortise_api, mortise_worker, mortise_readonly
    using (id = (select app.entered_organization()))
    with check (id = (select app.entered_organization()));
  create policy mine on app.organizations for select to mortise_api, mortise_worker, mortise_readonly
    using (id in (select m.organization_id from app.memberships m where m.user_id = (select app.current_account())));
  grant select, delete on app.organizations to mortise_api, mortise_worker;
  grant update (name, slug, version, updated_at) on app.organizations to mortise_api, mortise_worker;
  grant select on app.organizations to mortise_readonly;
  ${doorkeeperSees20261121('organizations', { select: 'id, slug, is_demo', insert: 'name, slug, is_demo' })}

  alter table app.memberships enable row level security;
  alter table app.memberships force row level security;
  create policy entered on app.memberships to mortise_api, mortise_worker, mortise_readonly
    using (organization_id = (select app.entered_organization()))
    with check (organization_id = (select app.entered_organization()));
  create policy mine on app.memberships for select to mortise_api, mortise_worker, mortise_readonly
    using (user_id = (select app.current_account()));
  grant select, delete on app.memberships to mortise_api, mortise_worker;
  grant update (role, version, updated_at) on app.memberships to mortise_api, mortise_worker;
  grant select on app.memberships to mortise_readonly;
  ${doorkeeperSees20261121('memberships', { select: 'organization_id, user_id, role', insert: 'organization_id, user_id, role' })}

  -- Members of the entered organization see each other's names.
  create policy colleagues on app.users for select to mortise_api, mortise_worker, mortise_readonly
    using (id in (select m.user_id from app.memberships m where m.organization_id = (select app.entered_organization())));

  -- The one proof of membership. Whoever is not a member learns 'missing' (a NOT_FOUND code), a member whose role is not
  -- among 'roles' learns FORBIDDEN. The roles of a permission come from the caller: the table is written once, in shared.
  create function app.enter(account uuid, session uuid, organization uuid, roles text[], missing text) returns void
  language plpgsql security definer set search_path = '' as $$
  declare held text;
  begin
    perform app.enter_account(account, session);
    select m.role into held from app.memberships m where m.organization_id = organization and m.user_id = account;
    if held is null then raise exception using message = missing, errcode = 'MO404'; end if;
    if held <> all (roles) then raise exception 'FORBIDDEN' using errcode = 'MO403'; end if;
    perform set_config('app.organization', organization::text, true);
  end $$;

  create function app.enter_organization(account uuid, session uuid, ref text, roles text[]) returns void
  language plpgsql security definer set search_path = '' as $$
  begin
    perform app.enter(account, session, o.id, roles, 'ORG_NOT_FOUND') from app.organizations o
      where case when ref ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then o.id = ref::uuid else o.slug = ref end;
    if not found then perform app.enter(account, session, null, roles, 'ORG_NOT_FOUND'); end if;
  end $$;

  -- The only insertions that happen before there is a membership to prove. With an 'alternative' a taken slug gives way to it.
  create function app.create_organization(name text, slug text, alternative text) returns uuid
  language plpgsql security definer set search_path = '' as $$
  declare made uuid;
  begin
    if alternative is null then
      insert into app.organizations (name, slug) values (create_organization.name, create_organization.slug) returning id into made;
    else
      insert into app.organizations (name, slug) values (create_organization.name, create_organization.slug)
        on conflict on constraint organizations_slug_key do nothing returning id into made;
      if made is null then
        insert into app.organizations (name, slug) values (create_organization.name, alternative) returning id into made;
      end if;
    end if;
    insert into app.memberships (organization_id, user_id, role) values (made, app.current_account(), 'owner');
    perform set_config('app.organization', made::text, true);
    return made;
  end $$;

  grant execute on function app.current_organization() to mortise_api, mortise_worker, mortise_readonly;
  ${doors20261121(['entered_organization()'], ['mortise_api', 'mortise_worker', 'mortise_readonly'])}
  ${doors20261121(['enter(uuid, uuid, uuid, text[], text)'], [])}
  ${doors20261121(['enter_organization(uuid, uuid, text, text[])', 'create_organization(text, text, text)'])}
`)
