/** What the dashboard shows, read in one round trip. */
import type { Activity, OrganizationStats } from '@mortise/shared/organizations'
import type { Scope } from '../db/scope.ts'

type Counts = Omit<OrganizationStats, 'completedPerDay' | 'recentActivity' | 'busiestProjects'>

/** Counts, completions by UTC day, recent events with their names, and the projects with most open tasks. */
export async function stats(scope: Scope): Promise<OrganizationStats> {
  const ask = async <Item>(sql: string): Promise<Item[]> => (await scope.tx.raw<{ rows: Item[] }>(sql)).rows
  // asked together: the statements travel in one packet, and the answers too
  const [counts, completedPerDay, recentActivity, busiestProjects] = await Promise.all([
    ask<Counts>(countsSql),
    ask<{ day: string; count: number }>(completedSql),
    ask<Activity & { projectId: string | null }>(activitySql),
    ask<OrganizationStats['busiestProjects'][number]>(projectsSql),
  ])
  if (counts[0] === undefined) throw new Error('An aggregate without a row')
  return {
    ...counts[0],
    completedPerDay,
    recentActivity: recentActivity.map(({ projectId, ...rest }) => (projectId === null ? rest : { ...rest, projectId })),
    busiestProjects,
  }
}

const here = 'organization_id = (select app.current_organization())'

const countsSql = `
  select (select count(*) from app.projects where ${here} and archived_at is null) as projects,
         (select count(*) from app.memberships where ${here}) as members,
         coalesce(sum(p.open_tasks), 0)::bigint as "openTasks",
         t."doingTasks", t."dueThisWeek", t."dueToday", t.late, t."oldestLateOn",
         (select count(*) from app.tasks where ${here} and completed_at >= current_date - 29) as "doneIn30Days"
  from (
    select count(*) filter (where status = 'doing') as "doingTasks",
           count(*) filter (where due_on between current_date and current_date + 6) as "dueThisWeek",
           count(*) filter (where due_on = current_date) as "dueToday",
           count(*) filter (where due_on < current_date) as late,
           min(due_on) filter (where due_on < current_date) as "oldestLateOn"
    from app.tasks where ${here} and status <> 'done'
  ) t
  left join app.projects p on p.${here}
  group by t."doingTasks", t."dueThisWeek", t."dueToday", t.late, t."oldestLateOn"`

const completedSql = `
  select d.day::date as day, count(t.id) as count
  from generate_series(current_date - 29, current_date, interval '1 day') as d(day)
  left join app.tasks t on t.${here} and t.completed_at >= d.day and t.completed_at < d.day + interval '1 day'
  group by d.day order by d.day`

const activitySql = `
  select e.seq::text as id, e.type, e.organization_id as "organizationId", e.entity_id as "entityId", e.project_id as "projectId",
         e.version, e.at, e.actor_id as "actorId", u.name as "actorName", p.name as "projectName",
         case split_part(e.type, '.', 1) when 'task' then t.title when 'project' then p.name when 'member' then m.name else o.name end as title
  from (select * from app.events where ${here} order by seq desc limit 20) e
  join app.organizations o on o.id = e.organization_id
  left join app.users u on u.id = e.actor_id
  left join app.users m on m.id = e.entity_id and e.type like 'member.%'
  left join app.tasks t on t.${here} and t.id = e.entity_id
  left join app.projects p on p.${here} and p.id = coalesce(e.project_id, e.entity_id)
  order by e.seq desc`

const projectsSql = `
  select id, name, slug, open_tasks as "openTasks", done_tasks as "doneTasks"
  from app.projects where ${here} and archived_at is null order by open_tasks desc, id desc limit 5`
