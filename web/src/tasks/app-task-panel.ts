/** One task, with everything that is known of it: beside its list where there is room, a page where there is not. */
import type { Member } from '@mortise/shared/members'
import type { Task } from '@mortise/shared/tasks'
import { LitElement, html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { Commands } from '../commands.ts'
import { afterPaint } from '../idle.ts'
import panelText from '../styles/panel.css?inline'
import tasksText from '../styles/tasks.css?inline'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { statusWord } from '../ui/ui-glyph.ts'
import { ToastEvent } from '../ui/events.ts'
import type { ConflictSettledEvent } from './app-conflict.ts'
import type { Board } from './board.ts'
import type { Conflict } from './conflict.ts'
import { textOf } from './form-text.ts'
import type { Note } from './notes.ts'
import { proseOf } from './prose.ts'
import { removal } from './removal.ts'
import { taskMenu } from './row-menu.ts'
import type { TaskActions } from './task-actions.ts'
import { taskPanelCss } from './task-panel-css.ts'
import { taskProps } from './task-props.ts'
import '../ui/ui-glyph.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-initials.ts'
import '../ui/ui-menu.ts'

type Writing = { field: 'title' | 'description'; base: Task }

@customElement('app-task-panel')
export class AppTaskPanel extends LitElement {
  static override styles = [...page, sheet(tasksText), sheet(panelText), taskPanelCss]

  @property({ attribute: false }) task!: Task
  @property({ attribute: false }) board!: Board
  @property({ attribute: false }) actions!: TaskActions
  @property({ attribute: false }) members: readonly Member[] = []
  @property() me = ''
  @property({ type: Boolean }) mayWrite = false
  /** What somebody else just did to it. */
  @property({ attribute: false }) note: Note | undefined
  /** The reader's change and somebody else's of the same field. */
  @property({ attribute: false }) conflict: Conflict | undefined
  /** Where the neighbours and the list are; empty where there is none. */
  @property({ attribute: false }) hrefs = { before: '', after: '', list: '' }

  @state() private writing: Writing | undefined
  @state() private removing = false
  /** The title comes first, and what stands below it right after. */
  @state() private isWhole = false

  protected readonly commands = new Commands(this, () =>
    this.mayWrite
      ? [{ id: 'task.edit', label: 'Edit the title', keys: 'e', icon: 'pencil', group: 'Tasks', run: () => this.#write('title') }]
      : [],
  )

  /** Moves the reader here: the title takes focus. */
  async take() {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  }

  /** Whether a menu of the panel is open, so that Escape is its own. */
  get isBusy(): boolean {
    return this.writing !== undefined || (this.renderRoot.querySelector('ui-menu')?.matches(':popover-open') ?? false)
  }

  override render() {
    return html`<section class="panel" aria-labelledby="title">
      ${this.#bar()}
      <div class="panel-in">${this.#both()}${this.#title()}${this.isWhole ? html`${this.#props()}${this.#description()}` : nothing}</div>
      ${this.removing ? this.#removal() : nothing}
    </section>`
  }

  protected override firstUpdated() {
    afterPaint(() => (this.isWhole = true))
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    const before = changed.get('task')
    if (before && before.id !== this.task.id) this.writing = undefined
  }

  #bar() {
    const { before, after, list } = this.hrefs
    const go = (href: string, label: string, icon: 'up' | 'down' | 'close', keys: string) =>
      href
        ? html`<a class="btn quiet only small" href=${href} aria-label=${label} aria-keyshortcuts=${keys}
            ><ui-icon name=${icon}></ui-icon
          ></a>`
        : nothing
    return html`<div class="panel-bar">
      <span class="presence-line" role="status"
        >${this.note ? html`<ui-initials name=${this.note.name}></ui-initials><span class="cut">${this.note.words}</span>` : nothing}</span
      >
      ${go(before, 'Previous task', 'up', 'K')}${go(after, 'Next task', 'down', 'J')}
      <button class="btn quiet only small wide-only" type="button" aria-label="Copy link" @click=${this.#copy}>
        <ui-icon name="link"></ui-icon>
      </button>
      ${this.mayWrite ? html`<button class="btn quiet only small" type="button" popovertarget="menu" aria-label="More for this task"><ui-icon name="more"></ui-icon></button>` : nothing}
      ${go(list, 'Close task', 'close', 'Escape')}
      <ui-menu id="menu" from-end label="What to do with the task" .content=${() => this.#menu()}></ui-menu>
    </div>`
  }

  #menu() {
    const seen = this.board.rows.filter(({ group, isGone }) => group === this.task.status && !isGone)
    return taskMenu(this.task, { me: this.me, seen, actions: this.actions, remove: () => (this.removing = true) })
  }

  #both() {
    const { conflict } = this
    if (!conflict || conflict.base.id !== this.task.id) return nothing
    void import('./app-conflict.ts')
    return html`<app-conflict
      .conflict=${conflict}
      .members=${this.members}
      .me=${this.me}
      @conflict-settled=${this.#settled}
    ></app-conflict>`
  }

  #title() {
    const { task } = this
    const deed = task.status === 'done' ? 'Open it again' : 'Complete it'
    const glyph = html`<ui-glyph status=${task.status}></ui-glyph>`
    return html`<div class="panel-title">
      ${
        this.mayWrite
          ? html`<button
              class="glyph-btn"
              type="button"
              title=${deed}
              aria-label="Status: ${statusWord[task.status]}. ${deed}"
              @click=${() => this.actions.toggle(task)}
            >
              ${glyph}
            </button>`
          : html`<span class="glyph-btn">${glyph}</span>`
      }
      ${this.writing?.field === 'title' ? this.#titleForm(this.writing.base) : html`<h1 id="title" tabindex="-1" class=${this.#fresh('title')}>${task.title}</h1>`}
      ${
        this.mayWrite && this.writing?.field !== 'title'
          ? html`<button class="btn quiet only small" type="button" aria-label="Edit title" @click=${() => this.#write('title')}>
              <ui-icon name="pencil"></ui-icon>
            </button>`
          : nothing
      }
    </div>`
  }

  #titleForm(base: Task) {
    return html`<form class="title-form" @submit=${this.#submit} @keydown=${this.#escape}>
      <h1 id="title" class="vh">${base.title}</h1>
      <textarea
        class="input"
        name="text"
        rows="2"
        aria-label="Title"
        maxlength="200"
        required
        .defaultValue=${base.title}
        @keydown=${this.#enter}
      ></textarea>
      ${this.#buttons('Save title')}
    </form>`
  }

  #props() {
    return taskProps(this.task, {
      members: this.members,
      me: this.me,
      mayWrite: this.mayWrite,
      note: this.note,
      change: (edit) => void this.actions.change(this.task, edit),
    })
  }

  #description() {
    const isWriting = this.writing?.field === 'description'
    const { description } = this.task
    const edit = html`<button class="btn quiet small" type="button" @click=${() => this.#write('description')}>
      ${description ? 'Edit' : 'Write'}
    </button>`
    return html`<section class="section" aria-labelledby="description">
      <div class="section-head">
        <h2 id="description">Description</h2>
        ${this.mayWrite && !isWriting ? edit : nothing}
      </div>
      ${
        isWriting && this.writing
          ? html`<form class="text-form" @submit=${this.#submit} @keydown=${this.#escape}>
              <textarea
                class="input"
                name="text"
                rows="8"
                aria-labelledby="description"
                aria-describedby="how"
                maxlength="10000"
                .defaultValue=${this.writing.base.description}
              ></textarea>
              <p class="hint" id="how">A line that begins with a hyphen becomes a point of a list.</p>
              ${this.#buttons('Save description')}
            </form>`
          : html`<div class="prose ${this.#fresh('description')}">
              ${description ? proseOf(description) : html`<p class="muted">Nothing is written yet.</p>`}
            </div>`
      }
    </section>`
  }

  #buttons(save: string) {
    return html`<div class="row">
      <button class="btn primary small">${save}</button>
      <button class="btn quiet small" type="button" @click=${this.#stop}>Cancel<kbd class="wide-only" aria-hidden="true">Esc</kbd></button>
    </div>`
  }

  #removal() {
    return removal([this.task], { agreed: () => void this.#remove(), closed: () => (this.removing = false) })
  }

  async #remove() {
    const { task } = this
    const gone = await this.actions.remove([task])
    if (gone) this.dispatchEvent(new Event('task-removed'))
  }

  #write(field: Writing['field']) {
    this.writing = { field, base: this.task }
    void this.updateComplete.then(() => {
      const text = this.renderRoot.querySelector<HTMLTextAreaElement>('textarea[name=text]')
      text?.focus()
      if (field === 'title') text?.select()
    })
  }

  #submit = (event: SubmitEvent) => {
    event.preventDefault()
    const { writing } = this
    const written = textOf(event.currentTarget, 'text')
    const text = writing?.field === 'title' ? written.replaceAll(/\s+/gu, ' ').trim() : written.trim()
    if (!writing || (writing.field === 'title' && text === '')) return
    void this.actions.change(writing.base, { [writing.field]: text })
    this.#stop()
  }

  #enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    ;(event.currentTarget as HTMLTextAreaElement).form?.requestSubmit()
  }

  #escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    this.#stop()
  }

  #stop = () => {
    this.writing = undefined
    void this.take()
  }

  #settled = ({ edit }: ConflictSettledEvent) => {
    const theirs = this.conflict?.theirs
    this.dispatchEvent(new Event('conflict-over'))
    if (edit && theirs) void this.actions.change(theirs, edit)
    void this.take()
  }

  #fresh = (field: Note['fields'][number]) => (this.note?.fields.includes(field) ? 'fresh' : '')

  async #copy() {
    const link = location.origin + location.pathname
    try {
      await navigator.clipboard.writeText(link)
      this.dispatchEvent(new ToastEvent({ said: 'Link copied.' }))
    } catch {
      // Not allowed, or no clipboard outside https: the address bar has the same link.
      this.dispatchEvent(new ToastEvent({ said: 'The browser did not allow it. Copy the link from the address bar.', tone: 'bad' }))
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-task-panel': AppTaskPanel
  }
}
