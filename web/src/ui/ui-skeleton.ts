/** The place of what is still loading: it takes its room at once and shows bones only after 200 ms, so that quick answers do not flicker. */
import { LitElement, css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { base } from '../styles/shared.ts'

const waitMs = 200
const widths = ['w16', 'w24', 'w12', 'w16', 'w8']

@customElement('ui-skeleton')
export class UiSkeleton extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      li {
        display: grid;
        grid-template-columns: 1.5rem minmax(0, 1fr) 4rem 1.75rem;
        gap: var(--s3);
        align-items: center;
        height: var(--skeleton-row, var(--row));
        border-bottom: var(--hair) solid var(--line);
      }
      ul.waiting {
        visibility: hidden;
      }
      .bone {
        display: block;
        height: 0.75rem;
        max-width: 100%;
        border-radius: var(--r-s);
        background: var(--press);
        animation: breathe 1.6s ease-in-out infinite;
      }
      .w1 {
        width: 1rem;
        height: 1rem;
      }
      .w4 {
        width: 4rem;
      }
      .w8 {
        width: 8rem;
      }
      .w12 {
        width: 12rem;
      }
      .w16 {
        width: 16rem;
      }
      .w24 {
        width: 24rem;
      }
      .tag {
        width: 1.75rem;
        height: 1.25rem;
      }
      @keyframes breathe {
        50% {
          opacity: 0.5;
        }
      }
    `,
  ]
  @property({ type: Number }) rows = 5
  /** What is loading, for those who do not see bones. */
  @property() label = 'Loading'
  @state() private shown = false

  #timer: ReturnType<typeof setTimeout> | undefined

  override connectedCallback() {
    super.connectedCallback()
    this.#timer = setTimeout(() => (this.shown = true), waitMs)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override render() {
    const row = (at: number) =>
      html`<li>
        <span class="bone w1"></span><span class="bone ${widths[at % widths.length]}"></span><span class="bone w4"></span
        ><span class="bone tag"></span>
      </li>`
    return html`<div role="group" aria-busy="true" aria-label=${this.label}>
      <ul class=${this.shown ? '' : 'waiting'} aria-hidden="true">
        ${Array.from({ length: this.rows }, (_, at) => row(at))}
      </ul>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-skeleton': UiSkeleton
  }
}
