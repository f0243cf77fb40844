/** Organizations: the tenants. */
import { z } from 'zod'
import { pageRequest } from './pages.ts'
import { role } from './role.ts'
import { streamEvent } from './events.ts'
import { orgRef } from './organization-ref.ts'
import { day, id, line, moment, slug, version } from './text.ts'

export const organization = z
  .object({ id, name: z.string(), slug: z.string(), role, createdAt: moment, updatedAt: moment, version })
  .meta({ id: 'Organization' })
export type Organization = z.infer<typeof organization>

/** Without a slug one is made from the name. */
export const organizationCreate = z.strictObject({ name: line(100), slug: slug.optional() })
export type OrganizationCreate = z.infer<typeof organizationCreate>

export const organizationList = z.strictObject(pageRequest)
export type OrganizationList = z.infer<typeof organizationList>

export const organizationGet = z.strictObject({ org: orgRef })

export const organizationUpdate = z.strictObject({ org: orgRef, name: line(100).optional(), slug: slug.optional(), version })
export type OrganizationUpdate = z.infer<typeof organizationUpdate>

export const organizationDelete = z.strictObject({ org: orgRef, version: version.optional() })
export type OrganizationDelete = z.infer<typeof organizationDelete>

/** One line of recent activity: an event with the names that a reader needs; `title` is null once the thing is gone. */
export const activity = streamEvent
  .extend({ id: z.string(), actorName: z.string().nullable(), title: z.string().nullable(), projectName: z.string().nullable() })
  .meta({ id: 'Activity' })
export type Activity = z.infer<typeof activity>

/** What the dashboard shows. Days are UTC days. */
export const organizationStats = z
  .object({
    projects: z.int(),
    members: z.int(),
    openTasks: z.int(),
    doingTasks: z.int(),
    dueThisWeek: z.int(),
    dueToday: z.int(),
    late: z.int(),
    oldestLateOn: day.nullable(),
    doneIn30Days: z.int(),
    completedPerDay: z.array(z.object({ day, count: z.int() })).length(30),
    recentActivity: z.array(activity),
    busiestProjects: z.array(z.object({ id, name: z.string(), slug: z.string(), openTasks: z.int(), doneTasks: z.int() })),
  })
  .meta({ id: 'OrganizationStats' })
export type OrganizationStats = z.infer<typeof organizationStats>
