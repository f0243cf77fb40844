/** The session ended under the reader's hands: says so over the page, and leaves the page as it is. */
import { LitElement, html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { signInPath } from '../places.ts'
import { kit } from '../styles/shared.ts'
import '../ui/ui-dialog.ts'

@customElement('app-session-lost')
export class AppSessionLost extends LitElement {
  static override styles = kit
  @state() private isOpen = true

  override render() {
    return html`<ui-dialog heading="Your session has ended" ?open=${this.isOpen} @ui-close=${() => (this.isOpen = false)}>
      <p>It was ended from another device, or it lasted too long. What you typed is kept in this tab and comes back after you sign in.</p>
      <button slot="foot" class="btn" type="button" @click=${() => (this.isOpen = false)}>Stay on this page</button>
      <a slot="foot" class="btn primary" href=${signInPath(location.pathname + location.search)}>Sign in again</a>
    </ui-dialog>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-session-lost': AppSessionLost
  }
}
