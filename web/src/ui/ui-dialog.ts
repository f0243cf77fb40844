/** A question or a small form above the page. Slots: default (body), `foot` (buttons). Opens with `open`, sends `ui-close`. */
import { LitElement, css, html, nothing, type PropertyValues } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import dialogText from '../styles/dialog.css?inline'
import { kit } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { DialogClosedEvent } from './events.ts'
import './ui-icon.ts'

@customElement('ui-dialog')
export class UiDialog extends LitElement {
  static override styles = [
    ...kit,
    sheet(dialogText),
    css`
      :host {
        display: contents;
      }
      :host([size='wide']) .dialog {
        width: min(46rem, calc(100vw - 2rem));
      }
      :host([size='palette']) .dialog {
        width: min(40rem, calc(100vw - 1rem));
        margin-block-start: 12vh;
        max-height: 76vh;
      }
      :host([bare]) .dialog-body {
        display: block;
        padding: 0;
      }
      .dialog-foot.empty {
        display: none;
      }
      @media (max-width: 47.99rem) {
        .dialog-foot ::slotted(.btn) {
          flex: 1 1 auto;
        }
      }
      @media (max-width: 47.99rem) {
        :host([size='palette']) .dialog {
          margin-block-start: var(--s2);
          max-height: calc(100dvh - 1rem);
        }
      }
    `,
  ]
  @property() heading = ''
  @property({ type: Boolean, reflect: true }) open = false
  @property({ reflect: true }) size: 'normal' | 'wide' | 'palette' = 'normal'
  /** No head and no inset: the content draws its own. */
  @property({ type: Boolean, reflect: true }) bare = false
  /** A click beside it does not close it: for what is shown once, or was written at length. */
  @property({ type: Boolean }) sticky = false
  @query('dialog') private dialog!: HTMLDialogElement

  override render() {
    return html`<dialog class="dialog" aria-label=${this.heading} closedby=${this.sticky ? 'closerequest' : 'any'} @close=${this.#closed}>
      ${
        this.bare
          ? nothing
          : html`<div class="dialog-head">
              <h2>${this.heading}</h2>
              <button class="btn quiet only small" type="button" aria-label="Close" @click=${this.close}>
                <ui-icon name="close"></ui-icon>
              </button>
            </div>`
      }
      <div class="dialog-body"><slot></slot></div>
      <div class="dialog-foot empty"><slot name="foot" @slotchange=${this.#footed}></slot></div>
    </dialog>`
  }

  /** Closes it; focus returns to where it was. */
  close() {
    this.dialog.close()
  }

  protected override updated(changed: PropertyValues<this>) {
    if (!changed.has('open')) return
    if (this.open && !this.dialog.open) this.#show()
    if (!this.open && this.dialog.open) this.dialog.close()
  }

  #show() {
    this.dialog.showModal()
    // The cross comes first in the tree, but the reader came for what is inside.
    const wanted = ['[autofocus]', 'ui-field, ui-select, input, textarea, select', '[slot="foot"]']
      .map((what) => this.querySelector<HTMLElement>(what))
      .find(Boolean)
    if (wanted) requestAnimationFrame(() => wanted.focus())
  }

  #footed(event: Event) {
    const slot = event.target as HTMLSlotElement
    slot.parentElement?.classList.toggle('empty', slot.assignedElements().length === 0)
  }

  #closed() {
    this.open = false
    this.dispatchEvent(new DialogClosedEvent())
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-dialog': UiDialog
  }
}
