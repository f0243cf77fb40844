/** Keys as they are pressed: `Ctrl K` together, `g p` one after the other. */
import { LitElement, css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { base } from '../styles/shared.ts'

const shown: Record<string, string> = { enter: '↵', up: '↑', down: '↓', left: '←', right: '→', escape: 'Esc' }

@customElement('ui-kbd')
export class UiKbd extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        gap: var(--s1);
        align-items: center;
        flex: none;
      }
    `,
  ]

  /** Key names, separated by spaces. */
  @property() keys = ''

  override render() {
    return this.keys.split(' ').map((key) => html`<kbd>${shown[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key)}</kbd>`)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-kbd': UiKbd
  }
}
