/** The strip that says that nothing new arrives, once that has lasted; and the word when it is over. */
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { live } from '../controllers/subscription.ts'
import { ToastEvent } from '../ui/events.ts'
import { clockTime } from '../ui/times.ts'
import { LightElement } from './light-element.ts'
import '../ui/ui-icon.ts'

/** A short break is nobody's business. */
const patienceMs = 5_000

@customElement('app-offline')
export class AppOffline extends LightElement {
  @state() private isShown = false
  #timer: ReturnType<typeof setTimeout> | undefined

  override connectedCallback() {
    super.connectedCallback()
    live.addEventListener('change', this.#changed)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
    live.removeEventListener('change', this.#changed)
  }

  override render() {
    if (!this.isShown) return nothing
    const since = clockTime(live.inStepAt)
    return html`<div class="strip" role="status">
      <ui-icon name="warn"></ui-icon>
      ${
        navigator.onLine
          ? html`<span><b>Reconnecting.</b> What you see is from ${since}. You can go on reading.</span>`
          : html`<span><b>You are offline.</b> What you see is from ${since}. Changes cannot be saved until you are back.</span>`
      }
      <button class="btn small push" type="button" @click=${() => live.retry()}>Try now</button>
    </div>`
  }

  #changed = () => {
    clearTimeout(this.#timer)
    if (live.presence === 'offline') this.isShown = true
    else if (live.presence === 'reconnecting') this.#timer = setTimeout(() => (this.isShown = true), patienceMs)
    else this.#back()
  }

  #back() {
    if (this.isShown && live.presence === 'live') this.dispatchEvent(new ToastEvent({ said: 'Back in step.' }))
    this.isShown = false
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-offline': AppOffline
  }
}
