/** A line or a few lines of text with its label, hint and error. Enter in a line submits its form. */
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { Control } from './control.ts'

@customElement('ui-field')
export class UiField extends Control {
  static override styles = [
    ...Control.styles,
    css`
      :host([mono]) .input {
        font-family: var(--mono);
        font-size: var(--t13);
      }
    `,
  ]

  @property() type: 'text' | 'search' | 'email' | 'date' | 'url' = 'text'
  /** More than one line: how many are shown. */
  @property({ type: Number }) rows = 1
  @property() placeholder = ''
  @property({ type: Number }) maxlength = 0
  @property() autocomplete = 'off'
  @property({ type: Boolean, attribute: 'readonly' }) isReadonly = false

  override render() {
    return this.frame(this.rows > 1 ? this.#lines() : this.#line())
  }

  #line() {
    return html`<input
      id="control"
      class="input"
      type=${this.type}
      name=${this.name}
      autocomplete=${this.autocomplete}
      placeholder=${this.placeholder || nothing}
      maxlength=${this.maxlength || nothing}
      ?disabled=${this.disabled}
      ?readonly=${this.isReadonly}
      aria-invalid=${this.error ? 'true' : nothing}
      aria-describedby=${this.describedBy}
      .value=${live(this.value)}
      @input=${this.#take}
      @change=${this.#take}
      @keydown=${this.#key}
    />`
  }

  #lines() {
    return html`<textarea
      id="control"
      class="input"
      rows=${this.rows}
      name=${this.name}
      placeholder=${this.placeholder || nothing}
      maxlength=${this.maxlength || nothing}
      ?disabled=${this.disabled}
      ?readonly=${this.isReadonly}
      aria-invalid=${this.error ? 'true' : nothing}
      aria-describedby=${this.describedBy}
      .value=${live(this.value)}
      @input=${this.#take}
      @change=${this.#take}
    ></textarea>`
  }

  #take(event: Event) {
    this.take((event.target as HTMLInputElement | HTMLTextAreaElement).value, event)
  }

  // The inner input belongs to no form, so the browser's implicit submission has to be done by hand.
  #key(event: KeyboardEvent) {
    if (event.key === 'Enter' && !event.isComposing) this.form?.requestSubmit()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-field': UiField
  }
}
