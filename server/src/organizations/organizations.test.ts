/** Organizations, as those who belong to them and those who do not meet them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest } from '../../test/caller.ts'
import { aProject, aStaffedOrganization, aTask, anOrganization, type Staffed } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'

let server: TestServer
let staff: Staffed
beforeAll(async () => {
  server = await aServer()
  staff = await aStaffedOrganization(server)
})
afterAll(() => server.close())

describe('an organization', () => {
  it('is owned by whoever made it, who is its only member', async () => {
    const founder = await aGuest(server)
    const organization = await anOrganization(founder)
    expect(organization.role).toBe('owner')
    expect((await founder.get(`/orgs/${organization.id}/members`)).body.items).toMatchObject([{ userId: founder.userId, role: 'owner' }])
  })

  it('shows each member the own role', async () => {
    for (const role of ['owner', 'admin', 'member', 'viewer'] as const) {
      expect((await staff[role].get(`/orgs/${staff.organization.id}`)).body).toEqual({ ...staff.organization, role })
    }
  })

  it('does not exist for a stranger, by id or by slug, and is in no list of theirs', async () => {
    const stranger = await aGuest(server)
    for (const ref of [staff.organization.id, staff.organization.slug]) {
      expect(await stranger.get(`/orgs/${ref}`)).toMatchObject({
        status: 404,
        body: { error: 'ORG_NOT_FOUND', message: `Organization ${ref} not found` },
      })
    }
    expect((await stranger.get('/orgs')).body.items).toEqual([])
  })

  it('is found by its new address once the slug has changed, and no longer by the old one', async () => {
    const organization = await anOrganization(staff.owner, 'Moving house')
    await staff.owner.put(`/orgs/${organization.slug}`, { slug: 'new-house', version: 1 })
    expect((await staff.owner.get('/orgs/new-house')).body).toMatchObject({ id: organization.id, name: 'Moving house', version: 2 })
    expect((await staff.owner.get(`/orgs/${organization.slug}`)).status).toBe(404)
  })

  it('keeps the first of two edits made from the same version', async () => {
    const organization = await anOrganization(staff.owner)
    const edit = (name: string) => staff.owner.put(`/orgs/${organization.id}`, { name, version: 1 })
    const answers = await Promise.all([edit('One'), edit('Other')])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const kept = answers.find(({ status }) => status === 200)?.body
    expect(answers.find(({ status }) => status === 409)?.body.current).toEqual(kept)
  })

  it('is made once when two people ask for the same slug at once', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => aGuest(server)))
    const answers = await Promise.all(people.map((person) => person.post('/orgs', { name: 'Race', slug: 'one-of-a-kind' })))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409])
  })

  it('gets slugs of its own when many with one name are made at once', async () => {
    const founder = await aGuest(server)
    const answers = await Promise.all(Array.from({ length: 8 }, () => founder.post('/orgs', { name: 'Crowded' })))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201))
    expect(new Set(answers.map(({ body }) => body.slug)).size).toBe(8)
  })

  it('gets a usable slug from a name without Latin letters, or from a reserved one', async () => {
    for (const name of ['日本語', 'Привет', '!!', 'API', 'x']) {
      const { status, body } = await staff.owner.post('/orgs', { name })
      expect({ name, status, slug: body.slug }).toEqual({ name, status: 201, slug: expect.stringMatching(/^org-[0-9a-f]{4}$/) })
    }
  })

  it('takes everything in it along when it is deleted', async () => {
    const { owner, member, organization } = await aStaffedOrganization(server)
    const project = await aProject(owner, organization)
    const task = await aTask(member, project, { assigneeId: member.userId })
    await member.put(`/tasks/${task.id}`, { status: 'done', version: 1 })
    expect((await owner.delete(`/orgs/${organization.id}`)).status).toBe(204)
    for (const path of [`/orgs/${organization.id}`, `/projects/${project.id}`, `/tasks/${task.id}`])
      expect((await member.get(path)).status, path).toBe(404)
    expect((await member.get('/orgs')).body.items).toEqual([])
  })
})

describe('the numbers of an organization', () => {
  it('count what is open, done, late and due', async () => {
    const owner = await aGuest(server)
    const organization = await anOrganization(owner)
    const project = await aProject(owner, organization, { name: 'Busy' })
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
    await aTask(owner, project, { dueOn: day(-2) })
    await aTask(owner, project, { dueOn: day(0), status: 'doing' })
    await aTask(owner, project, { dueOn: day(6) })
    await aTask(owner, project, { dueOn: day(7) })
    await aTask(owner, project, { dueOn: day(-9), status: 'done' })
    await owner.put(`/projects/${(await aProject(owner, organization)).id}`, { archived: true, version: 1 })
    const { body } = await owner.get(`/orgs/${organization.id}/stats`)
    expect(body).toMatchObject({
      projects: 1,
      members: 1,
      openTasks: 4,
      doingTasks: 1,
      dueToday: 1,
      dueThisWeek: 2,
      late: 1,
      oldestLateOn: day(-2),
      doneIn30Days: 1,
      busiestProjects: [{ id: project.id, openTasks: 4, doneTasks: 1 }],
    })
    expect(body.completedPerDay.at(-1)).toEqual({ day: day(0), count: 1 })
    expect(body.completedPerDay.at(0).day).toBe(day(-29))
  })

  it('tell what happened lately, with names, and leave the title out of what is gone', async () => {
    const owner = await aGuest(server)
    await owner.put('/auth/me', { name: 'Ada' })
    const organization = await anOrganization(owner)
    const project = await aProject(owner, organization, { name: 'Wall' })
    const [kept, gone] = [await aTask(owner, project, { title: 'Kept' }), await aTask(owner, project, { title: 'Gone' })]
    await owner.delete(`/tasks/${gone.id}`)
    const { body } = await owner.get(`/orgs/${organization.id}/stats`)
    expect(
      body.recentActivity.map(({ type, title, projectName, actorName }: Record<string, unknown>) => [type, title, projectName, actorName]),
    ).toEqual([
      ['task.deleted', null, 'Wall', 'Ada'],
      ['task.created', null, 'Wall', 'Ada'],
      ['task.created', 'Kept', 'Wall', 'Ada'],
      ['project.created', 'Wall', 'Wall', 'Ada'],
      ['organization.created', organization.name, null, 'Ada'],
    ])
    expect(body.recentActivity[2].entityId).toBe(kept.id)
  })

  it('of an empty organization are all zero', async () => {
    const owner = await aGuest(server)
    const organization = await anOrganization(owner)
    expect((await owner.get(`/orgs/${organization.id}/stats`)).body).toMatchObject({
      projects: 0,
      members: 1,
      openTasks: 0,
      late: 0,
      oldestLateOn: null,
      busiestProjects: [],
    })
  })
})
