/** What an input field names: the one table to extend when a procedure takes something new. */

/** Things of a side, by what a field must be given to mean them. */
export type ThingKind =
  | 'organization'
  | 'project'
  | 'task'
  | 'user'
  | 'invitation'
  | 'session'
  | 'token'
  | 'event number'
  | 'organization slug'
  | 'project slug'
  | 'words'

/** `cursor` belongs to a procedure. `content` is written and never looked up, so a foreign one means nothing. */
export type Kind = ThingKind | 'cursor' | 'content'

/** By name of the field, or `procedure.field` where the same name means another thing elsewhere. */
const kinds: Record<string, Kind> = {
  org: 'organization',
  project: 'project',
  task: 'task',
  beforeId: 'task',
  afterId: 'task',
  user: 'user',
  assignee: 'user',
  assigneeId: 'user',
  actor: 'user',
  entityId: 'task',
  since: 'content',
  until: 'content',
  invitation: 'invitation',
  session: 'session',
  token: 'token',
  lastEventId: 'event number',
  cursor: 'cursor',
  'organizations.create.slug': 'organization slug',
  'organizations.update.slug': 'organization slug',
  'projects.create.slug': 'project slug',
  'projects.update.slug': 'project slug',
  q: 'words',
  name: 'content',
  title: 'content',
  description: 'content',
}

/** What the field of a procedure names. Errors: a sentence that says what to add. */
export function kindOf(procedure: string, field: string): Kind {
  const last = field.split('.').at(-1) ?? field
  const kind = kinds[`${procedure}.${field}`] ?? kinds[last]
  if (kind === undefined)
    throw new Error(
      `The field ${field} of ${procedure} takes text that may name a thing: say which kind in server/test/isolation/kinds.ts, or that it is content.`,
    )
  return kind
}

/** Kinds that look like the same thing on the wire; one is tried in the place of another. */
const uuids: readonly ThingKind[] = ['organization', 'project', 'task', 'user', 'invitation', 'session']

/** Kinds whose values pass for one of `kind`, without it. */
export function lookAlikes(kind: Kind): readonly ThingKind[] {
  if (kind === 'organization') return [...uuids.filter((one) => one !== kind), 'project slug']
  return uuids.includes(kind as ThingKind) ? uuids.filter((one) => one !== kind) : []
}

/** Headers that the server reads, and why each cannot name a thing of another organization; `identifier` has cases. */
export const headers: Record<string, string> = {
  'last-event-id': 'identifier',
  'idempotency-key': 'identifier', // the cases are in keys.test.ts: it is no field of an input
  authorization: 'proves who is asking; tokens/access.test.ts forges it in every way',
  cookie: 'carries the refresh token, which is signed',
  'x-request-id': 'names the request and is looked up nowhere',
  'user-agent': 'is written and never looked up',
  'x-forwarded-for': 'is counted from the right by trusted proxies, and names a caller to a limit and nothing else',
  'content-type': 'is compared with a constant',
  'content-length': 'is a number',
  'content-encoding': 'is compared with a constant',
  'transfer-encoding': 'is compared with a constant',
  'sec-fetch-site': 'is compared with a constant',
  origin: 'is compared with the configuration',
  'access-control-request-method': 'is there or not',
  'x-requested-with': 'is there or not',
  host: 'is compared with the configuration',
}
