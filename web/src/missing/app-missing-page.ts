/** No page has this address, or its code did not arrive: plain words and a way back. */
import { LitElement, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { page } from '../styles/shared.ts'
import '../ui/ui-empty.ts'

@customElement('app-missing-page')
export class AppMissingPage extends LitElement {
  static override styles = page

  /** Why the page's code could not be loaded, if that is what happened. */
  @property({ attribute: false }) failure: unknown

  override render() {
    return this.failure === undefined ? this.#missing() : this.#failed()
  }

  #missing() {
    return html`<ui-empty level="1" drawing="away" heading="This page is not here">
      It may have been removed, or it belongs to an organization you are not signed in to.
      <a slot="action" class="btn primary" href="/">Go to the dashboard</a>
    </ui-empty>`
  }

  #failed() {
    return html`<ui-empty level="1" drawing="away" heading="This page could not be loaded">
      There may be a new version, or no connection. Nothing you saved is lost.
      <button slot="action" class="btn primary" type="button" @click=${() => location.reload()}>Load again</button>
    </ui-empty>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-missing-page': AppMissingPage
  }
}
