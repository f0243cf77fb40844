/** A life in an organization, told through the procedures: whatever the doors and the doorkeeper need to have, something here misses. */
import type { Administrator } from '../../administrator.ts'
import type { Asker } from '../reply.ts'
import type { Furnished } from '../furnished.ts'
import { checksumsOf } from '../rows.ts'
import type { Person } from '../side.ts'

/**
 * Tells the story and looks at the rows of both sides, where nothing of it takes place: one who plays a part in it belongs to the
 * own side too. `touched` is what changed there all the same; the sessions of the own side do, because the story ends one.
 */
export async function life(asker: Asker, administrator: Administrator, world: Furnished): Promise<{ faults: string[]; touched: string[] }> {
  const sums = async () => {
    const { sessions: _, ...own } = await checksumsOf(administrator, world.own)
    return Object.entries({ 'the other': await checksumsOf(administrator, world.other), 'the own': own }).flatMap(([whose, tables]) =>
      Object.entries(tables).map(([table, sum]) => ({ what: `${table} of ${whose} side`, sum })),
    )
  }
  const before = await sums()
  const faults = await storyFaults(asker, world)
  const after = await sums()
  return {
    faults,
    touched: after.filter(({ sum }, place) => sum !== before[place]?.sum).map(({ what }) => `a life in an organization changed ${what}`),
  }
}

type Told = Record<string, unknown>

async function storyFaults(asker: Asker, { own, newcomer }: Furnished): Promise<string[]> {
  const faults: string[] = []
  const { owner, viewer } = own.staff
  const say = async (procedure: string, input: Told, who: Person = owner): Promise<Told> => {
    const { status, text } = await asker.ask({ procedure, input, who })
    if (status >= 300) faults.push(`${procedure} is answered ${status} ${text.slice(0, 120)}`)
    return status < 300 ? ((JSON.parse(text) ?? {}) as Told) : {}
  }
  const expect = (what: string, got: unknown, wanted: unknown) =>
    void (
      JSON.stringify(got) === JSON.stringify(wanted) ||
      faults.push(`${what} is ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`)
    )

  const guest = await say('sessions.guest', {})
  expect('the kind of a new guest', (guest['user'] as Told | undefined)?.['kind'], 'guest')
  const made = await say('organizations.create', { name: 'A new one' }, newcomer)
  expect('the role of who made it', made['role'], 'owner')
  const taken = await say('organizations.create', { name: 'A new one' }, newcomer)
  expect('the second of one name has an address of its own', taken['slug'] !== made['slug'], true)
  const org = made['id'] as string
  const { token } = await say('invitations.create', { org, role: 'member' }, newcomer)
  const joined = await say('invitations.accept', { token }, viewer)
  expect('the role of an invited one', joined['role'], 'member')
  const again = await asker.ask({ procedure: 'invitations.accept', input: { token }, who: owner })
  expect('an invitation works once', again.text.includes('INVITATION_USED'), true)
  const project = await say('projects.create', { org, name: 'Project' }, viewer)
  const task = await say('tasks.create', { project: project['id'], title: 'Task' }, viewer)
  await say('tasks.create', { project: project['id'], title: 'Second' }, viewer)
  await say('tasks.update', { task: task['id'], status: 'done', version: 1 }, viewer)
  const counted = await say('projects.get', { project: project['id'] }, viewer)
  expect('open and done tasks', [counted['openTasks'], counted['doneTasks']], [1, 1])
  await say('tasks.move', { task: task['id'], to: 'end', version: 2 }, viewer)
  const list = await say('tasks.list', { project: project['id'] }, viewer)
  expect(
    'the order of tasks',
    (list['items'] as Told[] | undefined)?.map(({ title }) => title),
    ['Second', 'Task'],
  )
  await say('members.setRole', { org, user: viewer.userId, role: 'admin', version: 1 }, newcomer)
  await say('members.remove', { org, user: viewer.userId }, newcomer)
  const stats = await say('organizations.stats', { org }, newcomer)
  const recent = (stats['recentActivity'] as Told[] | undefined)?.map(({ id, type }) => `${String(id)} ${String(type)}`)
  expect('what happened', recent, [
    '9 member.left',
    '8 member.changed',
    '7 task.moved',
    '6 task.updated',
    '5 task.created',
    '4 task.created',
    '3 project.created',
    '2 member.joined',
    '1 organization.created',
  ])
  const trail = await say('audit.list', { org }, newcomer)
  const names = { [newcomer.userId]: 'maker', [viewer.userId]: 'invited' }
  const written = (trail['items'] as Told[] | undefined)?.map(
    ({ seq, actorId, actorName, entity, action, before, after }) =>
      `${String(seq)} ${names[actorId as string]} (${String(actorName).split(' ').at(-1)}) ${String(entity)} ${String(action)} ${Object.keys(
        after ?? before ?? {},
      )
        .toSorted()
        .join()}`,
  )
  expect('what was written down', written, [
    '11 maker (newcomer) member deleted role',
    '10 maker (newcomer) member changed role',
    '9 invited (viewer) task changed completedAt,status',
    '8 invited (viewer) task created description,projectId,status,title',
    '7 invited (viewer) task created description,projectId,status,title',
    '6 invited (viewer) project created description,name,slug',
    '5 invited (viewer) invitation changed usedAt,usedBy',
    '4 invited (viewer) member created role',
    '3 maker (newcomer) invitation created createdBy,expiresAt,role',
    '2 maker (newcomer) member created role',
    '1 maker (newcomer) organization created isDemo,name,slug',
  ])
  const listed = await say('organizations.list', {}, newcomer)
  expect('organizations of who made two', (listed['items'] as Told[] | undefined)?.length, 2)
  await say('sessions.refresh', {}, viewer)
  await say('sessions.logout', {}, viewer)
  const ended = await asker.ask({ procedure: 'accounts.me', input: {}, who: viewer })
  expect('a session that was ended', ended.status, 401)
  await say('organizations.delete', { org }, newcomer)
  return faults
}
