/** A few choices side by side, one of them taken; the tenon stands under it. Sends `ui-choice`. */
import { LitElement, css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import segmentText from '../styles/segment.css?inline'
import { kit } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { ChoiceEvent } from './events.ts'
import type { Option } from './ui-select.ts'

@customElement('ui-segment')
export class UiSegment extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }
  static override styles = [
    ...kit,
    sheet(segmentText),
    css`
      :host {
        display: block;
      }
    `,
  ]

  @property() label = ''
  @property({ attribute: false }) options: readonly Option[] = []
  @property() value = ''

  override render() {
    return html`<div class="seg" role="radiogroup" aria-label=${this.label}>${this.options.map((option) => this.#choice(option))}</div>`
  }

  #choice({ value, label, disabled }: Option) {
    return html`<label
      ><input
        type="radio"
        name="choice"
        value=${value}
        ?disabled=${disabled}
        .checked=${value === this.value}
        @change=${() => this.#take(value)}
      />${label}</label
    >`
  }

  #take(value: string) {
    this.value = value
    this.dispatchEvent(new ChoiceEvent(value))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-segment': UiSegment
  }
}
