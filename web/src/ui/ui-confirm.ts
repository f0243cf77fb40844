/** Asks before something that cannot be taken back: what follows, in counted lines, and for the gravest a word to type. */
import { LitElement, css, html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import noticesText from '../styles/notices.css?inline'
import { kit } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { ConfirmedEvent, DialogClosedEvent } from './events.ts'
import './ui-dialog.ts'
import type { UiField } from './ui-field.ts'
import './ui-field.ts'

@customElement('ui-confirm')
export class UiConfirm extends LitElement {
  static override styles = [
    ...kit,
    sheet(noticesText),
    css`
      :host {
        display: contents;
      }
      .lead {
        color: var(--ink-2);
      }
      form {
        display: contents;
      }
    `,
  ]

  @property({ type: Boolean }) open = false
  @property() heading = ''
  /** What happens, one line each: name things and count them. */
  @property({ attribute: false }) consequences: readonly string[] = []
  /** The safe button says what stays. */
  @property() keep = 'Cancel'
  /** The other one says what is done; without it there is nothing to confirm, only to read. */
  @property() act = ''
  @property({ type: Boolean }) danger = false
  /** What has to be typed first; empty when a click is enough. */
  @property() typed = ''
  @property({ type: Boolean }) busy = false
  @state() private written = ''

  override render() {
    return html`<ui-dialog heading=${this.heading} ?open=${this.open} @ui-close=${this.#closed}>
      <p class="lead"><slot></slot></p>
      ${
        this.consequences.length > 0
          ? html`<ul class="counted">
              ${this.consequences.map((line) => html`<li>${line}</li>`)}
            </ul>`
          : nothing
      }
      <slot name="more"></slot>
      ${this.typed ? this.#question() : nothing}
      <button slot="foot" class="btn ${this.danger ? '' : 'quiet'}" type="button" ?autofocus=${!this.typed} @click=${this.#cancel}>
        ${this.keep}
      </button>
      ${this.act ? this.#doing() : nothing}
    </ui-dialog>`
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('open') && this.open) this.written = ''
  }

  private get isMeant(): boolean {
    return this.typed === '' || this.written.trim() === this.typed
  }

  #doing() {
    const look = this.danger ? 'danger solid' : 'primary'
    return html`<button
      slot="foot"
      class="btn ${look}"
      type="button"
      ?disabled=${!this.isMeant}
      aria-busy=${this.busy}
      @click=${this.#confirm}
    >
      ${this.act}
    </button>`
  }

  #question() {
    return html`<form novalidate @submit=${this.#submit}>
      <ui-field mono autofocus label="Type ${this.typed} to confirm" .value=${this.written} @input=${this.#write}></ui-field>
    </form>`
  }

  #write = (event: Event) => (this.written = (event.target as UiField).value)

  #submit = (event: Event) => {
    event.preventDefault()
    this.#confirm()
  }

  #confirm = () => {
    if (this.isMeant && !this.busy) this.dispatchEvent(new ConfirmedEvent())
  }

  #cancel = () => this.renderRoot.querySelector('ui-dialog')?.close()

  // The dialog's own event does not leave this shadow root.
  #closed = () => {
    this.open = false
    this.dispatchEvent(new DialogClosedEvent())
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-confirm': UiConfirm
  }
}
