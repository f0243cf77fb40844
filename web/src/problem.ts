/** Reads any failure as a code of the catalogue with what the server said beside it. */
import type { ErrorCode, Issue } from '@mortise/shared/errors'

/** The catalogue, and the two failures that only a browser meets. */
export type ProblemCode = ErrorCode | 'OFFLINE' | 'UNEXPECTED'

export type SeenProblem = { code: ProblemCode; message: string; requestId: string; issues: Issue[]; current: unknown }

type Data = { error?: unknown; message?: unknown; requestId?: unknown; issues?: unknown; current?: unknown }

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** The problem behind `error`. A call that got no answer is OFFLINE; what nobody foresaw is UNEXPECTED. */
export function problemOf(error: unknown): SeenProblem {
  const data = (error as { data?: Data | null } | null)?.data
  const message = error instanceof Error ? error.message : ''
  const code = text(data?.error) as ErrorCode | ''
  return {
    code: code || (unreachable(error) ? 'OFFLINE' : 'UNEXPECTED'),
    message,
    requestId: text(data?.requestId),
    issues: Array.isArray(data?.issues) ? (data.issues as Issue[]) : [],
    current: data?.current,
  }
}

/** Whether this is not a failure but a call that its owner gave up. */
export function isAbort(error: unknown): boolean {
  const cause = (error as { cause?: unknown } | null)?.cause
  return [error, cause].some((thing) => thing instanceof Error && thing.name === 'AbortError')
}

// fetch rejects with a TypeError when there is no answer at all; the client wraps it and keeps it as the cause.
function unreachable(error: unknown): boolean {
  const cause = (error as { cause?: unknown } | null)?.cause
  return !navigator.onLine || error instanceof TypeError || cause instanceof TypeError
}
