/** The catalogue of errors: every refusal that a caller can meet, with its status, its sentence and what to do about it. */

type Entry = { status: number; message: string; advice: string }

/** `{name}` in a message is filled from the error's parameters. */
export const catalogue = {
  MALFORMED_JSON: { status: 400, message: 'The body is not valid JSON', advice: 'Send UTF-8 JSON, nested at most 32 levels deep.' },
  VALIDATION_FAILED: {
    status: 400,
    message: 'The request breaks a rule',
    advice: 'See `issues`: each names a field and what is wrong with it.',
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    message: 'This idempotency key cannot be used here',
    advice: 'Send one key of 8 to 64 letters, digits or `._:-`, with one call that needs a sign-in; a UUID is best.',
  },
  UNAUTHENTICATED: {
    status: 401,
    message: 'Sign in first',
    advice: 'Send `Authorization: Bearer <token>`; get one from `POST /api/v1/auth/guest`.',
  },
  TOKEN_EXPIRED: { status: 401, message: 'The access token has expired', advice: 'Refresh it with `POST /api/v1/auth/refresh`.' },
  SESSION_ENDED: { status: 401, message: 'This session has ended', advice: 'Sign in again.' },
  FORBIDDEN: {
    status: 403,
    message: 'Your role in this organization does not allow that',
    advice: 'Ask an owner or admin of the organization.',
  },
  CROSS_SITE: { status: 403, message: 'Requests from other sites are refused', advice: 'Call from the same origin, or without a browser.' },
  ORG_NOT_FOUND: {
    status: 404,
    message: 'Organization {ref} not found',
    advice: 'Check the id or slug; you see only organizations that you belong to.',
  },
  PROJECT_NOT_FOUND: {
    status: 404,
    message: 'Project {ref} not found',
    advice: 'Check the id; you see only projects of your organizations.',
  },
  TASK_NOT_FOUND: { status: 404, message: 'Task {ref} not found', advice: 'Check the id; you see only tasks of your organizations.' },
  MEMBER_NOT_FOUND: { status: 404, message: 'Member {ref} not found', advice: 'List the members of the organization.' },
  INVITATION_NOT_FOUND: {
    status: 404,
    message: 'This invitation does not exist, has expired or was revoked',
    advice: 'Ask for a new link.',
  },
  SESSION_NOT_FOUND: { status: 404, message: 'Session {ref} not found', advice: 'List your sessions.' },
  ROUTE_NOT_FOUND: { status: 404, message: 'There is nothing at this address', advice: 'See `/docs` for the addresses.' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'This address does not take {method}', advice: 'Use a method of the `Allow` header.' },
  REQUEST_TIMEOUT: { status: 408, message: 'The request took too long to arrive', advice: 'Send it again, whole.' },
  SLUG_TAKEN: { status: 409, message: 'This address is taken', advice: 'Choose another slug.' },
  VERSION_CONFLICT: {
    status: 409,
    message: 'Someone else changed this in the meantime',
    advice: 'Compare with `current` and send your change with its version.',
  },
  LAST_OWNER: {
    status: 409,
    message: 'An organization keeps at least one owner',
    advice: 'Make somebody else owner first, or delete the organization.',
  },
  IDEMPOTENCY_KEY_IN_USE: {
    status: 409,
    message: 'A request with this idempotency key is being answered',
    advice: 'Wait as long as `Retry-After` says and send the same again.',
  },
  INVITATION_USED: { status: 409, message: 'This invitation has been used', advice: 'Ask for a new link.' },
  PAYLOAD_TOO_LARGE: { status: 413, message: 'The body is larger than 100 kB', advice: 'Send less at once.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: 'Only application/json in UTF-8 is accepted',
    advice: 'Set `Content-Type: application/json` and no content encoding.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    message: 'This idempotency key was used for another request',
    advice: 'Make a new key for each new request; keep it for the same request sent again.',
  },
  RATE_LIMITED: { status: 429, message: 'Too many requests', advice: 'Wait as long as `Retry-After` says.' },
  HEADERS_TOO_LARGE: { status: 431, message: 'The headers are too large or too many', advice: 'Send fewer headers.' },
  INTERNAL: { status: 500, message: 'Something went wrong on our side', advice: 'Report the request id.' },
  UNAVAILABLE: { status: 503, message: 'The service cannot answer right now', advice: 'Try again after `Retry-After` seconds.' },
} as const satisfies Record<string, Entry>

export type ErrorCode = keyof typeof catalogue

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never

/** The parameters that the message of a code needs. */
export type ErrorParameters<Code extends ErrorCode> = Record<Placeholders<(typeof catalogue)[Code]['message']>, string>

/** The sentence of a code with its parameters filled in, each cut at 100 characters. */
export const sentence = (code: ErrorCode, parameters: Record<string, string> = {}): string =>
  catalogue[code].message.replaceAll(/\{(\w+)\}/g, (_, name: string) => (parameters[name] ?? '').slice(0, 100))

/** One thing that is wrong with an input: `path` is dotted, as `items.0.name`. */
export type Issue = { path: string; message: string }

/** What a caller gets: the REST body, and under `error.data` in tRPC. */
export type Problem = { error: ErrorCode; message: string; requestId: string; issues?: Issue[]; current?: unknown }
