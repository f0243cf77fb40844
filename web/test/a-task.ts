/** Makes tasks for tests: only what matters has to be said. */
import type { Task } from '@mortise/shared/tasks'

const at = '2026-11-18T08:15:00.000Z'

export const aTask = (id: string, more: Partial<Task> = {}): Task => ({
  id,
  organizationId: 'o',
  projectId: 'p',
  title: `Task ${id}`,
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
