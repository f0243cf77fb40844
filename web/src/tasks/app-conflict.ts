/** Both versions of a task side by side, differences marked; neither is thrown away until someone chooses. Sends `conflict-settled`. */
import type { Member } from '@mortise/shared/members'
import { taskStatus } from '@mortise/shared/tasks'
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import panelText from '../styles/panel.css?inline'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import sidesText from '../styles/sides.css?inline'
import { clockTime } from '../ui/times.ts'
import { statusWord } from '../ui/ui-glyph.ts'
import { disputed, fields, type Conflict, type Edit, type Field } from './conflict.ts'
import { dueWords } from './due.ts'
import { assignees } from './edit-row.ts'
import { textOf } from './form-text.ts'
import { difference, type Part } from './word-difference.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-initials.ts'

/** With `edit` the reader wants it saved over theirs; without, theirs stays. */
export class ConflictSettledEvent extends Event {
  constructor(readonly edit?: Edit) {
    super('conflict-settled')
  }
}

const words: Record<Field, string> = { title: 'Title', status: 'Status', assigneeId: 'Assignee', dueOn: 'Due', description: 'Description' }
const list = new Intl.ListFormat(undefined, { type: 'conjunction' })

@customElement('app-conflict')
export class AppConflict extends LitElement {
  static override styles = [
    ...page,
    sheet(panelText),
    sheet(sidesText),
    css`
      :host {
        display: block;
      }
      .facts {
        gap: var(--s2);
      }
      .facts > div {
        grid-template-columns: minmax(0, 1fr);
        gap: 0;
      }
      dt {
        font-size: var(--t12);
        line-height: var(--l12);
      }
      dd {
        font-size: var(--t14);
        line-height: var(--l14);
        white-space: pre-wrap;
      }
      h2 {
        font-size: var(--t13);
        line-height: var(--l13);
      }
      form {
        display: grid;
        gap: var(--s3);
        margin-top: var(--s4);
      }
      .sides,
      .row {
        margin-top: var(--s4);
      }
      @media (max-width: 47.99rem) {
        .sides {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ]

  @property({ attribute: false }) conflict!: Conflict
  @property({ attribute: false }) members: readonly Member[] = []
  @property() me = ''
  @state() private step: 'choose' | 'combine' | 'later' = 'choose'

  override render() {
    if (this.step === 'later') {
      return html`<div class="note warn">
        <ui-icon name="warn"></ui-icon>
        <div>
          <p><b>Your version is kept, but not saved.</b> Theirs is what others see.</p>
          <div class="row"><button class="btn small" type="button" @click=${() => (this.step = 'choose')}>Show both</button></div>
        </div>
      </div>`
    }
    return html`<div class="note warn" role="alert">
        <ui-icon name="warn"></ui-icon>
        <div>
          <p><b>${this.conflict.by ?? 'Somebody'} saved this task while you were editing.</b> Nothing is lost. Choose which to keep.</p>
        </div>
      </div>
      ${this.#sides()}${this.step === 'combine' ? this.#combine() : this.#choices()}
      <p class="fine">${this.#explained()}</p>`
  }

  #sides() {
    const { theirs, edit, by } = this.conflict
    const both = disputed(this.conflict).map((field) => ({ field, ...difference(this.#text(field, edit), this.#text(field, theirs)) }))
    const fact = (field: Field, parts: Part[]) =>
      html`<div>
        <dt>${words[field]}</dt>
        <dd>${parts.map(({ text, isDifferent }) => (isDifferent ? html`<mark>${text}</mark>` : text))}</dd>
      </div>`
    const me = this.members.find(({ userId }) => userId === this.me)?.name ?? 'You'
    return html`<div class="sides">
      <section aria-labelledby="mine">
        <h2 id="mine" class="name-line"><ui-initials you name=${me}></ui-initials>Yours, not saved</h2>
        <dl class="facts">${both.map(({ field, mine }) => fact(field, mine))}</dl>
        <div></div>
        <div><button class="btn small" type="button" @click=${() => this.#settle(edit)}>Keep yours</button></div>
      </section>
      <section aria-labelledby="theirs">
        <h2 id="theirs" class="name-line">
          ${by ? html`<ui-initials name=${by}></ui-initials>` : nothing}Theirs, ${clockTime(new Date(theirs.updatedAt))}
        </h2>
        <dl class="facts">${both.map(({ field, theirs: parts }) => fact(field, parts))}</dl>
        <div></div>
        <div><button class="btn small" type="button" @click=${() => this.#settle()}>Keep theirs</button></div>
      </section>
    </div>`
  }

  #choices() {
    return html`<div class="row">
      <button class="btn primary" type="button" @click=${this.#begin}>Combine and edit</button>
      <button class="btn quiet" type="button" @click=${() => (this.step = 'later')}>Decide later</button>
    </div>`
  }

  #combine() {
    return html`<form @submit=${this.#save}>
      ${disputed(this.conflict).map((field) => html`<div class="field"><label for=${field}>${words[field]}</label>${this.#control(field)}</div>`)}
      <div class="row">
        <button class="btn primary">Save this</button
        ><button class="btn quiet" type="button" @click=${() => (this.step = 'choose')}>Back</button>
      </div>
    </form>`
  }

  #control(field: Field) {
    const value = this.conflict.edit[field] ?? ''
    if (field === 'description')
      return html`<textarea class="input" id=${field} name=${field} rows="8" maxlength="10000" .defaultValue=${value}></textarea>`
    if (field === 'title') return html`<input class="input" id=${field} name=${field} maxlength="200" required .defaultValue=${value} />`
    if (field === 'dueOn') return html`<input class="input" type="date" id=${field} name=${field} .defaultValue=${value} />`
    const options =
      field === 'status'
        ? taskStatus.options.map((each) => ({ value: each, label: statusWord[each] }))
        : assignees(this.members, this.conflict.edit.assigneeId ?? null)
    return html`<span class="select"
      ><select id=${field} name=${field}>
        ${options.map((option) => html`<option value=${option.value} .selected=${option.value === value}>${option.label}</option>`)}</select
      ><ui-icon name="down" small></ui-icon
    ></span>`
  }

  #begin = () => {
    this.step = 'combine'
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('form input, form textarea, form select')?.focus())
  }

  #save = (event: SubmitEvent) => {
    event.preventDefault()
    const combined = disputed(this.conflict).map((field) => {
      const text = textOf(event.currentTarget, field).trim()
      return [field, text === '' && field !== 'description' ? null : text]
    })
    this.#settle({ ...this.conflict.edit, ...(Object.fromEntries(combined) as Edit) })
  }

  #settle(edit?: Edit) {
    this.dispatchEvent(new ConflictSettledEvent(edit))
  }

  #explained() {
    const { base, theirs } = this.conflict
    const same = fields.filter((field) => !disputed(this.conflict).includes(field)).map((field) => words[field].toLocaleLowerCase())
    const verb = same.length === 1 ? 'is' : 'are'
    const rest = same.length > 0 ? `${capital(list.format(same))} ${verb} not in question.` : nothing
    return html`You started from version ${base.version}, theirs is version ${theirs.version}. ${rest}`
  }

  #text(field: Field, from: Edit): string {
    if (field === 'status') return from.status ? statusWord[from.status] : ''
    if (field === 'dueOn') return dueWords(from.dueOn ?? null)
    if (field === 'assigneeId')
      return from.assigneeId ? (this.members.find(({ userId }) => userId === from.assigneeId)?.name ?? 'Somebody who has left') : 'Nobody'
    return from[field] ?? ''
  }
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)

declare global {
  interface HTMLElementTagNameMap {
    'app-conflict': AppConflict
  }
}
