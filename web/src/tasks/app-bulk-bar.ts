/** What can be done with the selected tasks, at the bottom of the window. Sends `bulk-clear` and `bulk-remove`. */
import type { Member } from '@mortise/shared/members'
import type { Task } from '@mortise/shared/tasks'
import { LitElement, css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import toastsText from '../styles/toasts.css?inline'
import type { TaskActions } from './task-actions.ts'
import '../ui/ui-glyph.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-initials.ts'
import '../ui/ui-menu.ts'
import { statusWord } from '../ui/ui-glyph.ts'
import { groups } from './rows.ts'

@customElement('app-bulk-bar')
export class AppBulkBar extends LitElement {
  static override styles = [
    ...page,
    sheet(toastsText),
    css`
      :host {
        display: contents;
      }
      ui-menu {
        max-height: 60vh;
        overflow: auto;
      }
      /* Toasts are another stack, which the document lifts above this one. */
      @media (max-width: 47.99rem) {
        .floats {
          z-index: 46;
          padding-top: 0;
          background: var(--paper);
        }
      }
    `,
  ]

  @property({ attribute: false }) tasks: readonly Task[] = []
  @property({ attribute: false }) members: readonly Member[] = []
  @property({ attribute: false }) actions!: TaskActions

  // Toasts make room for the bar: they are drawn by the document, which sees this mark.
  override connectedCallback() {
    super.connectedCallback()
    document.documentElement.toggleAttribute('data-selecting', true)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    document.documentElement.toggleAttribute('data-selecting', false)
  }

  override render() {
    return html`<section class="floats" aria-label="Selection">
        <div class="bulk" role="toolbar" aria-label="Selected tasks">
          <strong role="status">${this.tasks.length} selected</strong><span class="rule wide-only"></span>
          <button class="btn quiet small" type="button" @click=${() => this.#all({ status: 'done' })}>
            <ui-icon name="check"></ui-icon>Complete
          </button>
          <button class="btn quiet small" type="button" popovertarget="move"><ui-icon name="arrowRight"></ui-icon>Move</button>
          <button class="btn quiet small" type="button" popovertarget="assign"><ui-icon name="user"></ui-icon>Assign</button>
          <button class="btn quiet small danger" type="button" @click=${() => this.#send('bulk-remove')}>
            <ui-icon name="trash"></ui-icon>Delete
          </button>
          <span class="rule wide-only"></span>
          <button class="btn quiet only small" type="button" aria-label="Clear selection" @click=${() => this.#send('bulk-clear')}>
            <ui-icon name="close"></ui-icon>
          </button>
        </div>
      </section>
      <ui-menu id="move" up label="Move to">
        ${groups.map((status) => html`<button type="button" @click=${() => this.#all({ status })}><ui-glyph status=${status} aria-hidden="true"></ui-glyph>${statusWord[status]}</button>`)}
      </ui-menu>
      <ui-menu id="assign" up label="Assign to">
        ${this.members.map(({ userId, name }) => html`<button type="button" @click=${() => this.#all({ assigneeId: userId })}><ui-initials name=${name}></ui-initials>${name}</button>`)}
        <hr />
        <button type="button" @click=${() => this.#all({ assigneeId: null })}><ui-initials none></ui-initials>Nobody</button>
      </ui-menu>`
  }

  #all(edit: Parameters<TaskActions['changeAll']>[1]) {
    void this.actions.changeAll(this.tasks, edit)
    this.#send('bulk-clear')
  }

  #send(type: 'bulk-clear' | 'bulk-remove') {
    this.dispatchEvent(new Event(type))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-bulk-bar': AppBulkBar
  }
}
