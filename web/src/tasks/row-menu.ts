/** What can be done with one task, floating from its row. */
import type { Task } from '@mortise/shared/tasks'
import { html, nothing, type TemplateResult } from 'lit'
import type { IconName } from '../ui/icons.ts'
import { statusWord } from '../ui/ui-glyph.ts'
import { step, toEnd, type Place } from './order.ts'
import { groups, type Row } from './rows.ts'
import type { TaskActions } from './task-actions.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-kbd.ts'
import '../ui/ui-menu.ts'

type View = {
  me: string
  /** The rows that stand with it, in their order. */
  seen: readonly Row[]
  actions: TaskActions
  edit?: (task: Task) => void
  remove: (task: Task) => void
}

/** The menu's content for a task; the menu stays empty until one is asked for. */
export function taskMenu(task: Task, { me, seen, actions, edit, remove }: View): TemplateResult {
  const item = (icon: IconName, label: string, run: () => unknown, keys = '') =>
    html`<button type="button" @click=${run}>
      <ui-icon name=${icon}></ui-icon>${label}${keys ? html`<ui-kbd class="push" keys=${keys}></ui-kbd>` : nothing}
    </button>`
  const move = (icon: IconName, label: string, place: Place | null, keys = '') =>
    place ? item(icon, label, () => actions.move(task, place), keys) : nothing
  return html`${edit ? item('pencil', 'Edit in place', () => edit(task), 'e') : nothing}
    ${task.assigneeId === me ? item('user', 'Unassign', () => actions.change(task, { assigneeId: null })) : item('user', 'Assign to me', () => actions.change(task, { assigneeId: me }))}
    <hr />
    <p class="menu-label">Move</p>
    ${move('up', 'Up', step(seen, task.id, -1), 'Alt Up')} ${move('down', 'Down', step(seen, task.id, 1), 'Alt Down')}
    ${move('up', 'To the top', toEnd(seen, task.id, 'first'))} ${move('down', 'To the bottom', toEnd(seen, task.id, 'last'))}
    ${groups.map((status) => (status === task.status ? nothing : item('arrowRight', `To ${statusWord[status]}`, () => actions.change(task, { status }))))}
    <hr />
    <button type="button" class="danger" @click=${() => remove(task)}><ui-icon name="trash"></ui-icon>Delete task</button>`
}
