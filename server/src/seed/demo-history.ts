/** What must have happened for the demo organization to be as it is. */
import type { EventType } from '@mortise/shared/events'
import type { ProjectPlan } from './demo-content.ts'
import type { PlannedTask } from './demo-dates.ts'
import type { Founded, Person } from './founding.ts'

/** A project with its id and its tasks, as they were written. */
export type Written = { id: string; plan: ProjectPlan; tasks: (PlannedTask & { id: string })[] }

/** One event as the database keeps it, without its number: that is its place in the list. */
export type Happening = { type: EventType; entity_id: string; project_id: string | null; version: number; actor_id: string; at: Date }

/** All events, oldest first: the office opens, people join, projects begin, tasks are added, taken up and finished. */
export function history({ id, owner, people }: Founded, projects: readonly Written[], now: Date): Happening[] {
  const opening = now.getTime() - (Math.max(...projects.map(({ plan }) => plan.startedDaysAgo)) + 1) * 86_400_000
  const happened = (type: EventType, entity: string, actor: string, at: Date, version = 1, project: string | null = null): Happening => ({
    type,
    entity_id: entity,
    project_id: project,
    version,
    actor_id: actor,
    at,
  })
  return [
    happened('organization.created', id, owner.id, new Date(opening)),
    ...people.slice(1).map((person, index) => happened('member.joined', person.id, person.id, new Date(opening + (index + 1) * 1_380_000))),
    ...projects.flatMap(({ id: project, plan, tasks }) => [
      happened('project.created', project, owner.id, new Date(now.getTime() - plan.startedDaysAgo * 86_400_000), 1, project),
      ...tasks.flatMap((task, index) => {
        const adder = (people[index % people.length] ?? owner).id
        const worker = idOf(people, task.assignee) ?? adder
        const changedAt = task.completedAt ?? task.startedAt
        return [
          happened('task.created', task.id, adder, task.createdAt, 1, project),
          ...(changedAt ? [happened('task.updated', task.id, worker, changedAt, 2, project)] : []),
        ]
      }),
    ]),
  ].toSorted((one, other) => one.at.getTime() - other.at.getTime())
}

const idOf = (people: readonly Person[], name: string | null): string | undefined => people.find((person) => person.name === name)?.id
