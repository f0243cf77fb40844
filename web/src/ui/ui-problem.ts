/** What went wrong, what to do about it, and the request id to copy. Sends `ui-retry` when it may be tried again. */
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import noticesText from '../styles/notices.css?inline'
import { kit } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { RetryEvent } from './events.ts'
import './ui-icon.ts'

@customElement('ui-problem')
export class UiProblem extends LitElement {
  static override styles = [
    ...kit,
    sheet(noticesText),
    css`
      :host {
        display: block;
      }
    `,
  ]

  /** One sentence: what did not work. */
  @property() heading = ''
  /** What is safe and what to do. */
  @property() advice = ''
  @property({ attribute: 'request-id' }) requestId = ''
  /** Offer to try again. */
  @property({ type: Boolean }) retry = false
  @property() tone: 'bad' | 'warn' | 'info' = 'bad'
  @state() private copied = false

  override render() {
    return html`<div class="note ${this.tone}" role="alert">
      <ui-icon name=${this.tone}></ui-icon>
      <div>
        <p><b>${this.heading}</b> ${this.advice}</p>
        <div class="row" ?hidden=${!this.retry && !this.requestId}>
          ${this.retry ? html`<button class="btn small" type="button" @click=${() => this.dispatchEvent(new RetryEvent())}>Try again</button>` : nothing}
          ${this.requestId ? this.#request() : nothing}
        </div>
      </div>
    </div>`
  }

  #request() {
    return html`<span class="request"
      ><span class="muted">Request</span><code>${this.requestId}</code
      ><button class="btn small" type="button" @click=${this.#copy}>
        <ui-icon name=${this.copied ? 'check' : 'copy'} small></ui-icon>${this.copied ? 'Copied' : 'Copy'}
      </button></span
    >`
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.requestId)
      this.copied = true
    } catch {
      // No permission, or no clipboard outside https: select the id so that the reader's own copy takes it.
      const id = this.renderRoot.querySelector('code')
      if (id) getSelection()?.selectAllChildren(id)
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-problem': UiProblem
  }
}
