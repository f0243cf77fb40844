/** Every table of schema `app` and whose data it holds. A table that is missing here keeps the server from being ready. */

/**
 * `tenant`: rows of an organization, in the column `organization_id`. `organization`: the organizations themselves.
 * `account`: rows of a person, whatever organizations that person belongs to. `system`: rows of nobody, which the runtime
 * roles cannot change.
 */
export type TableClass = 'tenant' | 'organization' | 'account' | 'system'

/** `unaudited`: why the rows of an organization leave no audit trail; without a reason its table must have the trigger. */
export const tables: Record<string, { class: TableClass; holds: string; unaudited?: string }> = {
  users: { class: 'account', holds: 'people and guests; colleagues see each other, by the policy `colleagues`' },
  sessions: { class: 'account', holds: 'sign-ins of a person: one refresh counter each, no tokens' },
  organizations: { class: 'organization', holds: 'organizations: name and address' },
  memberships: { class: 'tenant', holds: 'who belongs to an organization, in which role; people also see their own' },
  events: {
    class: 'tenant',
    holds: 'what happened, numbered without gaps; append-only, written by `app.record_events`',
    unaudited: 'signals of changes that are audited themselves',
  },
  event_heads: { class: 'tenant', holds: 'the last event number of each organization', unaudited: 'a counter' },
  invitations: { class: 'tenant', holds: 'single-use links into an organization: hashes, never tokens' },
  projects: { class: 'tenant', holds: 'projects, with counts of their tasks kept by a trigger' },
  tasks: { class: 'tenant', holds: 'tasks of a project, in an order that people choose' },
  idempotency_keys: { class: 'account', holds: 'answers to requests with an idempotency key, sealed, for a day' },
  audit_entries: {
    class: 'tenant',
    holds: 'who changed what, from where: a chain of hashes; append-only, written by the trigger `audit`',
    unaudited: 'the trail itself',
  },
  audit_heads: { class: 'tenant', holds: 'the last entry of each chain', unaudited: 'part of the trail' },
  schema_meta: { class: 'system', holds: 'the version of this schema and the oldest program that it still carries' },
}

/** Unique keys that span organizations on purpose. A key of this kind tells a stranger that a value is taken. */
export const spanningKeys: Record<string, string> = {
  organizations_slug_key: 'a slug is an address, and an address leads to one place',
}
