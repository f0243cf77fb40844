/** One task in its list: handle, checkbox, status, title, date, person, menu. */
import { html, nothing, type TemplateResult } from 'lit'
import { statusWord } from '../ui/ui-glyph.ts'
import { drawn } from '../ui/ui-icon.ts'
import { dueWords, isLate } from './due.ts'
import type { NameOf } from './deeds.ts'
import type { Note } from './notes.ts'
import type { Row } from './rows.ts'
import { isGuess } from './task-actions.ts'
import '../ui/ui-glyph.ts'
import '../ui/ui-initials.ts'

/** What a row needs to know of the list around it. */
export type RowView = {
  note: Note | undefined
  href: string
  me: string | undefined
  nameOf: NameOf
  mayWrite: boolean
  /** The row whose controls the Tab key reaches. */
  isActive: boolean
  isSelected: boolean
  /** Its panel is open. */
  isOpen: boolean
  /** Where a dragged task would be dropped. */
  drop: 'before' | 'after' | undefined
  toggle: () => void
  select: (event: Event) => void
  grab: (event: DragEvent) => void
  ask: () => void
}

export function taskRow({ task, isGone }: Row, view: RowView): TemplateResult {
  const mayTouch = view.mayWrite && !isGone && !isGuess(task.id)
  const tab = view.isActive ? '0' : '-1'
  return html`<li class=${rowClass(task.status, isGone, view)} data-row=${task.id}>
    ${
      mayTouch
        ? html`<span class="grip" draggable="true" aria-hidden="true" @dragstart=${view.grab}>${drawn('grip')}</span>
            <input type="checkbox" tabindex=${tab} aria-label="Select ${task.title}" .checked=${view.isSelected} @click=${view.select} />`
        : html`<span class="grip"></span><span class="grip"></span>`
    }
    ${glyph({ task, isGone } as Row, view, mayTouch, tab)}
    <span class="title">
      ${
        isGone || isGuess(task.id)
          ? html`<span class="cut">${task.title}</span>`
          : html`<a class=${fresh(view.note, 'title')} href=${view.href} tabindex=${tab} aria-current=${view.isOpen ? 'true' : nothing}
              >${task.title}</a
            >`
      }
      ${view.note ? html`<span class="editing"><ui-initials name=${view.note.name}></ui-initials>${view.note.words}</span>` : nothing}
    </span>
    ${due(task, view)}${person(task.assigneeId, view)}
    ${
      mayTouch
        ? html`<button
            class="btn quiet only more"
            type="button"
            popovertarget="row-menu"
            tabindex=${tab}
            aria-label="More for ${task.title}"
            @click=${view.ask}
          >
            ${drawn('more')}
          </button>`
        : nothing
    }
  </li>`
}

function rowClass(status: string, isGone: boolean, { note, isSelected, isOpen, drop }: RowView): string {
  const names: Record<string, boolean> = {
    'is-done': status === 'done',
    'is-on': isSelected,
    'is-open': isOpen,
    'is-new': note?.kind === 'new',
    'is-leaving': isGone || note?.kind === 'leaving',
    [`drop-${drop ?? ''}`]: drop !== undefined,
  }
  return ['task', ...Object.keys(names).filter((name) => names[name])].join(' ')
}

const fresh = (note: Note | undefined, field: Note['fields'][number]) =>
  note?.kind === 'changed' && note.fields.includes(field) ? 'fresh' : ''

function glyph({ task }: Row, view: RowView, mayTouch: boolean, tab: string) {
  if (!mayTouch) return html`<span class="glyph-btn"><ui-glyph status=${task.status}></ui-glyph></span>`
  const deed = task.status === 'done' ? 'Open it again' : 'Complete it'
  return html`<button
    class="glyph-btn"
    type="button"
    tabindex=${tab}
    aria-label="Status: ${statusWord[task.status]}. ${deed}"
    title=${deed}
    @click=${view.toggle}
  >
    <ui-glyph status=${task.status}></ui-glyph>
  </button>`
}

function due(task: Row['task'], { note }: RowView) {
  const late = isLate(task)
  const words = html`<span class=${[fresh(note, 'dueOn'), task.dueOn ? '' : 'muted'].join(' ')}>${dueWords(task.dueOn)}</span>`
  return html`<span class="due ${late ? 'late' : ''}"
    >${late ? html`<ui-icon name="warn" small></ui-icon><span class="vh">Late: </span>` : nothing}${words}</span
  >`
}

function person(assigneeId: string | null, { me, nameOf, note }: RowView) {
  if (assigneeId === null) return html`<ui-initials none title="Nobody"></ui-initials><span class="vh">Nobody assigned</span>`
  const name = nameOf(assigneeId) ?? 'Somebody who has left'
  return html`<ui-initials name=${name} title=${name} class=${fresh(note, 'assigneeId')} ?you=${assigneeId === me}></ui-initials
    ><span class="vh">Assigned to ${name}</span>`
}
