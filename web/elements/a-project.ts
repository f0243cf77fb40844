/** A server with one project and its tasks, for the elements that show them; others can be made to change something. */
import type { StreamEvent } from '@mortise/shared/events'
import type { Project } from '@mortise/shared/projects'
import type { Role } from '@mortise/shared/permissions'
import type { Task } from '@mortise/shared/tasks'
import { html, type LitElement } from 'lit'
import { expect, vi } from 'vitest'
import { live } from '../src/controllers/subscription.ts'
import '../src/projects/app-project-page.ts'
import { Refusal, answer } from './fake-api.ts'
import { people, showAs } from './inside-organization.ts'

const at = '2026-11-18T08:15:00.000Z'
const idOf = (kind: string, count: number) => `0193${kind}-0000-7000-8000-${String(count).padStart(12, '0')}`

export const aProject = (more: Partial<Project> = {}): Project => ({
  id: idOf('b000', 1),
  organizationId: idOf('a000', 99),
  name: 'Tidewater library',
  slug: 'tidewater-library',
  description: 'Stages 4 and 5',
  archivedAt: null,
  openTasks: 2,
  doneTasks: 1,
  createdAt: at,
  updatedAt: at,
  version: 1,
  ...more,
})

const aTask = (count: number, more: Partial<Task>): Task => ({
  id: idOf('c000', count),
  organizationId: idOf('a000', 99),
  projectId: idOf('b000', 1),
  title: `Task ${count}`,
  description: '',
  status: 'todo',
  assigneeId: null,
  dueOn: null,
  completedAt: null,
  createdAt: at,
  updatedAt: at,
  version: 1,
  ...more,
})

export const threeTasks = (): Task[] => [
  aTask(1, { title: 'Order oak', status: 'doing', assigneeId: people('owner', { 'Ines Okafor': 'member' })[1]?.userId ?? null }),
  aTask(2, { title: 'Book the crane', dueOn: '2020-01-06' }),
  aTask(3, { title: 'Choose furniture' }),
]

type Input = Partial<Task> & { task?: string; afterId?: string; beforeId?: string; to?: 'start' | 'end' }

/** Answers for one project; `refusesNew`: new tasks are refused, but not before that; `say` tells the page what somebody else did, after it was done to `tasks`. */
export function aServer({ project = aProject(), tasks = threeTasks(), refusesNew = undefined as Promise<void> | undefined } = {}) {
  const hearers: ((event: StreamEvent) => void)[] = []
  vi.spyOn(live, 'listen').mockImplementation((pattern, hear) => {
    if (pattern === 'task.*') hearers.push(hear)
    return () => undefined
  })
  const find = (id = '') => {
    const task = tasks.find((other) => other.id === id)
    if (!task) throw new Refusal('TASK_NOT_FOUND')
    return task
  }
  const save = (task: Task, { task: id, version, ...edit }: Input) => {
    if (id !== undefined && id !== task.id) throw new Error('Another task was meant')
    if (version !== task.version) throw new Refusal('VERSION_CONFLICT', { current: { ...task } })
    return { ...Object.assign(task, edit, { version: task.version + 1 }) }
  }
  const move = ({ task: id, version, afterId, beforeId, to }: Input) => {
    const task = find(id)
    save(task, { version: version ?? 0 })
    tasks.splice(tasks.indexOf(task), 1)
    const neighbour = tasks.findIndex((other) => other.id === (afterId ?? beforeId))
    tasks.splice(to === 'start' ? 0 : to === 'end' ? tasks.length : neighbour + (afterId ? 1 : 0), 0, task)
    return { ...task }
  }
  const calls = answer(
    {
      'projects.get': () => project,
      'members.list': () => ({ items: people('member', { 'Ines Okafor': 'member' }), nextCursor: null }),
      'tasks.list': () => ({ items: tasks.map((task) => ({ ...task })), nextCursor: null }),
      'tasks.get': ({ task }) => ({ ...find(String(task)) }),
      'tasks.create': ({ title, status }) => {
        if (refusesNew) throw new Refusal('UNAVAILABLE')
        const made = aTask(tasks.length + 10, { title: String(title), status: status as Task['status'] })
        tasks.push(made)
        return { ...made }
      },
      'tasks.update': (input) => save(find(String(input['task'])), input),
      'tasks.move': (input) => move(input),
      'tasks.delete': ({ task }) => {
        tasks.splice(tasks.indexOf(find(String(task))), 1)
        return null
      },
    },
    { 'tasks.create': refusesNew },
  )
  const ines = people('owner', { 'Ines Okafor': 'member' })[1]?.userId ?? null
  const say = (type: StreamEvent['type'], { id, version }: Task) => {
    for (const hear of hearers) {
      hear({ type, entityId: id, projectId: project.id, organizationId: project.organizationId, version, actorId: ines, at })
    }
  }
  return { calls, tasks, project, say, aTask }
}

/** The project's page as somebody with this role sees it, once its tasks are there. */
export async function openProject(role: Role, { task = '', project = aProject() } = {}) {
  const page = await showAs<LitElement>(
    role,
    html`<app-project-page .org=${'halden-roe'} .project=${project.id} .task=${task}></app-project-page>`,
  )
  await vi.waitFor(() => expect(page.shadowRoot?.querySelector('app-task-list')).toBeInstanceOf(HTMLElement))
  const list = page.shadowRoot?.querySelector('app-task-list') as LitElement & { updateComplete: Promise<boolean> }
  await list.updateComplete
  return { page, list }
}

/** The titles of a group from top to bottom. */
export const titles = (list: LitElement, group: string): string[] =>
  [...(list.shadowRoot?.querySelectorAll(`[data-group="${group}"] .title > :first-child`) ?? [])].map((title) => title.textContent.trim())

export const rowOf = (list: LitElement, title: string): HTMLElement => {
  const row = [...(list.shadowRoot?.querySelectorAll<HTMLElement>('li[data-row]') ?? [])].find((each) => each.textContent.includes(title))
  if (!row) throw new Error(`There is no row for ${title}`)
  return row
}

/** A control of a row; fails loudly when the reader has none. */
export function control(list: LitElement, title: string, selector: string): HTMLElement {
  const found = rowOf(list, title).querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`The row of ${title} has no ${selector}`)
  return found
}
