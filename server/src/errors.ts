/** Refusals: how code throws one, and what a caller gets to see of anything that was thrown. */
import { catalogue, sentence, type ErrorCode, type ErrorParameters, type Issue, type Problem } from '@mortise/shared/errors'
import { TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server'
import { z } from 'zod'

const trpcCodes: Record<number, TRPC_ERROR_CODE_KEY> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  408: 'TIMEOUT',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  431: 'BAD_REQUEST',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
}

/** Seconds after which asking again makes sense, where nobody knows better. */
const usualWaits: Partial<Record<ErrorCode, number>> = { UNAVAILABLE: 2, RATE_LIMITED: 1, IDEMPOTENCY_KEY_IN_USE: 1 }

type Extras = { issues?: Issue[]; current?: unknown; retryAfterSeconds?: number; cause?: unknown }

/**
 * A refusal from the catalogue. `current` travels with VERSION_CONFLICT, `issues` with VALIDATION_FAILED, `retryAfterSeconds` as a
 * header.
 */
export class AppError<Code extends ErrorCode = ErrorCode> extends TRPCError {
  readonly error: Code
  readonly extras: Pick<Extras, 'issues' | 'current'>
  readonly retryAfterSeconds: number | undefined

  constructor(error: Code, parameters: ErrorParameters<Code>, { cause, retryAfterSeconds, ...extras }: Extras = {}) {
    super({ code: trpcCodes[catalogue[error].status] ?? 'INTERNAL_SERVER_ERROR', message: sentence(error, parameters), cause })
    this.error = error
    this.extras = extras
    this.retryAfterSeconds = retryAfterSeconds ?? usualWaits[error]
  }
}

/** The refusal of one field, as VALIDATION_FAILED. */
export const invalid = (path: string, message: string) => new AppError('VALIDATION_FAILED', {}, { issues: [{ path, message }] })

/** Whatever was thrown, as an entry of the catalogue. What nobody foresaw becomes INTERNAL and shows nothing of its cause. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const cause = thrown instanceof TRPCError ? thrown.cause : thrown
  if (cause instanceof AppError) return cause
  if (thrown instanceof TRPCError) {
    // an output that breaks its own schema is our fault, and comes with the same cause as a wrong input
    if (cause instanceof z.ZodError && thrown.code === 'BAD_REQUEST')
      return new AppError('VALIDATION_FAILED', {}, { issues: issuesOf(cause), cause })
    const known = fromTransport[thrown.code]
    if (known !== undefined) return known(thrown)
  }
  return fromDatabase(cause) ?? new AppError('INTERNAL', {}, { cause: cause ?? thrown })
}

/** The status and the body that a caller gets. */
export function problemOf(thrown: unknown, requestId: string): { status: number; problem: Problem } {
  const { error, message, extras } = asAppError(thrown)
  return { status: catalogue[error].status, problem: { error, message, requestId, ...extras } }
}

const issuesOf = (error: z.ZodError): Issue[] =>
  error.issues
    .slice(0, 20)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.slice(0, 20).map((key) => ({ path: [...issue.path, key].join('.').slice(0, 100), message: 'Unknown field' }))
        : [{ path: issue.path.join('.').slice(0, 100), message: issue.message.slice(0, 200) }],
    )

const fromTransport: Partial<Record<TRPC_ERROR_CODE_KEY, (thrown: TRPCError) => AppError>> = {
  PARSE_ERROR: () => new AppError('MALFORMED_JSON', {}),
  BAD_REQUEST: (thrown) => new AppError('VALIDATION_FAILED', {}, { issues: [{ path: '', message: thrown.message.slice(0, 200) }] }),
  NOT_FOUND: () => new AppError('ROUTE_NOT_FOUND', {}),
  METHOD_NOT_SUPPORTED: () => new AppError('METHOD_NOT_ALLOWED', { method: 'this method' }),
  PAYLOAD_TOO_LARGE: () => new AppError('PAYLOAD_TOO_LARGE', {}),
  UNSUPPORTED_MEDIA_TYPE: () => new AppError('UNSUPPORTED_MEDIA_TYPE', {}),
}

/** Constraints whose violation is the caller's to mend. Under row level security PostgreSQL withholds the detail, so the name decides. */
const constraints: Record<string, () => AppError> = {
  organizations_slug_key: () => new AppError('SLUG_TAKEN', {}),
  projects_slug_key: () => new AppError('SLUG_TAKEN', {}),
  tasks_assignee_fkey: () => invalid('assigneeId', 'Must be a member of the organization'),
  tasks_project_fkey: () => new AppError('PROJECT_NOT_FOUND', { ref: '' }),
}

/** Database and network states in which asking again later helps (PostgreSQL classes 08, 53, 57, 55P03, 25P03; pg's and Knex's own sentences). */
const passing = /^(08...|53...|57...|55P03|25P03|40001|40P01|ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)$/
const passingSentence =
  /Connection terminated|not queryable|Query read timeout|Timeout acquiring a connection|timeout expired|Unable to acquire a connection|aborted$/i

/** What the driver threw, out of what tRPC and Objection wrapped around it. */
export function saidByDatabase(thrown: unknown): unknown {
  const error: unknown = thrown instanceof TRPCError && !(thrown instanceof AppError) ? (thrown.cause ?? thrown) : thrown
  return error instanceof Error && 'nativeError' in error && error.nativeError instanceof Error ? error.nativeError : error
}

function fromDatabase(thrown: unknown): AppError | undefined {
  if (!(thrown instanceof Error)) return undefined
  const error = saidByDatabase(thrown) as Error & { code?: unknown; constraint?: unknown }
  const code = typeof error.code === 'string' ? error.code : ''
  if (code.startsWith('23') && typeof error.constraint === 'string') return constraints[error.constraint]?.()
  if (passing.test(code) || passingSentence.test(error.message)) return new AppError('UNAVAILABLE', {}, { cause: thrown })
  if (error instanceof AggregateError) return fromDatabase(error.errors[0])
  return undefined
}
