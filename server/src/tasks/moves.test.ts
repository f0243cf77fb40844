/** The order of tasks, which people change by moving one. */
import type { Task } from '@mortise/shared/tasks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from '../../test/administrator.ts'
import { aGuest, type Caller } from '../../test/caller.ts'
import { aProject, aTask, anOrganization } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'

let server: TestServer
let administrator: Administrator
let mover: Caller
let organization: { id: string }
beforeAll(async () => {
  server = await aServer()
  administrator = await anAdministrator(server.database)
  // or PostgreSQL would end a deadlock after a second, and nobody would see that there was one
  await administrator.rows(`do $$ begin
    execute format('alter role mortise_api in database %I set deadlock_timeout = ''1min''', current_database());
  end $$`)
  mover = await aGuest(server)
  organization = await anOrganization(mover)
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

/** A project with tasks a, b, c, and so on. */
async function aBoard(titles = 'abcd'): Promise<{ project: { id: string }; tasks: Record<string, Task> }> {
  const project = await aProject(mover, organization)
  const tasks: Record<string, Task> = {}
  for (const title of titles) tasks[title] = await aTask(mover, project, { title })
  return { project, tasks }
}
const orderOf = async (project: { id: string }): Promise<string> =>
  ((await mover.get(`/projects/${project.id}/tasks?limit=100`)).body.items as Task[]).map(({ title }) => title).join('')
const move = (task: Task | undefined, place: object, version = 1) => mover.post(`/tasks/${task?.id}/move`, { ...place, version })

describe('a task is moved', () => {
  const cases: [what: string, place: (tasks: Record<string, Task>) => object, order: string][] = [
    ['before the first', ({ a }) => ({ beforeId: a?.id }), 'cabd'],
    ['before the one before it', ({ b }) => ({ beforeId: b?.id }), 'acbd'],
    ['before the one behind it, where it stays', ({ d }) => ({ beforeId: d?.id }), 'abcd'],
    ['behind the first', ({ a }) => ({ afterId: a?.id }), 'acbd'],
    ['behind the one before it, where it stays', ({ b }) => ({ afterId: b?.id }), 'abcd'],
    ['behind the last', ({ d }) => ({ afterId: d?.id }), 'abdc'],
    ['before itself, where it stays', ({ c }) => ({ beforeId: c?.id }), 'abcd'],
    ['behind itself, where it stays', ({ c }) => ({ afterId: c?.id }), 'abcd'],
    ['to the start', () => ({ to: 'start' }), 'cabd'],
    ['to the end', () => ({ to: 'end' }), 'abdc'],
  ]
  it.each(cases)('%s', async (_, place, order) => {
    const { project, tasks } = await aBoard()
    const { status, body } = await move(tasks['c'], place(tasks))
    expect({ status, body }).toEqual({ status: 200, body: { ...tasks['c'], version: 2, updatedAt: body.updatedAt } })
    expect(await orderOf(project)).toBe(order)
  })

  it('to the start again and again', async () => {
    const { project, tasks } = await aBoard()
    for (const title of 'abcdabcd') {
      const { body } = await mover.get(`/tasks/${tasks[title]?.id}`)
      await move(tasks[title], { to: 'start' }, body.version)
    }
    expect(await orderOf(project)).toBe('dcba')
  })

  it('alone in its project, anywhere', async () => {
    const { project, tasks } = await aBoard('a')
    for (const [index, to] of (['start', 'end', 'end', 'start'] as const).entries())
      expect((await move(tasks['a'], { to }, index + 1)).status).toBe(200)
    expect(await orderOf(project)).toBe('a')
  })

  it('and stays where it is when somebody else changed it first', async () => {
    const { project, tasks } = await aBoard()
    const edited = await mover.put(`/tasks/${tasks['c']?.id}`, { title: 'c', description: 'Edited', version: 1 })
    expect(await move(tasks['c'], { to: 'start' })).toMatchObject({
      status: 409,
      body: { error: 'VERSION_CONFLICT', current: edited.body },
    })
    expect(await orderOf(project)).toBe('abcd')
  })
})

describe('a task is not moved', () => {
  it('next to one of another project, of another organization, or of nowhere', async () => {
    const [{ project, tasks }, other] = [await aBoard(), await aBoard('x')]
    const stranger = await aGuest(server)
    const theirs = await aTask(stranger, await aProject(stranger, await anOrganization(stranger)))
    for (const id of [other.tasks['x']?.id, theirs.id, '01890000-0000-7000-8000-000000000000']) {
      for (const place of [{ beforeId: id }, { afterId: id }]) {
        expect(await move(tasks['c'], place)).toMatchObject({
          status: 404,
          body: { error: 'TASK_NOT_FOUND', message: `Task ${id} not found` },
        })
      }
    }
    expect(await orderOf(project)).toBe('abcd')
  })

  it('to two places or to none', async () => {
    const { tasks } = await aBoard()
    for (const place of [
      {},
      { to: 'start', beforeId: tasks['a']?.id },
      { beforeId: tasks['a']?.id, afterId: tasks['b']?.id },
      { to: 'middle' },
      { to: null },
    ]) {
      expect(await move(tasks['c'], place)).toMatchObject({ status: 400, body: { error: 'VALIDATION_FAILED' } })
    }
  })
})

describe('a gap between two tasks', () => {
  it('takes sixty tasks, one after the other, and the order is as people made it', async () => {
    const { project, tasks } = await aBoard('az')
    const made: Task[] = []
    for (let i = 0; i < 60; i++) made.push(await aTask(mover, project, { title: String.fromCodePoint(0x4e00 + i) }))
    // each goes right behind the first, which halves the same gap every time; twenty halvings use it up
    for (const task of made) expect((await move(task, { afterId: tasks['a']?.id })).status).toBe(200)
    const expected = `a${made
      .map(({ title }) => title)
      .toReversed()
      .join('')}z`
    expect(await orderOf(project)).toBe(expected)
  })

  it('takes ten tasks that move into it at once, each in a place of its own', async () => {
    const { project, tasks } = await aBoard('az')
    const made = await Promise.all(Array.from({ length: 10 }, (_, i) => aTask(mover, project, { title: String(i) })))
    const answers = await Promise.all(made.map((task) => move(task, { beforeId: tasks['z']?.id })))
    expect(answers.map(({ status }) => status)).toEqual(made.map(() => 200))
    const order = await orderOf(project)
    expect([order.at(0), order.at(-1), [...order].toSorted().join('')]).toEqual(['a', 'z', '0123456789az'])
    const [places] = await administrator.rows<{ own: boolean }>(
      'select count(distinct position) = count(*) as own from app.tasks where project_id = $1',
      [project.id],
    )
    expect(places, 'two in one place have no order that somebody chose').toEqual({ own: true })
  })
})

describe('several people at one board', () => {
  it('who move one task at once move it once', async () => {
    const { project, tasks } = await aBoard()
    const answers = await Promise.all([
      move(tasks['c'], { to: 'start' }),
      move(tasks['c'], { to: 'end' }),
      move(tasks['c'], { afterId: tasks['a']?.id }),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
    expect(['cabd', 'abdc', 'acbd']).toContain(await orderOf(project))
  })

  it('who complete and move one task at once are both answered, and one of them wins', async () => {
    const { tasks } = await aBoard('ab')
    const { id } = tasks['b'] as Task
    // both are made to wait at the task: whoever locks task and project in another order than the other now waits for ever
    await administrator.rows('begin')
    await administrator.rows('select from app.tasks where id = $1 for update', [id])
    const completion = mover.put(`/tasks/${id}`, { status: 'done', version: 1 })
    await expect.poll(administrator.waiting).toBe(1)
    const moving = move(tasks['b'], { to: 'start' })
    await expect.poll(administrator.waiting).toBe(2)
    await administrator.rows('commit')
    expect([(await completion).status, (await moving).status]).toEqual([200, 409])
  })

  it('who move, complete and delete different tasks at once are all answered', async () => {
    const { project, tasks } = await aBoard('abcdefghij')
    const answers = await Promise.all([
      ...['a', 'b', 'c'].map((title) => move(tasks[title], { to: 'end' })),
      ...['d', 'e', 'f'].map((title) => mover.put(`/tasks/${tasks[title]?.id}`, { status: 'done', version: 1 })),
      ...['g', 'h'].map((title) => mover.delete(`/tasks/${tasks[title]?.id}`)),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 204, 204])
    expect((await orderOf(project)).slice(0, 5)).toBe('defij')
    expect((await mover.get(`/projects/${project.id}`)).body).toMatchObject({ openTasks: 5, doneTasks: 3 })
  })
})
