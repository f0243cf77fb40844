/** Users and their sessions. Both belong to a person, not to an organization. expand: adds only. */
import type { Knex } from 'knex'
import { doorkeeperSees20261121, doors20261121 } from './helpers/tenant-table-20261121.ts'

export const up = (knex: Knex) =>
  knex.raw(`
  create table app.users (
    id         uuid not null default app.uuid_v7() primary key,
    name       text not null check (char_length(name) between 1 and 100),
    kind       text not null default 'guest' check (kind in ('guest', 'user')),
    email      text check (char_length(email) between 3 and 254),
    version    integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  alter table app.users enable row level security;
  alter table app.users force row level security;
  create policy own on app.users to mortise_api, mortise_worker, mortise_readonly
    using (id = (select app.current_account()))
    with check (id = (select app.current_account()));
  grant select on app.users to mortise_api, mortise_worker, mortise_readonly;
  grant update (name, version, updated_at) on app.users to mortise_api, mortise_worker;
  ${doorkeeperSees20261121('users', { select: 'id, name, kind', insert: 'name, kind' })}

  -- The refresh token itself is never stored: it is the session, the counter and a signature over both.
  create table app.sessions (
    id              uuid not null default app.uuid_v7() primary key,
    user_id         uuid not null references app.users on delete cascade,
    refresh_counter integer not null default 1,
    user_agent      text not null default '' check (char_length(user_agent) <= 300),
    created_at      timestamptz not null default now(),
    last_seen_at    timestamptz not null default now(),
    idle_until      timestamptz not null default now() + interval '8 hours',
    expires_at      timestamptz not null default now() + interval '30 days',
    ended_at        timestamptz
  );
  create index sessions_of_user on app.sessions (user_id, id);
  alter table app.sessions enable row level security;
  alter table app.sessions force row level security;
  create policy own on app.sessions to mortise_api, mortise_worker, mortise_readonly
    using (user_id = (select app.current_account()))
    with check (user_id = (select app.current_account()));
  grant select on app.sessions to mortise_api, mortise_worker, mortise_readonly;
  grant update (ended_at) on app.sessions to mortise_api, mortise_worker;
  ${doorkeeperSees20261121('sessions', {
    select: '',
    insert: 'user_id, user_agent',
    update: 'refresh_counter, last_seen_at, idle_until, ended_at',
  })}

  -- Proves that a session is alive and makes its user the one who is asking. First statement of every signed-in transaction.
  create function app.enter_account(account uuid, session uuid) returns void
  language plpgsql security definer set search_path = '' as $$
  begin
    perform from app.sessions s
      where s.id = session and s.user_id = account and s.ended_at is null and s.expires_at > now() and s.idle_until > now();
    if not found then raise exception 'SESSION_ENDED' using errcode = 'MO401'; end if;
    perform set_config('app.account', account::text, true);
  end $$;

  -- Steps the refresh counter of a session. The last counter is answered with the current one, because an answer can be
  -- lost and tabs wake together; anything older can only be a stolen token and ends the session (RFC 9700, section 4.14.2).
  -- The row says so in 'outcome' instead of raising, because raising would undo the ending.
  create function app.refresh_session(session uuid, presented integer)
  returns table (outcome text, counter integer, user_id uuid, name text, kind text)
  language plpgsql security definer set search_path = '' as $$
  declare found_session app.sessions;
  begin
    select * into found_session from app.sessions s where s.id = session for update;
    if not found or found_session.ended_at is not null or found_session.expires_at <= now() or found_session.idle_until <= now() then
      return query select 'ended', null::integer, null::uuid, null::text, null::text;
    elsif presented = found_session.refresh_counter then
      update app.sessions s set refresh_counter = s.refresh_counter + 1, last_seen_at = now(), idle_until = now() + interval '8 hours'
        where s.id = session;
      return query select 'stepped', presented + 1, u.id, u.name, u.kind from app.users u where u.id = found_session.user_id;
    elsif presented = found_session.refresh_counter - 1 then
      return query select 'repeated', found_session.refresh_counter, u.id, u.name, u.kind from app.users u where u.id = found_session.user_id;
    else
      update app.sessions s set ended_at = now() where s.id = session;
      return query select 'reused', null::integer, found_session.user_id, null::text, null::text;
    end if;
  end $$;

  -- Ends the session of a refresh token, also when its access token has long expired. Answers whose session it was.
  create function app.end_session(session uuid) returns uuid language sql security definer set search_path = '' as $$
    update app.sessions s set ended_at = now() where s.id = session and s.ended_at is null returning s.user_id
  $$;

  ${doors20261121(['enter_account(uuid, uuid)', 'refresh_session(uuid, integer)', 'end_session(uuid)'])}
`)
