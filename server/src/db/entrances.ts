/** The doors of the database: which statement lets whom in. */
import { permissions, type Permission } from '@mortise/shared/permissions'
import type { Entrance } from './scope.ts'

/** Who is asking: a user by a session of theirs, as an access token says. The database proves both. */
export type Caller = { userId: string; sessionId: string }

const through =
  (door: 'enter_organization' | 'enter_project' | 'enter_task') =>
  (caller: Caller, ref: string, permission: Permission): Entrance => ({
    text: `select app.${door}($1, $2, $3, $4), current_setting('app.organization') as organization`,
    values: [caller.userId, caller.sessionId, ref, permissions[permission]],
    userId: caller.userId,
    ref,
    refusal: { ref },
  })

/** A signed-in person, for what belongs to the person. Refuses with SESSION_ENDED. */
export const enterAccount = (caller: Caller): Entrance => ({
  text: 'select app.enter_account($1, $2)',
  values: [caller.userId, caller.sessionId],
  userId: caller.userId,
})

/** A member whose role grants `permission`. Refuses with SESSION_ENDED, ORG_NOT_FOUND or FORBIDDEN. */
export const enterOrganization = through('enter_organization')

/** The same, with the organization found from a project. Refuses with PROJECT_NOT_FOUND instead. */
export const enterProject = through('enter_project')

/** The same, with the organization found from a task. Refuses with TASK_NOT_FOUND instead. */
export const enterTask = through('enter_task')
