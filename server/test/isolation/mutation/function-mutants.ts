/** Every condition of the functions that let somebody in, left out. */
import type { Client } from 'pg'
import { literal } from '../../../src/db/provision-connection.ts'
import type { Mutant } from './mutant.ts'

type Change = [what: string, from: string, to: string]

const notFound = /if not found then raise exception '\w+' using errcode = '\w+'; end if;/.source
const always = 'true'

/** By function: what is left out, as text that must stand in its source exactly once. `re:` before a pattern. */
const changes: Record<string, Change[]> = {
  current_account: [['the refusal of nobody', `re:if account is null then raise [^;]*; end if;`, '']],
  current_organization: [['the refusal without an organization', 're:if organization is null then raise [^;]*; end if;', '']],
  entered_organization: [
    ['the proof of membership', `re:${notFound}`, ''],
    ['whose membership', 'm.user_id = app.current_account()', always],
    ['which membership', 'm.organization_id = organization', always],
    ['the way out without an organization', 'if organization is null then return null; end if;', ''],
    ['the whole body', `re:perform from [^;]*;\\s*${notFound}`, ''],
  ],
  enter_account: [
    ['which session', 's.id = session', always],
    ['whose session', 's.user_id = account', always],
    ['whether it was ended', 's.ended_at is null', always],
    ['whether it has expired', 's.expires_at > now()', always],
    ['whether it was idle', 's.idle_until > now()', always],
    ['the refusal', `re:${notFound}`, ''],
    ['the account that it sets', `re:perform set_config[^;]*;`, ''],
  ],
  enter: [
    ['the session', 'perform app.enter_account(account, session);', ''],
    ['which organization', 'm.organization_id = organization', always],
    ['whose membership', 'm.user_id = account', always],
    ['the refusal of strangers', `re:if held is null then raise [^;]*; end if;`, ''],
    ['the refusal of roles', `re:if held <> all [^;]*; end if;`, ''],
    ['the organization that it sets', 're:perform set_config[^;]*;', ''],
  ],
  enter_organization: [
    ['which id', 'o.id = ref::uuid', always],
    ['which slug', 'o.slug = ref', always],
    ['the refusal of what is nowhere', `re:if not found then perform [^;]*; end if;`, ''],
  ],
  enter_project: [['which project', 'p.id = project', 'true limit 1']],
  enter_task: [['which task', 't.id = task', 'true limit 1']],
  accept_invitation: [
    ['which invitation', 'i.token_hash = hash', 'true order by i.used_at nulls first, i.expires_at desc limit 1'],
    ['that there is one', 'not found or (link.used_at', '(link.used_at'],
    ['whether it has expired', 'link.expires_at <= now()', 'false'],
    ['whether it was used', `re:if link.used_at is not null then raise [^;]*; end if;`, ''],
    ['which one it uses up', 'i.organization_id = link.organization_id and i.id = link.id', always],
    ['whose account', 'account uuid := app.current_account()', `account uuid := nullif(current_setting('app.account', true), '')::uuid`],
    ['the organization that it sets', 're:perform set_config[^;]*;', ''],
  ],
  create_organization: [
    ['the membership of its maker', 're:insert into app.memberships[^;]*;', ''],
    ['the organization that it sets', 're:perform set_config[^;]*;', ''],
  ],
  record_events: [
    ['the refusal without an organization', 're:if organization is null then raise [^;]*; end if;', ''],
    ['whose numbers', 'on conflict (organization_id) do update set seq = h.seq + excluded.seq', 'on conflict (organization_id) do nothing'],
  ],
  sign_in_guest: [
    ['which demo', 'o.slug = demo', always],
    ['whether it is a demo', 'o.is_demo', always],
    ['the refusal without a demo', 're:if organization_id is null then raise [^;]*; end if;', ''],
  ],
  refresh_session: [
    ['which session', 're:s\\.id = session for update', 'true limit 1 for update'],
    ['whether it was ended', 'found_session.ended_at is not null', 'false'],
    ['whether it has expired', 'found_session.expires_at <= now()', 'false'],
    ['whether it was idle', 'found_session.idle_until <= now()', 'false'],
  ],
  end_session: [['which session', 's.id = session', always]],
  claim_idempotency_key: [
    ['which key', 'k.key = given_key', always],
    ['which request', `re:if kept\\.request_hash <> [^;]*; end if;`, ''],
    ['whether the organization was left', 're:if kept\\.organization_id is not null [^;]*;\\s*end if;', ''],
    ['how long it is kept', `k.created_at < now() - interval '24 hours'`, 'false'],
  ],
  audit: [
    ['whether the organization is still there', 'if not found then return null; end if;', ''],
    ['whose chain', 'e.organization_id = entry.organization_id order by', 'true order by'],
    ['who did it', `re:entry\\.actor_id := [^;]*;`, ''],
    ['whose name', 'u.id = entry.actor_id', always],
    ['what may be shown', 'unnest(shown) c (name)', 'jsonb_object_keys(subject) c (name)'],
  ],
  audit_head: [['whose head', 'h.organization_id = new.organization_id', always]],
  audit_is_kept: [
    ['whether the organization is gone', 'o.id = old.organization_id', always],
    ['the refusal', 're:raise exception [^;]*;', 'return old;'],
  ],
}

/** Errors: a sentence when a condition is no longer there to be left out, or a function that runs as the doorkeeper has no row. */
export async function functionMutants(client: Client): Promise<Mutant[]> {
  const { rows } = await client.query<{ name: string; source: string; isDoor: boolean }>(
    `select proname as name, pg_get_functiondef(oid) as source, prosecdef as "isDoor" from pg_proc where pronamespace = 'app'::regnamespace order by 1`,
  )
  const forgotten = rows.filter(({ name, isDoor }) => isDoor && changes[name] === undefined && !notOfDoors.has(name))
  if (forgotten.length > 0)
    throw new Error(
      `Function ${forgotten[0]?.name} has no row in server/test/isolation/mutation/function-mutants.ts: say which of its conditions keep people out.`,
    )
  return rows.flatMap(({ name, source }) =>
    (changes[name] ?? []).map(([what, from, to]) => ({
      name: `function ${name}: without ${what}`,
      of: `function ${name}`,
      table: null,
      sql: replaced(name, source, from, to),
    })),
  )
}

/** Runs as the doorkeeper and lets nobody in: it counts. */
const notOfDoors = new Set(['count_tasks'])

function replaced(name: string, source: string, from: string, to: string): string {
  const pattern = from.startsWith('re:')
    ? new RegExp(from.slice(3), 'g')
    : new RegExp(from.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`), 'g')
  const found = source.match(pattern) ?? []
  if (found.length !== 1)
    throw new Error(
      `${literal(from)} stands ${found.length} times in function ${name}: mend server/test/isolation/mutation/function-mutants.ts.`,
    )
  return source.replace(pattern, () => to)
}
