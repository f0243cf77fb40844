/** Whether what is shown is still true: live, reconnecting or offline, as a shape and a word. */
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { live, type Presence } from '../controllers/subscription.ts'
import type { IconName } from '../ui/icons.ts'
import { LightElement } from './light-element.ts'

const pictures: Record<Exclude<Presence, 'idle'>, { word: string; icon: IconName; kind: string }> = {
  live: { word: 'Live', icon: 'live', kind: 'live' },
  reconnecting: { word: 'Reconnecting', icon: 'waiting', kind: 'wait' },
  offline: { word: 'Offline', icon: 'offline', kind: 'off' },
}

@customElement('app-presence')
export class AppPresence extends LightElement {
  #changed = () => this.requestUpdate()

  override connectedCallback() {
    super.connectedCallback()
    live.addEventListener('change', this.#changed)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    live.removeEventListener('change', this.#changed)
  }

  override render() {
    if (live.presence === 'idle') return nothing
    const { word, icon, kind } = pictures[live.presence]
    return html`<span class="presence ${kind}" role="status"><ui-icon name=${icon} small></ui-icon>${word}</span>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-presence': AppPresence
  }
}
