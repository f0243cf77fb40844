/** The status of a task as the joint: empty, entering, seated. The word goes with it: `worded` shows it, else it is read aloud. */
import { LitElement, css, html, svg } from 'lit'
import { customElement, property } from 'lit/decorators.js'

export type GlyphStatus = 'todo' | 'doing' | 'done'

/** The word of a status, as people read it. */
export const statusWord: Record<GlyphStatus, string> = { todo: 'To do', doing: 'Doing', done: 'Done' }

const open = 'M3 13.25V5a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v8.25'
const drawing: Record<GlyphStatus, unknown> = {
  todo: svg`<path d=${open} />`,
  doing: svg`<path d=${open} /><path class="solid" d="M6 8h4v8H6z" />`,
  done: svg`<path class="solid" d="M2.25 5A2.75 2.75 0 0 1 5 2.25h6A2.75 2.75 0 0 1 13.75 5v8.25H2.25z" /><path class="tick" d="m5.25 7.9 2 2L10.9 6" />`,
}

@customElement('ui-glyph')
export class UiGlyph extends LitElement {
  static override styles = css`
    :host {
      flex: none;
      display: inline-flex;
      align-items: center;
      gap: 0.375rem;
      vertical-align: middle;
    }
    :host([status='todo']) svg {
      color: var(--ink-3);
    }
    :host([status='doing']) svg {
      color: var(--accent);
    }
    :host([status='done']) svg {
      color: var(--ok);
    }
    svg {
      flex: none;
      display: block;
      width: 1rem;
      height: 1rem;
      fill: none;
      stroke: currentcolor;
      stroke-width: 1.5;
    }
    .solid {
      fill: currentcolor;
      stroke: none;
    }
    .tick {
      stroke: var(--paper);
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .vh {
      position: absolute;
      width: 1px;
      height: 1px;
      margin: -1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    @media (forced-colors: active) {
      :host svg {
        color: CanvasText;
      }
      .tick {
        stroke: Canvas;
      }
    }
  `
  @property({ reflect: true }) status: GlyphStatus = 'todo'
  @property({ type: Boolean }) worded = false

  override render() {
    return html`<svg viewBox="0 0 16 16" aria-hidden="true">${drawing[this.status]}</svg
      ><span class=${this.worded ? '' : 'vh'}>${statusWord[this.status]}</span>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-glyph': UiGlyph
  }
}
