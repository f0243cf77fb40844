/** Things that vanish while somebody works with them: a refusal is an answer, a failure of ours is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest, type Answer } from './caller.ts'
import { aProject, aStaffedOrganization, aTask, anOrganization } from './makers.ts'
import { aServer, type TestServer } from './server.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

/** The codes that were met; 'ok' for success. */
const met = (answers: Answer[]) =>
  [...new Set(answers.map(({ status, body }) => (status < 300 ? 'ok' : (body.error as string))))].toSorted()
const rounds = 8

describe('somebody who works', () => {
  it('in an organization that is being deleted is told that it is gone', async () => {
    const answers: Answer[] = []
    for (let round = 0; round < rounds; round++) {
      const { owner, member, organization } = await aStaffedOrganization(server)
      const project = await aProject(owner, organization)
      const task = await aTask(owner, project)
      answers.push(
        ...(await Promise.all([
          ...[1, 2, 3].map((n) => member.post(`/orgs/${organization.id}/projects`, { name: `P ${n}` })),
          owner.delete(`/orgs/${organization.id}`),
          ...[1, 2, 3].map((n) => member.post(`/projects/${project.id}/tasks`, { title: `T ${n}` })),
          member.put(`/tasks/${task.id}`, { status: 'done', version: 1 }),
          member.get(`/orgs/${organization.id}/stats`),
          owner.post(`/orgs/${organization.id}/invitations`, { role: 'viewer' }),
        ])),
      )
    }
    expect(met(answers).filter((code) => !['ok', 'ORG_NOT_FOUND', 'PROJECT_NOT_FOUND', 'TASK_NOT_FOUND'].includes(code))).toEqual([])
  })

  it('in a project that is being deleted is told that it is gone', async () => {
    const answers: Answer[] = []
    const owner = await aGuest(server)
    const organization = await anOrganization(owner)
    for (let round = 0; round < rounds; round++) {
      const project = await aProject(owner, organization)
      const task = await aTask(owner, project)
      answers.push(
        ...(await Promise.all([
          ...[1, 2, 3].map((n) => owner.post(`/projects/${project.id}/tasks`, { title: `T ${n}` })),
          owner.delete(`/projects/${project.id}`),
          owner.put(`/tasks/${task.id}`, { status: 'done', version: 1 }),
          owner.post(`/tasks/${task.id}/move`, { to: 'end', version: 1 }),
          owner.get(`/projects/${project.id}/tasks`),
        ])),
      )
    }
    expect(met(answers).filter((code) => !['ok', 'PROJECT_NOT_FOUND', 'TASK_NOT_FOUND', 'VERSION_CONFLICT'].includes(code))).toEqual([])
  })

  it('while being removed from the organization is told that there is none', async () => {
    const answers: Answer[] = []
    for (let round = 0; round < rounds; round++) {
      const { owner, member, organization } = await aStaffedOrganization(server)
      const project = await aProject(owner, organization)
      const task = await aTask(owner, project)
      answers.push(
        ...(await Promise.all([
          ...[1, 2, 3].map((n) => member.post(`/orgs/${organization.id}/projects`, { name: `P ${n}` })),
          member.get(`/orgs/${organization.id}/stats`),
          owner.delete(`/orgs/${organization.id}/members/${member.userId}`),
          member.get(`/projects/${project.id}/tasks`),
          member.put(`/tasks/${task.id}`, { status: 'done', assigneeId: member.userId, version: 1 }),
          member.post(`/tasks/${task.id}/move`, { to: 'end', version: 1 }),
          member.get(`/orgs/${organization.id}/members`),
        ])),
      )
    }
    expect(
      met(answers).filter(
        (code) => !['ok', 'ORG_NOT_FOUND', 'PROJECT_NOT_FOUND', 'TASK_NOT_FOUND', 'VERSION_CONFLICT', 'VALIDATION_FAILED'].includes(code),
      ),
    ).toEqual([])
  })
})
