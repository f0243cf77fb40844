/** The catalogue of errors: every entry can be shown to people. */
import { describe, expect, it } from 'vitest'
import { catalogue, sentence, type ErrorCode } from './errors.ts'

const entries = Object.entries(catalogue)

describe('every code', () => {
  it('has a status of a refusal, a sentence and some advice', () => {
    for (const [code, { status, message, advice }] of entries) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
      expect(status, code).toBeGreaterThanOrEqual(400)
      expect(status, code).toBeLessThan(600)
      expect(message, code).toMatch(/^[A-Z][^!]*[^.!]$/)
      expect(advice, code).toMatch(/^[A-Z][^!]*\.$/)
    }
  })

  it('has the status that the contract gives it', () => {
    const byStatus: Record<number, string[]> = {}
    for (const [code, { status }] of entries) (byStatus[status] ??= []).push(code)
    expect(byStatus).toEqual({
      400: ['MALFORMED_JSON', 'VALIDATION_FAILED', 'IDEMPOTENCY_KEY_INVALID'],
      401: ['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'SESSION_ENDED'],
      403: ['FORBIDDEN', 'CROSS_SITE'],
      404: [
        'ORG_NOT_FOUND',
        'PROJECT_NOT_FOUND',
        'TASK_NOT_FOUND',
        'MEMBER_NOT_FOUND',
        'INVITATION_NOT_FOUND',
        'SESSION_NOT_FOUND',
        'ROUTE_NOT_FOUND',
      ],
      405: ['METHOD_NOT_ALLOWED'],
      408: ['REQUEST_TIMEOUT'],
      409: ['SLUG_TAKEN', 'VERSION_CONFLICT', 'LAST_OWNER', 'IDEMPOTENCY_KEY_IN_USE', 'INVITATION_USED'],
      413: ['PAYLOAD_TOO_LARGE'],
      415: ['UNSUPPORTED_MEDIA_TYPE'],
      422: ['IDEMPOTENCY_KEY_REUSED'],
      429: ['RATE_LIMITED'],
      431: ['HEADERS_TOO_LARGE'],
      500: ['INTERNAL'],
      503: ['UNAVAILABLE'],
    })
  })
})

describe('a sentence', () => {
  it('is filled with what it is about, cut at 100 characters', () => {
    expect(sentence('ORG_NOT_FOUND', { ref: '999' })).toBe('Organization 999 not found')
    expect(sentence('TASK_NOT_FOUND', { ref: 'x'.repeat(500) })).toBe(`Task ${'x'.repeat(100)} not found`)
  })

  it('takes its parameters literally', () => {
    expect(sentence('ORG_NOT_FOUND', { ref: '{ref} $& $1' })).toBe('Organization {ref} $& $1 not found')
  })

  it('shows no braces when a parameter is missing', () => {
    for (const [code] of entries) expect(sentence(code as ErrorCode)).not.toMatch(/[{}]/)
  })
})
