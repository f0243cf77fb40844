/** What the doors of the database answer: to whom they open, and to whom not. */
import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import { literal } from '../../../src/db/provision-connection.ts'
import { nowhere } from '../cases.ts'
import { attempt, type Scope } from './attempt.ts'
import { callers, runtimeRoles } from './rights.ts'
import type { Sides } from './table-probes.ts'

type Probe = { what: string; sql: string; scope?: Scope; first?: string; role?: string; gives: string }

const text = (value: string | null) => (value === null ? 'null' : literal(value))
const entered = `select current_setting('app.organization') as given`
const hash = (token: string) => `'\\x${createHash('sha256').update(token).digest('hex')}'`

/** Sentences about doors that do not answer as they must, and about functions that the wrong role can call. Needs an open transaction. */
export async function doorProbes(client: Client, sides: Sides): Promise<string[]> {
  const complaints: string[] = []
  for (const { what, sql, scope = {}, first, role = 'mortise_api', gives } of probesOf(sides)) {
    const { code, rows } = await attempt(client, role, scope, sql, first)
    const given = code ?? String(rows[0]?.['given'])
    if (given !== gives) complaints.push(`${what} is answered ${given} instead of ${gives}`)
  }
  return [...complaints, ...(await callable(client))]
}

function probesOf({ own, other }: Sides): Probe[] {
  const { owner, viewer } = own.staff
  const here = own.organizations[0] as string
  const door = (name: string, ref: string | undefined, roles = '{owner}', who = owner) =>
    `select app.${name}(${text(who.userId)}, ${text(who.sessionId)}, ${text(ref ?? null)}, ${text(roles)}); ${entered}`
  const account = (userId: string, sessionId: string) =>
    `select app.enter_account(${text(userId)}, ${text(sessionId)}); select current_setting('app.account') as given`
  const inSession = (change: string) => `update app.sessions set ${change} where id = ${text(owner.sessionId)}`
  const doors = (['organization', 'project', 'task'] as const).flatMap((kind): Probe[] => {
    const name = `enter_${kind}`
    const missing = `MO404 ${kind === 'organization' ? 'ORG' : kind.toUpperCase()}_NOT_FOUND`
    return [
      ...own.things[kind].map((ref) => ({ what: `${name} with the own one`, sql: door(name, ref), gives: here })),
      ...other.things[kind].flatMap((ref) => [
        { what: `${name} with one of others`, sql: door(name, ref), gives: missing },
        { what: `${name} with one that is nowhere`, sql: door(name, nowhere(ref)), gives: missing },
      ]),
      {
        what: `${name} with a role that does not suffice`,
        sql: door(name, own.things[kind][0], '{owner,admin}', viewer),
        gives: 'MO403 FORBIDDEN',
      },
      {
        what: `${name} with an ended session`,
        sql: door(name, own.things[kind][0]),
        first: inSession('ended_at = now()'),
        gives: 'MO401 SESSION_ENDED',
      },
    ]
  })
  const token = own.tokens[0] as string
  const accept = (given: string) => `select app.accept_invitation(${hash(given)}) as given`
  const stranger = { account: other.staff.owner.userId }
  const refresh = `select outcome as given from app.refresh_session(${text(owner.sessionId)}, 1)`
  const [revoked, expired, used] = own.things.token as [string, string, string]
  return [
    ...doors,
    { what: 'an own session', sql: account(owner.userId, owner.sessionId), gives: owner.userId },
    { what: 'a session of somebody else', sql: account(owner.userId, other.staff.owner.sessionId), gives: 'MO401 SESSION_ENDED' },
    { what: 'no session', sql: account(owner.userId, nowhere(owner.sessionId)), gives: 'MO401 SESSION_ENDED' },
    ...['ended_at = now()', 'expires_at = now()', 'idle_until = now()'].flatMap((change) => [
      {
        what: `a session with ${change}`,
        sql: account(owner.userId, owner.sessionId),
        first: inSession(change),
        gives: 'MO401 SESSION_ENDED',
      },
      { what: `refreshing a session with ${change}`, sql: refresh, first: inSession(change), gives: 'ended' },
    ]),
    { what: 'refreshing a live session', sql: refresh, gives: 'stepped' },
    { what: 'refreshing no session', sql: refresh.replace(owner.sessionId, nowhere(owner.sessionId)), gives: 'ended' },
    { what: 'ending a session', sql: `select app.end_session(${text(owner.sessionId)}) as given`, gives: owner.userId },
    { what: 'ending no session', sql: `select app.end_session(${text(nowhere(owner.sessionId))}) as given`, gives: 'null' },
    { what: 'an open invitation', sql: accept(token), scope: stranger, gives: here },
    ...[revoked, expired].map((given) => ({
      what: 'a worthless invitation',
      sql: accept(given),
      scope: stranger,
      gives: 'MO404 INVITATION_NOT_FOUND',
    })),
    { what: 'a used invitation', sql: accept(used), scope: stranger, gives: 'MO409 INVITATION_USED' },
    { what: 'an open invitation without an account', sql: accept(token), gives: 'MO500 SCOPE_MISSING' },
    ...keyProbes({ own, other }),
    {
      what: 'events without an organization',
      sql: `select app.record_events('[]') as given`,
      scope: { account: owner.userId },
      gives: 'MO500 SCOPE_MISSING',
    },
    {
      what: 'a guest in an organization that is no demo',
      sql: `select organization_id as given from app.sign_in_guest('a', 'b', ${text(other.things.organization[1] ?? '')})`,
      gives: 'MO404 ORG_NOT_FOUND',
    },
    {
      what: 'a guest in a demo that is nowhere',
      sql: `select organization_id as given from app.sign_in_guest('a', 'b', 'no-such-demo')`,
      first: `update app.organizations set is_demo = true where id = ${text(other.organizations[1] ?? '')}`,
      gives: 'MO404 ORG_NOT_FOUND',
    },
    {
      what: 'a demo that a seed makes',
      role: 'mortise_doorkeeper',
      sql: `insert into app.organizations (name, slug, is_demo) values ('Demo', 'made-by-a-seed', true); select is_demo as given from app.organizations where slug = 'made-by-a-seed'`,
      gives: 'true',
    },
    {
      what: 'deleting the trail, by an administrator,',
      first: `do $$ begin
        delete from app.audit_entries; perform set_config('app.tried', 'deleted', true);
        exception when insufficient_privilege then perform set_config('app.tried', 'refused', true); end $$`,
      sql: `select current_setting('app.tried') as given`,
      gives: 'refused',
    },
    {
      what: 'the current organization outside',
      sql: 'select app.current_organization() as given',
      scope: { account: owner.userId },
      gives: 'MO500 SCOPE_MISSING',
    },
    { what: 'the current account of nobody', sql: 'select app.current_account() as given', gives: 'MO500 SCOPE_MISSING' },
    {
      what: 'an organization of others by name of the setting',
      sql: 'select app.entered_organization() as given',
      scope: { account: owner.userId, organization: other.organizations[0] as string },
      gives: 'MO500 SCOPE_FORGED',
    },
    {
      what: 'an organization that is nowhere',
      sql: 'select app.entered_organization() as given',
      scope: { account: owner.userId, organization: nowhere(here) },
      gives: 'MO500 SCOPE_FORGED',
    },
  ]
}

function keyProbes({ own, other }: Sides): Probe[] {
  const { owner } = own.staff
  const [here, key] = [own.organizations[0] as string, `${own.word}-invitation`]
  const scope = { account: owner.userId }
  const claim = (given: string, request = `request_hash`) =>
    `select app.claim_idempotency_key(${text(given)}, ${request}) is not distinct from response as given from app.idempotency_keys where key = ${text(key)}`
  return [
    { what: 'a key with its request', sql: claim(key), scope, gives: 'true' },
    { what: 'a key with another request', sql: claim(key, `sha256('another')`), scope, gives: 'MO422 IDEMPOTENCY_KEY_REUSED' },
    { what: 'a key of somebody else', sql: claim(`${other.word}-invitation`), scope, gives: 'false' },
    {
      what: 'the answer about an organization that was left',
      sql: claim(key),
      first: `delete from app.memberships where organization_id = ${text(here)} and user_id = ${text(owner.userId)}`,
      scope,
      gives: 'MO404 ORG_NOT_FOUND',
    },
    {
      what: 'a key after a day',
      sql: claim(key),
      first: `update app.idempotency_keys set created_at = now() - interval '25 hours'`,
      scope,
      gives: 'false',
    },
    { what: 'a key of nobody', sql: `select app.claim_idempotency_key(${text(key)}, null) as given`, gives: 'MO500 SCOPE_MISSING' },
  ]
}

/** Every function of the schema, called by every role: only who may is let through to its first line. */
async function callable(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; nulls: string }>(
    `select proname as name, (select coalesce(string_agg('null::' || format_type(t, null), ', ' order by n), '') from unnest(p.proargtypes) with ordinality a (t, n)) as nulls
     from pg_proc p where pronamespace = 'app'::regnamespace`,
  )
  const complaints: string[] = []
  for (const { name, nulls } of rows) {
    const allowed = callers[name]
    if (allowed === undefined)
      complaints.push(`Function ${name} has no row in server/test/isolation/mutation/rights.ts: say who may call it.`)
    for (const role of runtimeRoles) {
      const { code } = await attempt(client, role, {}, `select app.${name}(${nulls})`)
      const isLetIn = code !== '42501'
      if (allowed !== undefined && isLetIn !== allowed.includes(role)) complaints.push(`${role} ${isLetIn ? 'can' : 'cannot'} call ${name}`)
    }
  }
  return complaints
}
