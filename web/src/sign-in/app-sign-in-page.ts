/** The door: come in as a guest, with an organization of one's own or into the demo. */
import { LitElement, html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { api } from '../api.ts'
import { Mutation } from '../controllers/mutation.ts'
import { Query } from '../controllers/query.ts'
import { problem } from '../messages.ts'
import { nextPlace, orgPath } from '../places.ts'
import { router } from '../router.ts'
import { session } from '../session.ts'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import doorText from '../styles/door.css?inline'
import { joint } from './joint.ts'
import '../ui/ui-mark.ts'

@customElement('app-sign-in-page')
export class SignInPage extends LitElement {
  static override styles = [...page, sheet(doorText)]

  #about = new Query(this, (signal) => api.system.about.query(undefined, { signal }))
  #enter = new Mutation(this, (joinDemo: boolean) => api.sessions.guest.mutate({ joinDemo }), { failed: () => true })

  override render() {
    const demo = this.#about.value?.demo
    return html`<div class="door">
      <div class="door-form">
        <header class="brand"><ui-mark></ui-mark>Mortise</header>
        <main id="main" tabindex="-1">
          <h1 tabindex="-1">Sign in</h1>
          <p>Organizations, projects and tasks that stay in step for everyone looking at them.</p>
          <div class="ways">
            ${this.#enter.error === undefined ? nothing : problem(this.#enter.error, () => this.#come(false))}
            <button
              class="btn primary wide"
              type="button"
              aria-describedby="guest-hint"
              aria-busy=${this.#enter.pending}
              @click=${() => this.#come(false)}
            >
              Continue as guest
            </button>
            <p class="hint" id="guest-hint">An organization of your own, private until you invite somebody. No email needed.</p>
            ${demo ? this.#demo() : nothing}
          </div>
        </main>
        <footer>
          <a href="/docs" target="_blank" rel="noopener">API</a
          >${this.#about.value ? html`<span>Version ${this.#about.value.version}</span>` : nothing}
        </footer>
      </div>
      ${joint}
    </div>`
  }

  #demo() {
    return html`<button class="btn wide" type="button" aria-describedby="demo-hint" @click=${() => this.#come(true)}>
        Look around the demo organization
      </button>
      <p class="hint" id="demo-hint">Shared with other visitors, edits are seen at once. Open it in two windows.</p>`
  }

  async #come(joinDemo: boolean) {
    if (this.#enter.pending) return
    const signedIn = await this.#enter.run(joinDemo)
    if (!signedIn) return
    const demo = this.#about.value?.demo
    // The address decides where the app goes as soon as somebody is signed in.
    if (joinDemo && demo) history.replaceState(null, '', `/sign-in?next=${encodeURIComponent(orgPath(demo))}`)
    const place = nextPlace(new URL(location.href))
    session.begin(signedIn)
    await router.go(place, { replace: true })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-sign-in-page': SignInPage
  }
}
