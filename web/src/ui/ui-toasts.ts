/** The stack of what was just done: each stays 8 s, longer while it has focus or the pointer, and may be undone. */
import { LitElement, css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { kit } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import toastsText from '../styles/toasts.css?inline'
import type { Toast } from './events.ts'
import './ui-icon.ts'
import './ui-kbd.ts'

type Shown = Toast & { id: number; leftMs: number }

const staysMs = 8_000
const tickMs = 250
const atMost = 3

@customElement('ui-toasts')
export class UiToasts extends LitElement {
  static override styles = [
    ...kit,
    sheet(toastsText),
    css`
      :host {
        display: contents;
      }
      .floats {
        z-index: 45;
      }
      /* Without a toast nothing of the stack is seen, its ground included. */
      .floats:not(:has(.toast)) {
        background: none;
      }
      .toast > ui-icon.bad {
        color: var(--bad);
      }
    `,
  ]

  @state() private shown: Shown[] = []
  #held = false
  #next = 1
  #clock: ReturnType<typeof setInterval> | undefined

  /** Shows one more; the oldest makes room. */
  add(toast: Toast) {
    this.shown = [...this.shown, { ...toast, id: this.#next++, leftMs: staysMs }].slice(-atMost)
    this.#clock ??= setInterval(() => this.#tick(), tickMs)
  }

  /** Takes back the newest that can be taken back. */
  undoLast() {
    const last = this.#undoable
    if (last) this.#undo(last)
  }

  get #undoable(): Shown | undefined {
    return this.shown.findLast(({ undo }) => undo !== undefined)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#stop()
  }

  override render() {
    return html`<div
      class="floats"
      role="status"
      aria-live="polite"
      @pointerenter=${this.#hold}
      @pointerleave=${this.#release}
      @focusin=${this.#hold}
      @focusout=${this.#release}
    >
      ${repeat(
        this.shown,
        (toast) => toast.id,
        (toast) => this.#line(toast),
      )}
    </div>`
  }

  #line(toast: Shown) {
    const bad = toast.tone === 'bad'
    return html`<div class="toast">
      <ui-icon name=${bad ? 'bad' : 'ok'} class=${bad ? 'bad' : ''}></ui-icon>
      <span class="said"><span class="cut">${toast.said}</span></span>
      ${
        toast.undo
          ? html`<button class="btn quiet small" type="button" @click=${() => this.#undo(toast)}>
              Undo${toast === this.#undoable ? html`<ui-kbd keys="Z" aria-hidden="true"></ui-kbd>` : nothing}
            </button>`
          : nothing
      }
      <button class="btn quiet only small" type="button" aria-label="Dismiss" @click=${() => this.#drop(toast)}>
        <ui-icon name="close" small></ui-icon>
      </button>
    </div>`
  }

  #undo(toast: Shown) {
    this.#drop(toast)
    toast.undo?.()
  }

  #drop(toast: Shown) {
    this.shown = this.shown.filter(({ id }) => id !== toast.id)
    if (this.shown.length === 0) this.#stop()
  }

  #hold = () => (this.#held = true)
  #release = () => (this.#held = false)

  #tick() {
    if (this.#held) return
    for (const toast of this.shown) {
      toast.leftMs -= tickMs
      if (toast.leftMs <= 0) this.#drop(toast)
    }
  }

  #stop() {
    clearInterval(this.#clock)
    this.#clock = undefined
    this.#held = false
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-toasts': UiToasts
  }
}
