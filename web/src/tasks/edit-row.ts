/** A row while it is edited in place: title, status, assignee and date; Enter saves, Escape leaves it as it was. */
import type { Member } from '@mortise/shared/members'
import { taskStatus, type Task } from '@mortise/shared/tasks'
import { html, type TemplateResult } from 'lit'
import { statusWord } from '../ui/ui-glyph.ts'
import type { Edit } from './conflict.ts'
import { textOf } from './form-text.ts'
import '../ui/ui-glyph.ts'
import '../ui/ui-icon.ts'

type Deeds = { save: (edit: Edit) => void; cancel: () => void }

/** `task` is as it was when editing began: what others change meanwhile does not reach into the fields. */
export function editRow(task: Task, members: readonly Member[], { save, cancel }: Deeds): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    if (form.reportValidity()) save(editFrom(form))
  }
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing) return
    event.stopPropagation()
    cancel()
  }
  return html`<li class="task is-edit" data-row=${task.id} @keydown=${key}>
    <form @submit=${submit}>
      <div class="edit-line">
        <ui-glyph status=${task.status}></ui-glyph>
        <input
          class="input"
          name="title"
          aria-label="Title"
          .defaultValue=${task.title}
          required
          pattern=".*\\S.*"
          title="Write a title"
          maxlength="200"
          autocomplete="off"
        />
      </div>
      <div class="edit-line">
        ${choice(
          'status',
          'Status',
          task.status,
          taskStatus.options.map((value) => ({ value, label: statusWord[value] })),
        )}
        ${choice('assigneeId', 'Assignee', task.assigneeId ?? '', assignees(members, task.assigneeId))}
        <input
          class="input small date"
          type="date"
          name="dueOn"
          aria-label="Due date"
          .defaultValue=${task.dueOn ?? ''}
          min="1900-01-01"
          max="9999-12-31"
        />
        <span class="row push">
          <button type="button" class="btn quiet small" @click=${cancel}>Cancel<kbd class="wide-only" aria-hidden="true">Esc</kbd></button>
          <button class="btn primary small">Save task</button>
        </span>
      </div>
    </form>
  </li>`
}

/** Everybody who can have a task, nobody, and whoever has it now. */
export function assignees(members: readonly Member[], current: string | null): { value: string; label: string }[] {
  const known = members.map(({ userId, name }) => ({ value: userId, label: name }))
  const stranger =
    current === null || members.some(({ userId }) => userId === current) ? [] : [{ value: current, label: 'Somebody who has left' }]
  return [{ value: '', label: 'Nobody' }, ...known, ...stranger]
}

function choice(name: string, label: string, value: string, options: { value: string; label: string }[]) {
  return html`<span class="select small"
    ><select name=${name} aria-label=${label}>
      ${options.map((option) => html`<option value=${option.value} .defaultSelected=${option.value === value} .selected=${option.value === value}>${option.label}</option>`)}</select
    ><ui-icon name="down" small></ui-icon
  ></span>`
}

function editFrom(form: HTMLFormElement): Edit {
  const text = (name: string) => textOf(form, name)
  return {
    title: text('title').trim(),
    status: taskStatus.parse(text('status')),
    assigneeId: text('assigneeId') || null,
    dueOn: text('dueOn') || null,
  }
}
