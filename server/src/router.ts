/** All that can be asked, one line a feature. */
import { accountsRouter } from './accounts/router.ts'
import { auditRouter } from './audit/router.ts'
import { eventsRouter } from './events/router.ts'
import { invitationsRouter } from './invitations/router.ts'
import { membersRouter } from './members/router.ts'
import { organizationsRouter } from './organizations/router.ts'
import { projectsRouter } from './projects/router.ts'
import { sessionsRouter } from './sessions/router.ts'
import { systemRouter } from './system/router.ts'
import { tasksRouter } from './tasks/router.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  system: systemRouter,
  sessions: sessionsRouter,
  accounts: accountsRouter,
  organizations: organizationsRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  projects: projectsRouter,
  tasks: tasksRouter,
  events: eventsRouter,
  audit: auditRouter,
})

export type AppRouter = typeof appRouter
