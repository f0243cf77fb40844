/** Makes the demo organization: an architects' office in the middle of its work, as of today. */
import type { Client } from 'pg'
import { withConnection } from '../db/provision-connection.ts'
import { organization, others, owner, projects, type ProjectPlan } from './demo-content.ts'
import { planned } from './demo-dates.ts'
import { history, type Happening, type Written } from './demo-history.ts'
import { actAs, asMember, found, inOneTransaction, insertOne, type Founded } from './founding.ts'

/**
 * Makes the demo organization when it is missing and gives its slug. All or nothing, so it can be repeated, interrupted
 * and run twice at once. `migratorUrl`: the login that may act as the doorkeeper and as the runtime role.
 */
export const seedDemo = (migratorUrl: string, report: (line: string) => void = () => {}, now = new Date()): Promise<string> =>
  withConnection(migratorUrl, (client) =>
    inOneTransaction(client, async () => {
      const founded = await found(client, { ...organization, isDemo: true }, { owner, others })
      if (!founded) return organization.slug
      const written: Written[] = []
      await asMember(client, founded.owner, founded.id, async () => {
        // in the order in which they began: version 7 ids grow with time, and the list is sorted by them
        for (const plan of projects.toReversed()) written.push(await writeProject(client, founded, plan, now))
      })
      await writeHistory(client, founded, history(founded, written, now))
      report(
        `demo organization ${organization.name}: ${written.length} projects, ${written.flatMap(({ tasks }) => tasks).length} tasks, ${founded.people.length} people`,
      )
      return organization.slug
    }),
  )

async function writeProject(client: Client, { id: organizationId, people }: Founded, plan: ProjectPlan, now: Date): Promise<Written> {
  const tasks = planned(plan, now)
  const started = new Date(now.getTime() - plan.startedDaysAgo * 86_400_000)
  const id = await insertOne(
    client,
    `insert into app.projects (organization_id, name, slug, description, created_at, updated_at) values ($1, $2, $3, $4, $5, $5) returning id`,
    [organizationId, plan.name, plan.slug, plan.description, started],
  )
  const idOf = (name: string | null): string | null => people.find((person) => person.name === name)?.id ?? null
  const rows = tasks.map((task) => ({
    title: task.title,
    description: task.description,
    status: task.status,
    assignee_id: idOf(task.assignee),
    due_on: task.dueOn,
    completed_at: task.completedAt,
    created_at: task.createdAt,
    updated_at: task.completedAt ?? task.startedAt ?? task.createdAt,
    version: task.status === 'todo' ? 1 : 2,
  }))
  const { rows: ids } = await client.query<{ id: string; title: string }>(
    `insert into app.tasks (organization_id, project_id, position, title, description, status, assignee_id, due_on, completed_at, created_at, updated_at, version)
     select $1, $2, t.place * 1048576, t.title, t.description, t.status, t.assignee_id, t.due_on, t.completed_at, t.created_at, t.updated_at, t.version
     from rows from (jsonb_to_recordset($3) as (title text, description text, status text, assignee_id uuid, due_on date,
       completed_at timestamptz, created_at timestamptz, updated_at timestamptz, version integer)) with ordinality
       as t (title, description, status, assignee_id, due_on, completed_at, created_at, updated_at, version, place)
     order by t.place returning id, title`,
    [organizationId, id, JSON.stringify(rows)],
  )
  return {
    id,
    plan,
    tasks: ids.flatMap((row) => tasks.filter(({ title }) => title === row.title).map((task) => ({ ...task, id: row.id }))),
  }
}

// record_events says "now", and a demo needs a past: the doorkeeper, who owns that function, writes what it would have written.
async function writeHistory(client: Client, { id }: Founded, happenings: Happening[]): Promise<void> {
  await actAs(client, 'mortise_doorkeeper')
  await client.query(
    `insert into app.events (organization_id, seq, type, entity_id, project_id, version, actor_id, at)
     select $1, e.seq, e.type, e.entity_id, e.project_id, e.version, e.actor_id, e.at
     from rows from (jsonb_to_recordset($2) as (type text, entity_id uuid, project_id uuid, version integer, actor_id uuid, at timestamptz))
       with ordinality as e (type, entity_id, project_id, version, actor_id, at, seq)`,
    [id, JSON.stringify(happenings)],
  )
  await client.query('insert into app.event_heads (organization_id, seq) values ($1, $2)', [id, happenings.length])
}
