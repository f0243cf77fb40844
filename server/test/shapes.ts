/** The shapes of the contract, written by hand from its text: what callers rely on is not read off the code that they check. */
import { expect } from 'vitest'

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const text = expect.any(String)
const whole = expect.any(Number)

/** What must be there and nothing else; fields that may be null are given by the test, which knows. */
export const shapes = {
  problem: { error: text, message: text, requestId: text },
  signedIn: { token: text, expiresAt: moment, user: { id: uuid, name: expect.stringMatching(/^guest-\d{4}$/), kind: 'guest' } },
  account: { id: uuid, name: text, kind: 'guest', email: null, createdAt: moment, version: whole },
  session: { id: uuid, current: expect.any(Boolean), createdAt: moment, lastSeenAt: moment, userAgent: text },
  organization: { id: uuid, name: text, slug: text, role: text, createdAt: moment, updatedAt: moment, version: whole },
  member: { userId: uuid, name: text, role: text, joinedAt: moment, version: whole },
  invitationMade: { id: uuid, token: expect.stringMatching(/^[\w-]{43}$/), url: text, role: text, expiresAt: moment },
  invitation: { id: uuid, role: text, createdAt: moment, expiresAt: moment, createdBy: uuid },
  project: {
    id: uuid,
    organizationId: uuid,
    name: text,
    slug: text,
    description: text,
    archivedAt: null,
    openTasks: whole,
    doneTasks: whole,
    createdAt: moment,
    updatedAt: moment,
    version: whole,
  },
  task: {
    id: uuid,
    organizationId: uuid,
    projectId: uuid,
    title: text,
    description: text,
    status: text,
    assigneeId: null,
    dueOn: null,
    completedAt: null,
    createdAt: moment,
    updatedAt: moment,
    version: whole,
  },
  event: { type: text, organizationId: uuid, entityId: uuid, version: whole, at: moment, actorId: uuid },
}

export { moment, uuid }
