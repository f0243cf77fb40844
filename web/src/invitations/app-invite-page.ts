/** Where the link of an invitation leads: join, or learn why it does not work. The drawing tells the state too. */
import { consume } from '@lit/context'
import { LitElement, css, html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { personContext } from '../contexts.ts'
import { aRole } from '../members/roles.ts'
import { problem } from '../messages.ts'
import { orgPath } from '../places.ts'
import { router } from '../router.ts'
import { session, type Person } from '../session.ts'
import doorText from '../styles/door.css?inline'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { ToastEvent } from '../ui/events.ts'
import { invitation } from './invitation.ts'
import { emptyPlate, enteringPlate, closedPlate } from './plate.ts'
import '../ui/ui-initials.ts'
import '../ui/ui-mark.ts'

@customElement('app-invite-page')
export class InvitePage extends LitElement {
  static override styles = [
    ...page,
    sheet(doorText),
    css`
      .door h1 {
        overflow-wrap: anywhere;
      }
      .person {
        min-height: 1.25rem;
      }
      dd .hint {
        display: block;
      }
    `,
  ]

  @consume({ context: personContext, subscribe: true }) person: Person | null = null

  override connectedCallback() {
    super.connectedCallback()
    invitation.open()
    invitation.addEventListener('change', this.#changed)
    addEventListener('hashchange', this.#another)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    invitation.removeEventListener('change', this.#changed)
    removeEventListener('hashchange', this.#another)
  }

  override render() {
    const { words, plate } = { open: this.#open, joining: this.#open, used: this.#used, gone: this.#gone }[invitation.state]()
    return html`<div class="door">
      <div class="door-form">
        <header class="brand"><ui-mark></ui-mark>Mortise</header>
        <main id="main" tabindex="-1">${words}</main>
        <footer><a href="/docs" target="_blank" rel="noopener">API</a></footer>
      </div>
      ${plate}
    </div>`
  }

  #open = () => ({
    plate: enteringPlate,
    words: html`<h1 tabindex="-1">Join an organization</h1>
      <p>Somebody has made this link for you.</p>
      <dl class="invite-card">
        <div>
          <dt>Link</dt>
          <dd>Works once<small class="hint">Nobody can join with it after you</small></dd>
        </div>
        ${this.person ? this.#as(this.person) : nothing}
      </dl>
      <div class="ways">
        ${invitation.error === undefined ? nothing : problem(invitation.error, this.#join)}
        <button
          class="btn primary wide"
          type="button"
          aria-describedby="join-hint"
          aria-busy=${invitation.state === 'joining'}
          @click=${this.#join}
        >
          ${this.person ? 'Join' : 'Continue as guest'}
        </button>
        <p class="hint" id="join-hint">
          ${this.person ? 'You see its projects and people at once, and they see you.' : 'Joins at once, no email needed. You come back with this browser.'}
        </p>
        ${this.person ? html`<button class="btn quiet wide" type="button" @click=${() => void router.go('/')}>Not now</button>` : nothing}
      </div>`,
  })

  #as = ({ name }: Person) =>
    html`<div>
      <dt>You join as</dt>
      <dd>
        <span class="person"
          ><ui-initials you name=${name}></ui-initials><span><b>${name}</b></span></span
        >
      </dd>
    </div>`

  #used = () => ({
    plate: closedPlate,
    words: html`<h1 tabindex="-1">This invitation is used up</h1>
      <p>Each link admits one person, and somebody has joined with this one.</p>
      <div class="ways">
        ${this.#onwards()}
        <p class="hint">
          If that was you, you are a member already. If it was not, tell whoever sent it: they see who joined and can remove them.
        </p>
      </div>`,
  })

  #gone = () => ({
    plate: emptyPlate,
    words: html`<h1 tabindex="-1">This invitation does not work</h1>
      <p>It has expired, was taken back, or a part of the link is missing. Ask whoever sent it for a new one.</p>
      <div class="ways">
        ${this.#onwards()}
        <p class="hint">If you are already a member, you do not need a link.</p>
      </div>`,
  })

  #onwards = () =>
    this.person
      ? html`<a class="btn primary wide" href="/">Open Mortise</a>`
      : html`<a class="btn primary wide" href="/sign-in">Sign in</a>`

  #changed = () => this.requestUpdate()

  // A second link opened in the same tab changes nothing but the hash.
  #another = () => location.hash && invitation.open()

  #join = async () => {
    if (session.state === 'lost') return
    const organization = await invitation.join()
    if (!organization) return
    await router.go(orgPath(organization.slug), { replace: true })
    document.dispatchEvent(new ToastEvent({ said: `You have joined ${organization.name} as ${aRole[organization.role]}.` }))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-invite-page': InvitePage
  }
}
