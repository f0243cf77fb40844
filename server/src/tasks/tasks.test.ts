/** Tasks, as the people who do them meet them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest } from '../../test/caller.ts'
import { aProject, aStaffedOrganization, aTask, type Staffed } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'

let server: TestServer
let staff: Staffed
beforeAll(async () => {
  server = await aServer()
  staff = await aStaffedOrganization(server)
})
afterAll(() => server.close())

const counters = async (project: { id: string }) => {
  const { openTasks, doneTasks } = (await staff.viewer.get(`/projects/${project.id}`)).body
  return [openTasks, doneTasks]
}

describe('a task', () => {
  it('is created by a member at the end of the project, open and assigned to nobody', async () => {
    const project = await aProject(staff.owner, staff.organization)
    const [first, second] = [await aTask(staff.member, project), await aTask(staff.member, project)]
    expect(second).toMatchObject({ status: 'todo', assigneeId: null, dueOn: null, completedAt: null, version: 1, projectId: project.id })
    expect((await staff.viewer.get(`/projects/${project.id}/tasks`)).body.items).toEqual([first, second])
  })

  it('does not exist for a stranger, whatever the stranger asks', async () => {
    const task = await aTask(staff.owner, await aProject(staff.owner, staff.organization))
    const stranger = await aGuest(server)
    for (const answer of [
      await stranger.get(`/tasks/${task.id}`),
      await stranger.put(`/tasks/${task.id}`, { title: 'Mine now', version: 1 }),
      await stranger.post(`/tasks/${task.id}/move`, { to: 'end', version: 1 }),
      await stranger.delete(`/tasks/${task.id}`),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { error: 'TASK_NOT_FOUND', message: `Task ${task.id} not found` } })
    }
    expect((await staff.owner.get(`/tasks/${task.id}`)).body).toEqual(task)
  })

  it('keeps the time of its completion when it is completed again, and loses it when it is reopened', async () => {
    const task = await aTask(staff.member, await aProject(staff.owner, staff.organization))
    const put = async (body: object) => (await staff.member.put(`/tasks/${task.id}`, body)).body
    const first = await put({ status: 'done', version: 1 })
    expect(first.completedAt).not.toBeNull()
    expect((await put({ status: 'done', title: 'Again', version: 2 })).completedAt).toBe(first.completedAt)
    expect((await put({ title: 'Only a word', version: 3 })).completedAt).toBe(first.completedAt)
    expect((await put({ status: 'doing', version: 4 })).completedAt).toBeNull()
  })

  it('is counted by its project: open, done, reopened, gone', async () => {
    const project = await aProject(staff.owner, staff.organization)
    const [task, other] = [await aTask(staff.member, project), await aTask(staff.member, project, { status: 'done' })]
    expect(await counters(project)).toEqual([1, 1])
    await staff.member.put(`/tasks/${task.id}`, { status: 'done', version: 1 })
    expect(await counters(project)).toEqual([0, 2])
    await staff.member.put(`/tasks/${task.id}`, { status: 'doing', version: 2 })
    expect(await counters(project)).toEqual([1, 1])
    await staff.member.delete(`/tasks/${other.id}`)
    expect(await counters(project)).toEqual([1, 0])
  })

  it('is counted right when ten are made and finished at once', async () => {
    const project = await aProject(staff.owner, staff.organization)
    const tasks = await Promise.all(Array.from({ length: 10 }, () => aTask(staff.member, project)))
    expect(await counters(project)).toEqual([10, 0])
    const answers = await Promise.all(tasks.map(({ id }) => staff.member.put(`/tasks/${id}`, { status: 'done', version: 1 })))
    expect(answers.map(({ status }) => status)).toEqual(tasks.map(() => 200))
    expect(await counters(project)).toEqual([0, 10])
  })

  it('keeps the first of two edits made from the same version, and shows the second editor what happened', async () => {
    const task = await aTask(staff.owner, await aProject(staff.owner, staff.organization))
    const first = await staff.member.put(`/tasks/${task.id}`, { title: 'First', version: 1 })
    const second = await staff.admin.put(`/tasks/${task.id}`, { title: 'Second', version: 1 })
    expect(second).toMatchObject({ status: 409, body: { error: 'VERSION_CONFLICT', current: first.body } })
  })

  it('is not found by whoever edits it after it was deleted', async () => {
    const task = await aTask(staff.owner, await aProject(staff.owner, staff.organization))
    await staff.member.delete(`/tasks/${task.id}`)
    expect(await staff.admin.put(`/tasks/${task.id}`, { title: 'Late', version: 1 })).toMatchObject({
      status: 404,
      body: { error: 'TASK_NOT_FOUND' },
    })
  })
})

describe('the assignee of a task', () => {
  it('is a member of the organization, of any role', async () => {
    const project = await aProject(staff.owner, staff.organization)
    for (const who of ['owner', 'admin', 'member', 'viewer'] as const) {
      expect((await aTask(staff.member, project, { assigneeId: staff[who].userId })).assigneeId).toBe(staff[who].userId)
    }
  })

  it('cannot be somebody from elsewhere, nor somebody who does not exist', async () => {
    const project = await aProject(staff.owner, staff.organization)
    const task = await aTask(staff.owner, project)
    for (const assigneeId of [(await aGuest(server)).userId, '01890000-0000-7000-8000-000000000000']) {
      const refusal = {
        status: 400,
        body: { error: 'VALIDATION_FAILED', issues: [{ path: 'assigneeId', message: 'Must be a member of the organization' }] },
      }
      expect(await staff.member.post(`/projects/${project.id}/tasks`, { title: 'X', assigneeId })).toMatchObject(refusal)
      expect(await staff.member.put(`/tasks/${task.id}`, { assigneeId, version: 1 })).toMatchObject(refusal)
    }
  })

  it('who leaves takes nothing along: the tasks stay, assigned to nobody', async () => {
    const own = await aStaffedOrganization(server)
    const project = await aProject(own.owner, own.organization)
    const task = await aTask(own.owner, project, { assigneeId: own.member.userId })
    const done = await aTask(own.owner, project, { assigneeId: own.member.userId, status: 'done' })
    expect((await own.member.delete(`/orgs/${own.organization.id}/members/${own.member.userId}`)).status).toBe(204)
    expect((await own.owner.get(`/tasks/${task.id}`)).body).toMatchObject({ assigneeId: null, status: 'todo' })
    expect((await own.owner.get(`/tasks/${done.id}`)).body).toMatchObject({ assigneeId: null, status: 'done' })
    expect((await own.owner.get(`/projects/${project.id}`)).body).toMatchObject({ openTasks: 1, doneTasks: 1 })
  })
})

describe('the tasks of a project', () => {
  it('are found by status, by assignee, by mine, by nobody’s and by words, all at once too', async () => {
    const project = await aProject(staff.owner, staff.organization)
    const make = async (title: string, status: string, assigneeId: string | null) =>
      (await aTask(staff.owner, project, { title, status, assigneeId })).title
    await make('Sail alone', 'todo', null)
    await make('Sail with member', 'doing', staff.member.userId)
    await make('Row with member', 'done', staff.member.userId)
    await make('Row with viewer', 'todo', staff.viewer.userId)
    const found = async (query: string) =>
      (await staff.member.get(`/projects/${project.id}/tasks?${query}`)).body.items.map(({ title }: { title: string }) => title)
    expect(await found('status=todo')).toEqual(['Sail alone', 'Row with viewer'])
    expect(await found('assignee=me')).toEqual(['Sail with member', 'Row with member'])
    expect(await found('assignee=none')).toEqual(['Sail alone'])
    expect(await found(`assignee=${staff.viewer.userId}`)).toEqual(['Row with viewer'])
    expect(await found('q=SAIL')).toEqual(['Sail alone', 'Sail with member'])
    expect(await found('q=with&status=done&assignee=me')).toEqual(['Row with member'])
    expect(await found('assignee=01890000-0000-7000-8000-000000000000')).toEqual([])
  })

  it.each(['status=open', 'status=', 'assignee=nobody', 'assignee=', 'status=todo&status=done'])('are not listed for %s', async (query) => {
    const project = await aProject(staff.owner, staff.organization)
    expect(await staff.viewer.get(`/projects/${project.id}/tasks?${query}`)).toMatchObject({
      status: 400,
      body: { error: 'VALIDATION_FAILED' },
    })
  })

  it('go with their project', async () => {
    const project = await aProject(staff.owner, staff.organization)
    const task = await aTask(staff.member, project)
    await staff.admin.delete(`/projects/${project.id}`)
    expect((await staff.member.get(`/tasks/${task.id}`)).status).toBe(404)
  })
})
