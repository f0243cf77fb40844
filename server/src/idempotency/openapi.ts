/** What the API document says about idempotency keys. */
import type { ErrorCode } from '@mortise/shared/errors'
import type { Call } from '../rest/calls.ts'
import { headerPattern } from './key.ts'

type Which = Pick<Call, 'procedure' | 'kind' | 'isPublic'>

/** Whether the call keeps its answer for a key: everything behind a door that changes something. */
export const takesKey = ({ kind, isPublic }: Which): boolean => kind === 'mutation' && !isPublic

export const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Makes sending the same request again harmless: for 24 hours it gets the answer of the first one and has no second effect. Use a new UUID for each new request.',
  schema: { type: 'string', pattern: headerPattern },
  example: '8e03978e-40d5-43dd-bc93-6894a57f9324',
}

export const replayedHeader = {
  'Idempotency-Replayed': {
    description: 'This is the answer of an earlier request with the same key',
    schema: { type: 'string', const: 'true' },
  },
}

/** They come by the door of the person, and their answer may be about an organization that was left since. */
const aboutAnOrganization = new Set(['organizations.create', 'invitations.accept'])

/** What a call can answer on account of the header. */
export function keyRefusals(call: Which): ErrorCode[] {
  if (call.kind !== 'mutation') return []
  if (!takesKey(call)) return ['IDEMPOTENCY_KEY_INVALID']
  const codes: ErrorCode[] = ['IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_IN_USE', 'IDEMPOTENCY_KEY_REUSED']
  return aboutAnOrganization.has(call.procedure) ? [...codes, 'ORG_NOT_FOUND'] : codes
}
