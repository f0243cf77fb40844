/** One choice of a list, on the native control. Sends `ui-choice`. */
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { Control } from './control.ts'
import { ChoiceEvent } from './events.ts'

export type Option = { value: string; label: string; disabled?: boolean }

@customElement('ui-select')
export class UiSelect extends Control {
  static override styles = [
    ...Control.styles,
    css`
      .select {
        display: grid;
      }
      :host([compact]) {
        display: inline-block;
        max-width: 14rem;
      }
    `,
  ]

  @property({ attribute: false }) options: readonly Option[] = []
  /** Row height, for filters and tables. */
  @property({ type: Boolean, reflect: true }) compact = false
  /** No edge until the pointer comes. */
  @property({ type: Boolean, reflect: true }) quiet = false

  override render() {
    return this.frame(
      html`<span class="select ${this.compact ? 'small' : ''} ${this.quiet ? 'quiet' : ''}">
        <select
          id="control"
          name=${this.name}
          ?disabled=${this.disabled}
          aria-invalid=${this.error ? 'true' : nothing}
          aria-describedby=${this.describedBy}
          @change=${this.#take}
        >
          ${this.options.map((option) => html`<option value=${option.value} ?disabled=${option.disabled} .selected=${option.value === this.value}>${option.label}</option>`)}
        </select>
        <ui-icon name="down" small></ui-icon>
      </span>`,
    )
  }

  #take(event: Event) {
    this.take((event.target as HTMLSelectElement).value, event)
    this.dispatchEvent(new ChoiceEvent(this.value))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-select': UiSelect
  }
}
