/** What each runtime role may do with each table and function, and which rows that may concern: the promise, written by hand. */

export const runtimeRoles = ['mortise_api', 'mortise_worker', 'mortise_readonly'] as const
export type RuntimeRole = (typeof runtimeRoles)[number]

export type Rights = { insert?: true; delete?: true; update?: readonly string[] | 'every column' }

type Table = {
  /** What those may do who serve: `mortise_api` and `mortise_worker`. All three may look. */
  serving: Rights
  /** Rows that somebody sees who has entered an organization. `$me` and `$here` stand for the two. */
  seen: string
  /** Rows that such a person may change or delete, where there is a right to. */
  changed: string
  /** Rows that somebody sees who has entered no organization; null where that is an error. */
  seenOutside: string | null
}

const tenant = (serving: Rights): Table => ({
  serving,
  seen: 'organization_id = $here',
  changed: 'organization_id = $here',
  seenOutside: null,
})

export const rights: Record<string, Table> = {
  audit_entries: tenant({}),
  audit_heads: tenant({}),
  event_heads: tenant({}),
  events: tenant({}),
  invitations: tenant({ insert: true, delete: true }),
  projects: tenant({ insert: true, delete: true, update: 'every column' }),
  tasks: tenant({ insert: true, delete: true, update: 'every column' }),
  memberships: {
    serving: { delete: true, update: ['role', 'version', 'updated_at'] },
    seen: 'organization_id = $here or user_id = $me',
    changed: 'organization_id = $here',
    seenOutside: 'user_id = $me',
  },
  organizations: {
    serving: { delete: true, update: ['name', 'slug', 'version', 'updated_at'] },
    seen: 'id = $here or id in (select organization_id from app.memberships where user_id = $me)',
    changed: 'id = $here',
    seenOutside: 'id in (select organization_id from app.memberships where user_id = $me)',
  },
  users: {
    serving: { update: ['name', 'version', 'updated_at'] },
    seen: 'id = $me or id in (select user_id from app.memberships where organization_id = $here)',
    changed: 'id = $me',
    seenOutside: 'id = $me',
  },
  idempotency_keys: {
    serving: { insert: true, delete: true },
    seen: 'user_id = $me',
    changed: 'user_id = $me',
    seenOutside: 'user_id = $me',
  },
  sessions: { serving: { update: ['ended_at'] }, seen: 'user_id = $me', changed: 'user_id = $me', seenOutside: 'user_id = $me' },
}

const everybody = runtimeRoles
const serving: readonly RuntimeRole[] = ['mortise_api', 'mortise_worker']

/** Who may call each function of schema app; the others are refused. */
export const callers: Record<string, readonly RuntimeRole[]> = {
  current_account: everybody,
  current_organization: everybody,
  entered_organization: everybody,
  uuid_v7: serving,
  enter_account: serving,
  refresh_session: serving,
  end_session: serving,
  enter_organization: serving,
  create_organization: serving,
  record_events: serving,
  accept_invitation: serving,
  sign_in_guest: serving,
  enter_project: serving,
  enter_task: serving,
  move_task: serving,
  claim_idempotency_key: serving,
  enter: [],
  count_tasks: [],
  audit: [],
  audit_head: [],
  audit_hash: [],
  audit_is_kept: [],
}
