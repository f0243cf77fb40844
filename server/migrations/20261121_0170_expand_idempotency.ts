/** Answers that were given to requests with an idempotency key, so that a request sent again has no second effect. expand: adds only. */
import type { Knex } from 'knex'

export const up = (knex: Knex) =>
  knex.raw(`
  create table app.idempotency_keys (
    user_id         uuid not null references app.users on delete cascade,
    key             text not null check (key ~ '^[A-Za-z0-9._:-]{8,64}$'),
    -- what the answer is about; it points nowhere, because deleting the organization must not make the request a new one
    organization_id uuid,
    request_hash    bytea not null check (octet_length(request_hash) = 32),
    response        bytea not null,  -- sealed by the server: an answer may hold what is stored as a hash elsewhere
    created_at      timestamptz not null default now(),
    primary key (user_id, key)
  );
  create index idempotency_keys_by_age on app.idempotency_keys (user_id, created_at);
  alter table app.idempotency_keys enable row level security;
  alter table app.idempotency_keys force row level security;
  create policy own on app.idempotency_keys to mortise_api, mortise_worker, mortise_readonly
    using (user_id = (select app.current_account()))
    with check (user_id = (select app.current_account()));
  grant select, insert, delete on app.idempotency_keys to mortise_api, mortise_worker;
  grant select on app.idempotency_keys to mortise_readonly;

  -- Takes a key for this transaction. Answers with the stored response when the same request was answered before, and with null
  -- when it is new. The lock ends with the transaction, so a crash leaves nothing behind. A tenth of a second is waited for
  -- whoever holds it: mostly that is the same request on its way out, or one whose refusal is not rolled back yet.
  -- Runs as whoever asks. The snapshot of a later statement is newer than the lock, so what the holder committed is seen.
  create function app.claim_idempotency_key(given_key text, given_hash bytea) returns bytea
  language plpgsql volatile set search_path = '' as $$
  declare
    account uuid := app.current_account();
    kept app.idempotency_keys;
    patience integer := 20;
  begin
    while not pg_try_advisory_xact_lock(hashtextextended(account || ' ' || given_key, 0)) loop
      if patience = 0 then raise exception 'IDEMPOTENCY_KEY_IN_USE' using errcode = 'MO409'; end if;
      patience := patience - 1;
      perform pg_sleep(0.005);
    end loop;
    delete from app.idempotency_keys k where k.user_id = account and k.created_at < now() - interval '24 hours';
    select * into kept from app.idempotency_keys k where k.user_id = account and k.key = given_key;
    if not found then return null; end if;
    if kept.request_hash <> given_hash then raise exception 'IDEMPOTENCY_KEY_REUSED' using errcode = 'MO422'; end if;
    -- the door of an account proves no membership, and the answer may speak of an organization that was left since
    if kept.organization_id is not null and not exists
      (select from app.memberships m where m.organization_id = kept.organization_id and m.user_id = account) then
      raise exception 'ORG_NOT_FOUND' using errcode = 'MO404';
    end if;
    return kept.response;
  end $$;
  grant execute on function app.claim_idempotency_key(text, bytea) to mortise_api, mortise_worker;
`)
