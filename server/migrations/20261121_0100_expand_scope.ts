/** The schema, the keys and the scope of a transaction. expand: adds only. */
import type { Knex } from 'knex'

export const up = (knex: Knex) =>
  knex.raw(`
  create schema app;
  revoke all on schema app from public;
  grant create on schema app to mortise_doorkeeper;  -- a function can only be given to a role that may create in its schema
  grant usage on schema app to mortise_doorkeeper, mortise_api, mortise_worker, mortise_readonly, mortise_backup, mortise_migrator;
  alter default privileges in schema app revoke all on tables from public;
  -- functions are executable by everybody unless this says otherwise, and only the global form can say it
  alter default privileges revoke execute on functions from public;
  alter default privileges in schema app grant select on tables to mortise_backup;
  alter default privileges in schema app grant select on sequences to mortise_backup;

  -- What the schema is and which programs it still carries. Every login may ask; only the migrator, as the owner, writes.
  create table app.schema_meta (
    one_row        boolean not null default true primary key check (one_row),
    version        text not null,
    min_app_schema text not null,
    migrated_at    timestamptz not null default now()
  );
  grant select on app.schema_meta to mortise_api, mortise_worker, mortise_readonly, mortise_migrator;

  -- UUID version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, then random; PostgreSQL has its own only from 18 on
  create function app.uuid_v7() returns uuid language sql volatile parallel safe set search_path = '' as $$
    select encode(
      set_bit(
        set_bit(
          overlay(
            uuid_send(gen_random_uuid())
            placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
            from 1 for 6),
          52, 1),
        53, 1),
      'hex')::uuid
  $$;
  grant execute on function app.uuid_v7() to mortise_doorkeeper, mortise_api, mortise_worker;

  -- Who is asking. An unset scope is an error, never an empty answer: a forgotten door must be loud.
  -- The setting is '' and not null once a transaction has set it on this connection before, hence nullif.
  create function app.current_account() returns uuid language plpgsql stable parallel restricted set search_path = '' as $$
  declare account uuid := nullif(current_setting('app.account', true), '')::uuid;
  begin
    if account is null then raise exception 'SCOPE_MISSING' using errcode = 'MO500'; end if;
    return account;
  end $$;
  grant execute on function app.current_account() to mortise_doorkeeper, mortise_api, mortise_worker, mortise_readonly;
`)
