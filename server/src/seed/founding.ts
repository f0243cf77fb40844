/** How a seed gets in: the doorkeeper makes people and organizations, and everything else is written by a member. */
import type { Client } from 'pg'
import { roles, type Role } from '@mortise/shared/permissions'

export type Person = { id: string; name: string; role: Role }
export type Founded = { id: string; owner: Person; people: Person[] }

/** Runs `work` in one transaction: a seed that is interrupted leaves nothing behind. */
export async function inOneTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Makes an organization with this owner and these members and gives it, or undefined when its slug is taken. Leaves the role at the doorkeeper. */
export async function found(
  client: Client,
  { slug, name, isDemo }: { slug: string; name: string; isDemo: boolean },
  names: { owner: string; others: readonly Omit<Person, 'id'>[] },
): Promise<Founded | undefined> {
  await actAs(client, 'mortise_doorkeeper')
  const { rows: organizations } = await client.query<{ id: string }>(
    'insert into app.organizations (name, slug, is_demo) values ($1, $2, $3) on conflict on constraint organizations_slug_key do nothing returning id',
    [name, slug, isDemo],
  )
  const id = organizations[0]?.id
  if (id === undefined) return undefined
  const owner = await makePerson(client, { name: names.owner, role: 'owner' })
  const people = [owner]
  for (const person of names.others) people.push(await makePerson(client, person))
  await client.query('insert into app.memberships (organization_id, user_id, role) select $1, * from unnest($2::uuid[], $3::text[])', [
    id,
    people.map((person) => person.id),
    people.map((person) => person.role),
  ])
  return { id, owner, people }
}

const makePerson = async (client: Client, person: Omit<Person, 'id'>): Promise<Person> => ({
  ...person,
  id: await insertOne(client, `insert into app.users (name, kind) values ($1, 'user') returning id`, [person.name]),
})

/** Runs `work` as the runtime role, let in by the door that every caller uses, with a session that ends with the work. */
export async function asMember(client: Client, person: Person, organizationId: string, work: () => Promise<void>): Promise<void> {
  await actAs(client, 'mortise_doorkeeper')
  const session = await insertOne(client, `insert into app.sessions (user_id, user_agent) values ($1, 'seed') returning id`, [person.id])
  await actAs(client, 'mortise_api')
  await client.query('select app.enter_organization($1, $2, $3, $4)', [person.id, session, organizationId, roles])
  await work()
  await client.query('select app.end_session($1)', [session])
}

/** Inserts one row and gives its id. Errors: those of PostgreSQL, and one when nothing was inserted. */
export async function insertOne(client: Client, statement: string, values: readonly unknown[]): Promise<string> {
  const { rows } = await client.query<{ id: string }>(statement, [...values])
  if (!rows[0]) throw new Error(`Nothing was inserted by: ${statement}`)
  return rows[0].id
}

/** Acts as another role until the transaction ends or somebody else is chosen. */
export const actAs = async (client: Client, role: 'mortise_api' | 'mortise_doorkeeper'): Promise<void> =>
  void (await client.query(`set local role ${role}`))
