/** The mark: a block and the tenon that enters it. Use it at 16, 32 or 64 px. */
import { LitElement, css, html } from 'lit'
import { customElement } from 'lit/decorators.js'

@customElement('ui-mark')
export class UiMark extends LitElement {
  static override styles = css`
    :host {
      flex: none;
      display: inline-block;
      width: 1rem;
      height: 1rem;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
    }
    .block {
      fill: var(--ink);
    }
    .tenon {
      fill: var(--accent);
    }
    @media (forced-colors: active) {
      .block {
        fill: CanvasText;
      }
      .tenon {
        fill: Highlight;
      }
    }
  `

  override render() {
    return html`<svg viewBox="0 0 16 16" aria-hidden="true">
      <path class="block" d="M3 1h10a2 2 0 0 1 2 2v9h-4V5H5v7H1V3a2 2 0 0 1 2-2Z" />
      <path class="tenon" d="M6 6h4v9H6z" />
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-mark': UiMark
  }
}
