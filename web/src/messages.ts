/** What people read for each problem: what did not work, what is safe, what to do. A code without words does not compile. */
import { html, type TemplateResult } from 'lit'
import { problemOf, type ProblemCode } from './problem.ts'
import './ui/ui-problem.ts'

type Words = { heading: string; advice: string; again?: true; tone?: 'warn' | 'info' }

const gone = 'It may have been removed, or it belongs to an organization you are not in.'

const words: Record<ProblemCode, Words> = {
  MALFORMED_JSON: { heading: 'The server could not read this.', advice: 'Reload the page and try once more.' },
  VALIDATION_FAILED: { heading: 'Something in this is not allowed.', advice: 'Check the marked fields.', tone: 'warn' },
  IDEMPOTENCY_KEY_INVALID: { heading: 'The server could not read this.', advice: 'Reload the page and try once more.' },
  UNAUTHENTICATED: { heading: 'You are signed out.', advice: 'Sign in to go on.', tone: 'info' },
  TOKEN_EXPIRED: { heading: 'Your sign-in could not be renewed.', advice: 'Sign in again to go on.', tone: 'info' },
  SESSION_ENDED: { heading: 'Your session has ended.', advice: 'Sign in again to go on. What you typed stays here.', tone: 'info' },
  FORBIDDEN: { heading: 'Your role does not allow this.', advice: 'An owner or admin of the organization can do it.', tone: 'info' },
  CROSS_SITE: { heading: 'The server refused a call from another site.', advice: 'Open Mortise in its own window.' },
  ORG_NOT_FOUND: { heading: 'This organization is not here.', advice: gone, tone: 'info' },
  PROJECT_NOT_FOUND: { heading: 'This project is not here.', advice: gone, tone: 'info' },
  TASK_NOT_FOUND: { heading: 'This task is not here.', advice: gone, tone: 'info' },
  MEMBER_NOT_FOUND: { heading: 'This member is not here.', advice: 'Somebody may have removed them, or they left.', tone: 'info' },
  INVITATION_NOT_FOUND: {
    heading: 'This invitation does not work.',
    advice: 'It has expired or was taken back. Ask for a new link.',
    tone: 'info',
  },
  SESSION_NOT_FOUND: { heading: 'This session is not here.', advice: 'It has already ended.', tone: 'info' },
  ROUTE_NOT_FOUND: { heading: 'The server does not know this call.', advice: 'Reload the page: it may be older than the server.' },
  METHOD_NOT_ALLOWED: { heading: 'The server does not take this call.', advice: 'Reload the page: it may be older than the server.' },
  REQUEST_TIMEOUT: { heading: 'The connection is too slow.', advice: 'Nothing was changed. Try again.', again: true },
  SLUG_TAKEN: { heading: 'This address is taken.', advice: 'Choose another one.', tone: 'warn' },
  VERSION_CONFLICT: { heading: 'Somebody changed this while you were editing.', advice: 'Look at both versions and choose.', tone: 'warn' },
  LAST_OWNER: {
    heading: 'An organization keeps at least one owner.',
    advice: 'Make somebody else owner first, or delete the organization.',
    tone: 'info',
  },
  IDEMPOTENCY_KEY_IN_USE: {
    heading: 'This is still being saved.',
    advice: 'Wait a moment, then try again: it is saved once.',
    again: true,
    tone: 'info',
  },
  IDEMPOTENCY_KEY_REUSED: { heading: 'The server took this for something else.', advice: 'Reload the page and try once more.' },
  INVITATION_USED: { heading: 'This invitation has been used.', advice: 'Each link works once. Ask for a new one.', tone: 'info' },
  PAYLOAD_TOO_LARGE: { heading: 'This is too much at once.', advice: 'Shorten the text and save again.', tone: 'warn' },
  UNSUPPORTED_MEDIA_TYPE: { heading: 'The server could not read this.', advice: 'Reload the page and try once more.' },
  RATE_LIMITED: { heading: 'That was too much in a short time.', advice: 'Wait a moment, then try again.', again: true, tone: 'warn' },
  HEADERS_TOO_LARGE: { heading: 'The browser sent too much with this call.', advice: 'Remove the cookies of this site and sign in again.' },
  INTERNAL: {
    heading: 'Something went wrong on our side.',
    advice: 'Nothing you wrote is lost. If it stays, tell us the request.',
    again: true,
  },
  UNAVAILABLE: {
    heading: 'The server cannot answer right now.',
    advice: 'Nothing you wrote is lost. It usually takes a few seconds.',
    again: true,
  },
  OFFLINE: {
    heading: 'The server cannot be reached.',
    advice: 'Check the connection. Nothing you wrote is lost.',
    again: true,
    tone: 'warn',
  },
  UNEXPECTED: { heading: 'This page met something it did not expect.', advice: 'Reload it; if that does not help, tell us.', again: true },
}

/** The words for a failure: a sentence, advice, and whether trying again can help. */
export const wordsFor = (error: unknown): Words => words[problemOf(error).code] ?? words.UNEXPECTED

/** One line for a toast. */
export const sentenceFor = (error: unknown): string => {
  const { heading, advice } = wordsFor(error)
  return `${heading} ${advice}`
}

/** The notice for a failure, with the request id to copy and, where it can help, a way to try again. */
export function problem(error: unknown, again?: () => unknown): TemplateResult {
  const { heading, advice, again: mayHelp, tone = 'bad' } = wordsFor(error)
  // A refusal explains itself; only what went wrong on our side needs a request to look up.
  const requestId = tone === 'bad' ? problemOf(error).requestId : ''
  return html`<ui-problem
    heading=${heading}
    advice=${advice}
    tone=${tone}
    request-id=${requestId}
    ?retry=${Boolean(mayHelp && again)}
    @ui-retry=${() => again?.()}
  ></ui-problem>`
}
