/** Nothing here yet: what belongs here in one sentence (default slot), and the one action (slot `action`). */
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { base } from '../styles/shared.ts'

@customElement('ui-empty')
export class UiEmpty extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: start;
        gap: var(--s1);
        padding-block: var(--s1) var(--s4);
      }
      svg {
        width: 4rem;
        height: 4rem;
        margin: 0 0 var(--s2) -4px;
      }
      :host([drawing='away']) svg {
        width: 6.5rem;
      }
      h2 {
        font-size: var(--t20);
        line-height: var(--l20);
        letter-spacing: -0.012em;
      }
      p {
        color: var(--ink-2);
        max-width: 48ch;
      }
      .row {
        margin-top: var(--s3);
      }
      path {
        vector-effect: non-scaling-stroke;
        stroke-width: 1.25;
      }
      .block {
        fill: var(--paper);
        stroke: var(--ink-3);
      }
      .missing {
        fill: none;
        stroke: var(--edge);
        stroke-width: 1;
        stroke-dasharray: 3 3;
      }
      .away {
        fill: var(--tint);
        stroke: var(--accent);
      }
    `,
  ]
  @property() heading = ''
  /** `empty` (the tenon is still missing), `away` (it lies beside), `none` for a list whose filter hides everything. */
  @property({ reflect: true }) drawing: 'empty' | 'away' | 'none' = 'empty'
  /** Level of the heading: 2, or 1 where it is the page's title. */
  @property({ type: Number }) level = 2

  override render() {
    return html`${this.#drawing()}${this.level === 1 ? html`<h1 tabindex="-1">${this.heading}</h1>` : html`<h2>${this.heading}</h2>`}
      <p><slot></slot></p>
      <div class="row"><slot name="action"></slot></div>`
  }

  #drawing() {
    if (this.drawing === 'none') return nothing
    const away = this.drawing === 'away'
    return html`<svg viewBox=${away ? '0 0 26 16' : '0 0 16 16'} aria-hidden="true">
      <path class="block" d="M3 1h10a2 2 0 0 1 2 2v9h-4V5H5v7H1V3a2 2 0 0 1 2-2Z" />
      <path class="missing" d="M6 6h4v9H6z" />
      <path class="away" d=${away ? 'm18.2 6.9 3.9-1 2.3 8.8-3.9 1z' : 'M0 0'} />
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-empty': UiEmpty
  }
}
