/** A moment as people say it (`4 min. ago`), kept true while it is shown; the exact time on hover. */
import { LitElement, css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { ago, clockTime, exactly } from './times.ts'

const everyMs = 30_000

@customElement('ui-time')
export class UiTime extends LitElement {
  static override styles = css`
    :host {
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
  `

  /** ISO 8601. */
  @property() datetime = ''
  /** `ago` (default) or `clock` (`14:32`). */
  @property() as: 'ago' | 'clock' = 'ago'

  #ticking: ReturnType<typeof setInterval> | undefined

  override connectedCallback() {
    super.connectedCallback()
    this.#ticking = setInterval(() => this.requestUpdate(), everyMs)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearInterval(this.#ticking)
  }

  override render() {
    const moment = new Date(this.datetime)
    if (Number.isNaN(moment.getTime())) return html``
    return html`<time datetime=${this.datetime} title=${exactly(moment)}>${this.as === 'clock' ? clockTime(moment) : ago(moment)}</time>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-time': UiTime
  }
}
