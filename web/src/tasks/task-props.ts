/** The short facts of a task, each changed where it stands. */
import type { Member } from '@mortise/shared/members'
import { taskStatus, type Task } from '@mortise/shared/tasks'
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { statusWord } from '../ui/ui-glyph.ts'
import type { Edit } from './conflict.ts'
import { dueWords, isLate, lateWords } from './due.ts'
import { assignees } from './edit-row.ts'
import type { Note } from './notes.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-initials.ts'
import '../ui/ui-time.ts'

type View = { members: readonly Member[]; me: string; mayWrite: boolean; note: Note | undefined; change: (edit: Edit) => void }

export function taskProps(task: Task, view: View): TemplateResult {
  const { note } = view
  const line = (label: string, field: Note['fields'][number] | undefined, value: unknown) => {
    const isLive = field !== undefined && note?.fields.includes(field)
    return html`<div class=${isLive ? 'is-live' : ''}>
      <dt>${label}</dt>
      <dd>
        ${value}${isLive ? html`<span class="editing"><ui-initials name=${note?.name ?? ''}></ui-initials>${note?.words}</span>` : nothing}
      </dd>
    </div>`
  }
  return html`<dl class="props">
    ${line('Status', 'status', status(task, view))} ${line('Assignee', 'assigneeId', assignee(task, view))}
    ${line('Due date', 'dueOn', due(task, view))}
    ${line('Version', undefined, html`<span class="num">${task.version}</span><ui-time class="muted t13" datetime=${task.updatedAt}></ui-time>`)}
    ${line('Added', undefined, html`<ui-time class="t13" datetime=${task.createdAt}></ui-time>`)}
  </dl>`
}

function status(task: Task, { mayWrite, change }: View) {
  if (!mayWrite) return statusWord[task.status]
  const options = taskStatus.options.map((value) => ({ value, label: statusWord[value] }))
  return choice('Status', task.status, options, (value) => change({ status: taskStatus.parse(value) }))
}

function assignee(task: Task, { members, me, mayWrite, change }: View) {
  const name = members.find(({ userId }) => userId === task.assigneeId)?.name ?? 'Somebody who has left'
  const box = html`<ui-initials
    name=${task.assigneeId ? name : ''}
    ?none=${task.assigneeId === null}
    ?you=${task.assigneeId === me}
  ></ui-initials>`
  if (!mayWrite) return html`<span class="who-pick">${box}${task.assigneeId ? name : 'Nobody'}</span>`
  return html`<span class="who-pick"
    >${box}${choice('Assignee', task.assigneeId ?? '', assignees(members, task.assigneeId), (value) => change({ assigneeId: value || null }))}</span
  >`
}

function due(task: Task, { mayWrite, change }: View) {
  const { dueOn } = task
  const isPast = isLate(task)
  const words =
    dueOn && isPast
      ? html`<span class="state warn"><ui-icon name="warn" small></ui-icon>${dueWords(dueOn)}, ${lateWords(dueOn)}</span>`
      : html`<span class="t13 muted">${dueWords(dueOn)}</span>`
  if (!mayWrite) return words
  // A date is typed part by part, and each part is a change to the browser: it is taken when the reader leaves the field.
  const take = (event: Event) => {
    const field = event.currentTarget as HTMLInputElement
    if (field.validity.valid && field.value !== (dueOn ?? '')) change({ dueOn: field.value || null })
  }
  return html`<input
      class="input small date"
      type="date"
      aria-label="Due date"
      min="1900-01-01"
      max="9999-12-31"
      .value=${live(dueOn ?? '')}
      @blur=${take}
      @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && take(event)}
    />${words}`
}

function choice(label: string, value: string, options: { value: string; label: string }[], chosen: (value: string) => void) {
  return html`<span class="select quiet small"
    ><select aria-label=${label} @change=${(event: Event) => chosen((event.currentTarget as HTMLSelectElement).value)}>
      ${options.map((option) => html`<option value=${option.value} .selected=${option.value === value}>${option.label}</option>`)}</select
    ><ui-icon name="down" small></ui-icon
  ></span>`
}
