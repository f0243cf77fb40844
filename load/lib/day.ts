/** A stretch of work of one person: twelve reads and three writes, with pauses, in an organization of their own. */
import { sleep } from 'k6'
import exec from 'k6/execution'
import { clientOf, type Answer } from './client.ts'
import { healthMilliseconds } from './health.ts'
import { cost } from './metrics.ts'
import type { Person } from './person.ts'
import { isAccount, isMember, isNothing, isOrganization, isProject, isStats, isTask, pageOf } from './shapes.ts'

const pageSize = 5

/** The calls of the work, as the figures name them. */
export const calls = [
  'accounts.me',
  'organizations.list',
  'organizations.stats',
  'members.list',
  'projects.list',
  'projects.get',
  'tasks.list',
  'tasks.search',
  'tasks.get',
  'tasks.create',
  'tasks.update',
  'tasks.delete',
] as const

/**
 * Works once through everything. Twelve reads to three writes, and what was made is removed, so that a run of hours does not grow.
 * Each answer is compared with `/health` just before: that ratio holds on a slow and on a busy machine, milliseconds do not.
 */
export function work(target: string, person: Person, pauseSeconds: number): void {
  const client = clientOf(target, person)
  /** As a person does: between half and one and a half of the mean. */
  const pause = () => sleep(pauseSeconds * (0.5 + Math.random()))
  const health = healthMilliseconds(target, pause)
  const { org, project, tasks } = person
  const seen = <T>(call: (typeof calls)[number], answer: Answer<T> | undefined): T | undefined => {
    if (answer && health > 0) cost.add(answer.milliseconds / health, { call })
    pause()
    return answer?.body
  }
  const read = <T>(
    call: (typeof calls)[number],
    ...rest: [path: string, is: (value: unknown) => value is T, holds?: (body: T) => boolean]
  ) => seen(call, client.read(call, ...rest))

  read('accounts.me', '/auth/me', isAccount, ({ id }) => id === person.userId)
  read('organizations.list', '/orgs', pageOf(isOrganization), ({ items }) => items.some(({ id }) => id === org))
  read('organizations.stats', `/orgs/${org}/stats`, isStats, ({ projects, members }) => projects === 1 && members === 1)
  read('members.list', `/orgs/${org}/members`, pageOf(isMember), ({ items }) => items.length === 1 && items[0]?.userId === person.userId)
  read('projects.list', `/orgs/${org}/projects`, pageOf(isProject), ({ items }) => items.length === 1 && items[0]?.id === project)
  read('projects.get', `/projects/${project}`, isProject, ({ id, organizationId }) => id === project && organizationId === org)
  readEveryPage()
  read(
    'tasks.search',
    `/projects/${project}/tasks?q=Task%207`,
    pageOf(isTask),
    ({ items }) => items.length === 1 && items[0]?.id === tasks[6],
  )

  const title = `Sand the ${exec.scenario.iterationInTest}th window frame`
  const made = seen(
    'tasks.create',
    client.write(
      'tasks.create',
      'POST',
      `/projects/${project}/tasks`,
      { title },
      { status: 201, is: isTask, holds: (task) => task.title === title },
    ),
  )
  if (!made) return
  read('tasks.get', `/tasks/${made.id}`, isTask, (task) => task.title === title && task.version === made.version)
  const edit = { status: 'done', version: made.version }
  const isDone = (task: { status: string; version: number }) => task.status === 'done' && task.version === made.version + 1
  const updated = seen(
    'tasks.update',
    client.write('tasks.update', 'PUT', `/tasks/${made.id}`, edit, { status: 200, is: isTask, holds: isDone }),
  )
  // refused under stress, it may have been done or not
  if (updated) read('tasks.get', `/tasks/${made.id}`, isTask, isDone)
  seen('tasks.delete', client.write('tasks.delete', 'DELETE', `/tasks/${made.id}`, undefined, { status: 204, is: isNothing }))

  /**
   * By keyset to the end: every task once, in order, however the pages are cut. What a refused deletion left behind comes last.
   */
  function readEveryPage(): void {
    let count = 0
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/projects/${project}/tasks?limit=${pageSize}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
      const expected = tasks.slice(count, count + pageSize)
      const page = read('tasks.list', path, pageOf(isTask), ({ items, nextCursor }) => {
        const isWhole = items.length >= expected.length && (nextCursor !== null || count + items.length >= tasks.length)
        const endsSometime = count < 10 * tasks.length // a cursor that leads back would be followed for ever
        return isWhole && endsSometime && expected.every((id, at) => items[at]?.id === id)
      })
      if (!page) return
      count += page.items.length
      cursor = page.nextCursor
    }
  }
}
