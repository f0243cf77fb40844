/** Progress as 25 marks of a steel rule; every fifth is long. The figures stand in words beside it. */
import { LitElement, css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'

const marks = 25
const mark = (at: number) => `M${at * 5 + 1} 12V${at % 5 === 0 ? 2 : 6}`

/** How many of the 25 marks are reached: none only for nothing, all only for everything. */
export function marksFor(done: number, of: number): number {
  if (of <= 0 || done <= 0) return 0
  if (done >= of) return marks
  return Math.min(marks - 1, Math.max(1, Math.round((done / of) * marks)))
}

@customElement('ui-rule')
export class UiRule extends LitElement {
  static override styles = css`
    :host {
      display: block;
      flex: none;
      width: 8rem;
      height: 0.75rem;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
    }
    path {
      fill: none;
      stroke-width: 1;
      shape-rendering: crispedges;
      stroke: var(--line-2);
    }
    .on {
      stroke: var(--accent);
      stroke-width: 2;
    }
    @media (forced-colors: active) {
      path {
        stroke: CanvasText;
      }
      .on {
        stroke: Highlight;
      }
    }
  `
  @property({ type: Number }) done = 0
  @property({ type: Number }) of = 0

  override render() {
    const reached = marksFor(this.done, this.of)
    const all = Array.from({ length: marks }, (_, at) => mark(at))
    return html`<svg viewBox="0 0 128 12" aria-hidden="true">
      <path d=${all.slice(reached).join('')} />
      <path class="on" d=${all.slice(0, reached).join('')} />
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-rule': UiRule
  }
}
