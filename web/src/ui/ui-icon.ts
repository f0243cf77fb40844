/** One drawing, 16 px (12 px when `small`), in the colour of the words beside it. Always decoration: the words carry the meaning. */
import { LitElement, css, html, svg, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { icons, type IconName } from './icons.ts'

/** A drawing of one stroke without an element around it, for every row of a long list; `.drawn` has its size and stroke there. */
export const drawn = (name: IconName): TemplateResult =>
  html`<svg class="drawn" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${icons[name]} /></svg>`

@customElement('ui-icon')
export class UiIcon extends LitElement {
  static override styles = css`
    :host {
      flex: none;
      display: inline-block;
      width: 1rem;
      height: 1rem;
      fill: none;
      stroke: currentcolor;
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    :host([small]) {
      width: 0.75rem;
      height: 0.75rem;
    }
    :host([name='waiting']),
    :host([name='offline']) {
      stroke-width: 2.75;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
    }
    .solid {
      fill: currentcolor;
    }
  `
  @property({ reflect: true }) name: IconName = 'info'
  @property({ type: Boolean, reflect: true }) small = false

  override render() {
    return html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${this.#drawing()}</svg>`
  }

  #drawing() {
    // The two filled drawings; the rest of the set is one stroke each.
    if (this.name === 'theme') return svg`<circle cx="12" cy="12" r="8.5" /><path class="solid" d="M12 3.5v17a8.5 8.5 0 0 0 0-17Z" />`
    if (this.name === 'live') return svg`<circle class="solid" cx="12" cy="12" r="5" />`
    return svg`<path d=${icons[this.name]} />`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-icon': UiIcon
  }
}
