/** Fills a database with many organizations, to see that pages and queries stay fast among a crowd. */
import { createHash, randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { withConnection } from '../db/provision-connection.ts'
import { actAs, asMember, found, inOneTransaction, type Founded, type Person } from './founding.ts'

/** How many organizations, projects in each of them, and tasks in each project. */
export type Size = { organizations: number; projects: number; tasks: number }

/** What was made; `invitation` is a token that lets somebody look at the first organization, as its admin, for a week. */
export type Crowd = { made: number; tasks: number; invitation: string }

/**
 * Makes the organizations that are missing, each in one transaction, so it can be interrupted and repeated. `step` is told
 * after each how many there are. `migratorUrl`: the login that may act as the doorkeeper and as the runtime role.
 */
export const seedCrowd = (migratorUrl: string, size: Size, step: (done: number) => void = () => {}): Promise<Crowd> =>
  withConnection(migratorUrl, async (client) => {
    let made = 0
    for (let place = 1; place <= size.organizations; place++) {
      if (await inOneTransaction(client, () => makeOne(client, place, size))) made++
      // Plans made for empty tables stay in use until somebody counts again: without this the work grows with its square.
      if (made > 0 && (Number.isInteger(Math.log2(place)) || place === size.organizations)) await recount(client)
      step(place)
    }
    return { made, tasks: made * size.projects * size.tasks, invitation: await inOneTransaction(client, () => inviteToFirst(client)) }
  })

async function recount(client: Client): Promise<void> {
  await client.query('set role mortise_owner')
  await client.query('analyze app.organizations, app.users, app.memberships, app.sessions, app.projects, app.tasks, app.events')
  await client.query('reset role')
}

const woods = [
  'Alder',
  'Ash',
  'Beech',
  'Birch',
  'Cedar',
  'Cherry',
  'Elm',
  'Hazel',
  'Larch',
  'Lime',
  'Maple',
  'Oak',
  'Pear',
  'Pine',
  'Walnut',
  'Yew',
]
const owner = 'Amara Diallo'
const others = ['Bartholomew Featherstonehaugh-Ramirez', 'Chiara Bianchi', 'Dmitri Volkov', 'Elif Yıldız'].map((name) => ({
  name,
  role: 'member' as const,
}))

async function makeOne(client: Client, place: number, { projects, tasks }: Size): Promise<boolean> {
  const name = `${woods[place % woods.length]} & ${woods[(place * 7 + 3) % woods.length]} ${place}`
  const founded = await found(client, { slug: slugOf(place), name, isDemo: false }, { owner, others })
  if (!founded) return false
  await asMember(client, founded.owner, founded.id, () => fill(client, founded, projects, tasks))
  return true
}

const slugOf = (place: number): string => `crowd-${place}`

// Every table gets one statement, whatever the size. Tasks lie up to 90 days back, and six of ten are done.
async function fill(client: Client, { id, people: members }: Founded, projects: number, tasks: number): Promise<void> {
  await client.query(
    `insert into app.projects (organization_id, name, slug, description)
     select $1, 'Project ' || p, 'project-' || p, 'One of many, made to see how the rest behaves' from generate_series(1, $2::int) p`,
    [id, projects],
  )
  await client.query(
    `insert into app.tasks (organization_id, project_id, title, status, assignee_id, due_on, completed_at, position, created_at, updated_at)
     select $1, p.id, (array['Order', 'Measure', 'Draw', 'Check', 'Price', 'Agree', 'Send', 'Survey'])[1 + t % 8] || ' '
         || (array['the stair', 'the roof', 'the windows', 'the ramp', 'the ground floor', 'the drains'])[1 + t % 6] || ', part ' || t,
       s.status, ($3::uuid[])[1 + t % 6], case when t % 3 > 0 then current_date + (t * 7 % 40 - 15) end,
       case when s.status = 'done' then m.at end, t * 1048576, m.at - interval '5 days', m.at
     from app.projects p, generate_series(1, $2::int) t,
       lateral (select (array['done', 'done', 'todo', 'done', 'doing', 'done', 'todo', 'done', 'todo', 'done'])[1 + t % 10] as status) s,
       lateral (select now() - (hashtext(p.id::text || t) & 8191) * interval '949 seconds' as at) m
     where p.organization_id = $1`,
    [id, tasks, members.map((person) => person.id)],
  )
  await client.query(
    `select app.record_events(jsonb_agg(e)) from (
       select jsonb_build_object('type', 'organization.created', 'entityId', $1::uuid, 'version', 1) as e
       union all select jsonb_build_object('type', 'project.created', 'entityId', id, 'projectId', id, 'version', 1) from app.projects where organization_id = $1
       union all select jsonb_build_object('type', 'task.created', 'entityId', id, 'projectId', project_id, 'version', 1) from app.tasks where organization_id = $1
     ) events`,
    [id],
  )
}

// Nobody can log in as the people of a seed, so somebody has to be let in.
async function inviteToFirst(client: Client): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const first = await firstOwner(client)
  await asMember(client, first.owner, first.id, async () => {
    await client.query(
      `insert into app.invitations (organization_id, token_hash, role, created_by, expires_at) values ($1, $2, 'admin', $3, now() + interval '7 days')`,
      [first.id, createHash('sha256').update(token).digest(), first.owner.id],
    )
  })
  return token
}

async function firstOwner(client: Client): Promise<{ id: string; owner: Person }> {
  await actAs(client, 'mortise_doorkeeper')
  const { rows } = await client.query<{ id: string; user_id: string }>(
    `select o.id, m.user_id from app.organizations o join app.memberships m on m.organization_id = o.id and m.role = 'owner' where o.slug = $1 limit 1`,
    [slugOf(1)],
  )
  const row = rows[0]
  if (!row) throw new Error(`The organization ${slugOf(1)} has no owner any more.`)
  return { id: row.id, owner: { id: row.user_id, name: owner, role: 'owner' } }
}
