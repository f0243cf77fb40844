/** Projects, as people with different roles meet them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest } from '../../test/caller.ts'
import { aProject, aStaffedOrganization, type Staffed } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'

let server: TestServer
let staff: Staffed
beforeAll(async () => {
  server = await aServer()
  staff = await aStaffedOrganization(server)
})
afterAll(() => server.close())

describe('a project', () => {
  it('is created by a member, who sees it at once', async () => {
    const project = await aProject(staff.member, staff.organization, { name: 'Tidewater library' })
    const { status, body } = await staff.member.get(`/projects/${project.id}`)
    expect({ status, body }).toEqual({ status: 200, body: project })
    expect(project).toMatchObject({ slug: 'tidewater-library', openTasks: 0, doneTasks: 0, archivedAt: null, version: 1 })
  })

  it('does not exist for a stranger, whatever the stranger asks', async () => {
    const project = await aProject(staff.owner, staff.organization)
    const stranger = await aGuest(server)
    for (const answer of [
      await stranger.get(`/projects/${project.id}`),
      await stranger.put(`/projects/${project.id}`, { name: 'Mine now', version: 1 }),
      await stranger.delete(`/projects/${project.id}`),
      await stranger.get(`/projects/${project.id}/tasks`),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { error: 'PROJECT_NOT_FOUND', message: `Project ${project.id} not found` } })
    }
    expect((await staff.owner.get(`/projects/${project.id}`)).body).toEqual(project)
  })

  it('keeps the first of two edits made from the same version, and shows the second editor what happened', async () => {
    const project = await aProject(staff.owner, staff.organization)
    const first = await staff.member.put(`/projects/${project.id}`, { name: 'First', version: 1 })
    const second = await staff.admin.put(`/projects/${project.id}`, { name: 'Second', version: 1 })
    expect(first).toMatchObject({ status: 200, body: { name: 'First', version: 2 } })
    expect(second).toMatchObject({ status: 409, body: { error: 'VERSION_CONFLICT', current: first.body } })
  })

  it('is archived and restored, and hidden from the list meanwhile', async () => {
    const project = await aProject(staff.owner, staff.organization)
    const listed = async (query: string) => {
      const { body } = await staff.viewer.get(`/orgs/${staff.organization.slug}/projects?${query}`)
      return (body.items as { id: string }[]).some(({ id }) => id === project.id)
    }
    await staff.member.put(`/projects/${project.id}`, { archived: true, version: 1 })
    expect([await listed(''), await listed('archived=true'), await listed('archived=all')]).toEqual([false, true, true])
    const { body } = await staff.member.put(`/projects/${project.id}`, { archived: false, version: 2 })
    expect(body).toMatchObject({ archivedAt: null, version: 3 })
    expect(await listed('')).toBe(true)
  })
})
