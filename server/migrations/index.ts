/** Every migration, in order. A file that is not listed does not exist: a test compares this list with the directory. */
import * as scope from './20261121_0100_expand_scope.ts'
import * as accounts from './20261121_0110_expand_accounts.ts'
import * as organizations from './20261121_0120_expand_organizations.ts'
import * as events from './20261121_0130_expand_events.ts'
import * as invitations from './20261121_0140_expand_invitations.ts'
import * as projects from './20261121_0150_expand_projects.ts'
import * as tasks from './20261121_0160_expand_tasks.ts'
import * as idempotency from './20261121_0170_expand_idempotency.ts'
import * as audit from './20261121_0180_expand_audit.ts'

export const migrations = {
  '20261121_0100_expand_scope': scope,
  '20261121_0110_expand_accounts': accounts,
  '20261121_0120_expand_organizations': organizations,
  '20261121_0130_expand_events': events,
  '20261121_0140_expand_invitations': invitations,
  '20261121_0150_expand_projects': projects,
  '20261121_0160_expand_tasks': tasks,
  '20261121_0170_expand_idempotency': idempotency,
  '20261121_0180_expand_audit': audit,
}
