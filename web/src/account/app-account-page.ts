/** Somebody's own account: name, looks, sessions and the way out. */
import { consume } from '@lit/context'
import { accountUpdate } from '@mortise/shared/accounts'
import { LitElement, css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { api } from '../api.ts'
import { personContext } from '../contexts.ts'
import { Form } from '../controllers/form.ts'
import { Mutation } from '../controllers/mutation.ts'
import { session, type Person } from '../session.ts'
import settingsText from '../styles/settings.css?inline'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { density, setDensity, setTheme, theme, type Density, type Theme } from '../theme.ts'
import type { ChoiceEvent } from '../ui/events.ts'
import { clockTime } from '../ui/times.ts'
import './app-sessions.ts'
import '../ui/ui-confirm.ts'
import '../ui/ui-field.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-initials.ts'
import '../ui/ui-segment.ts'

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]
const densities = [
  { value: 'comfortable', label: 'Regular' },
  { value: 'compact', label: 'Dense' },
]
const signOutAt = '#sign-out'

@customElement('app-account-page')
export class AccountPage extends LitElement {
  static override styles = [
    ...page,
    sheet(settingsText),
    css`
      form {
        display: contents;
      }
      .summary:not(:empty) {
        margin-top: var(--s3);
      }
    `,
  ]

  @consume({ context: personContext, subscribe: true }) person: Person | null = null
  @state() private keptAt: Date | null = null
  @state() private isLeaving = location.hash === signOutAt

  #form: Form<typeof accountUpdate> = new Form(this, 'account', {
    schema: accountUpdate,
    values: () => ({ name: this.person?.name ?? '' }),
    submit: async ({ name }) => {
      if (name === this.person?.name) return
      const account = await api.accounts.update.mutate({ name })
      session.rename(account.name)
      this.keptAt = new Date()
    },
  })
  #signOut: Mutation<void, void> = new Mutation(this, () => session.end())

  override connectedCallback() {
    super.connectedCallback()
    addEventListener('theme-change', this.#changed)
    addEventListener('hashchange', this.#asked)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    removeEventListener('theme-change', this.#changed)
    removeEventListener('hashchange', this.#asked)
  }

  override render() {
    return html`<div class="head">
        <div>
          <h1 tabindex="-1">Your account</h1>
          <p>The same in every organization you belong to. Changes are kept as you make them.</p>
        </div>
      </div>
      <section aria-labelledby="you">
        <div class="section-head">
          <h2 id="you">You</h2>
          <span role="status"
            >${this.keptAt ? html`<span class="state ok"><ui-icon name="check" small></ui-icon>Kept at ${clockTime(this.keptAt)}</span>` : nothing}</span
          >
        </div>
        <form novalidate @submit=${this.#form.submit}>
          <div class="summary">${this.#form.summary()}</div>
          <ul class="settings">
            ${this.#name()} ${this.#theme()} ${this.#density()}
          </ul>
        </form>
      </section>
      <app-sessions></app-sessions>
      ${this.#wayOut()}`
  }

  #name() {
    return html`<li>
      <div class="setting">
        <div><span class="name">Name</span><span class="hint key">Others see it beside your work, or as your initials</span></div>
        <div class="val">
          <ui-field label="Name" label-hidden autocomplete="name" @change=${this.#form.submit} ${this.#form.field('name')}></ui-field
          ><ui-initials you name=${String(this.#form.value('name'))}></ui-initials>
        </div>
      </div>
    </li>`
  }

  #theme() {
    return html`<li>
      <div class="setting">
        <div><span class="name">Theme</span><span class="hint key">System follows your device</span></div>
        <div class="val">
          <ui-segment
            label="Theme"
            .options=${themes}
            value=${theme()}
            @ui-choice=${(event: ChoiceEvent) => setTheme(event.value as Theme)}
          ></ui-segment>
        </div>
      </div>
    </li>`
  }

  #density() {
    return html`<li>
      <div class="setting">
        <div><span class="name">Density</span><span class="hint key">Dense shows more rows on a wide window</span></div>
        <div class="val">
          <ui-segment
            label="Density"
            .options=${densities}
            value=${density()}
            @ui-choice=${(event: ChoiceEvent) => setDensity(event.value as Density)}
          ></ui-segment>
        </div>
      </div>
    </li>`
  }

  #wayOut() {
    const isGuest = this.person?.kind === 'guest'
    return html`<section class="section" aria-labelledby="out">
      <div class="section-head"><h2 id="out">Sign out</h2></div>
      <ul class="settings">
        <li>
          <div class="setting">
            <div>
              <span class="name">This device</span>
              <span class="hint key"
                >${isGuest ? 'You are a guest: this browser is the only way back to this account' : 'In every window of this browser'}</span
              >
            </div>
            <div class="val">
              <span class="push"></span
              ><button class="btn small ${isGuest ? 'danger' : ''}" type="button" @click=${this.#leave}>
                <ui-icon name="signOut" small></ui-icon>Sign out
              </button>
            </div>
          </div>
        </li>
      </ul>
      <ui-confirm
        danger
        ?open=${this.isLeaving && isGuest}
        heading="Sign out for good"
        keep="Stay signed in"
        act="Sign out"
        .consequences=${[`Nobody can sign in as ${this.person?.name ?? 'you'} again`, 'Organizations that only you belong to can no longer be opened', 'What you wrote elsewhere stays, signed with your name']}
        ?busy=${this.#signOut.pending}
        @ui-confirm=${() => this.#signOut.run()}
        @ui-close=${this.#stay}
        >A guest has no password and no email to come back with.</ui-confirm
      >
    </section>`
  }

  #leave = () => {
    if (this.person?.kind === 'guest') this.isLeaving = true
    else void this.#signOut.run()
  }

  #stay = () => {
    this.isLeaving = false
    if (location.hash === signOutAt) history.replaceState(history.state, '', location.pathname)
  }

  #changed = () => this.requestUpdate()
  #asked = () => (this.isLeaving = location.hash === signOutAt)
}

declare global {
  interface HTMLElementTagNameMap {
    'app-account-page': AccountPage
  }
}
