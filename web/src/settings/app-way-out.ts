/** The last rows of the settings: leave the organization, or delete it with everything in it. */
import type { Organization, OrganizationStats } from '@mortise/shared/organizations'
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { api } from '../api.ts'
import { Mutation } from '../controllers/mutation.ts'
import { Query } from '../controllers/query.ts'
import { problem } from '../messages.ts'
import { may } from '../permission.ts'
import { router } from '../router.ts'
import type { Person } from '../session.ts'
import settingsText from '../styles/settings.css?inline'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { ToastEvent } from '../ui/events.ts'
import { goneWithIt, held } from './what-goes.ts'
import '../ui/ui-confirm.ts'

@customElement('app-way-out')
export class WayOut extends LitElement {
  static override styles = [
    ...page,
    sheet(settingsText),
    css`
      :host {
        display: block;
      }
    `,
  ]

  @property({ attribute: false }) organization: Organization | null = null
  @property({ attribute: false }) person: Person | null = null
  @state() private asked: 'leave' | 'delete' | '' = ''

  #stats = new Query(this, (signal) => api.organizations.stats.query({ org: this.organization?.id ?? '' }, { signal }), {
    when: () => this.#mayDelete,
  })
    .follow('project.*')
    .follow('member.*')
  #leave = new Mutation(this, ({ id }: Organization) => api.members.remove.mutate({ org: id, user: this.person?.id ?? '' }), {
    failed: () => true,
  })
  #delete = new Mutation(this, ({ id }: Organization) => api.organizations.delete.mutate({ org: id }), { failed: () => true })

  get #mayDelete(): boolean {
    return may(this.organization, 'organization:delete')
  }

  override render() {
    const { organization } = this
    if (!organization) return nothing
    return html`<section class="section" aria-labelledby="out">
        <div class="section-head"><h2 id="out">${this.#mayDelete ? 'Leave or delete' : 'Leave'}</h2></div>
        <ul class="settings">
          ${row('Leave', 'You lose access; your work stays', html`<button class="btn small danger" type="button" @click=${() => (this.asked = 'leave')}>Leave organization</button>`)}
          ${
            this.#mayDelete
              ? row(
                  'Delete',
                  held(this.#stats.value),
                  html`<button class="btn small danger" type="button" @click=${() => (this.asked = 'delete')}>Delete organization</button>`,
                )
              : nothing
          }
        </ul>
      </section>
      ${this.#leaving(organization)}${this.#mayDelete ? this.#deleting(organization, this.#stats.value) : nothing}`
  }

  #leaving(organization: Organization) {
    return html`<ui-confirm
      danger
      ?open=${this.asked === 'leave'}
      heading="Leave ${organization.name}"
      keep="Stay"
      act="Leave organization"
      .consequences=${['Tasks that are assigned to you are assigned to nobody', 'What you wrote stays', 'Only a new invitation brings you back']}
      ?busy=${this.#leave.pending}
      @ui-confirm=${() => this.#go(this.#leave.run(organization), `You have left ${organization.name}.`)}
      @ui-close=${this.#close}
      >You lose access at once.
      ${this.#leave.error === undefined ? nothing : html`<div slot="more">${problem(this.#leave.error)}</div>`}</ui-confirm
    >`
  }

  #deleting(organization: Organization, stats: OrganizationStats | undefined) {
    return html`<ui-confirm
      danger
      ?open=${this.asked === 'delete'}
      heading="Delete ${organization.name}"
      keep="Keep organization"
      act="Delete organization"
      typed=${organization.slug}
      .consequences=${goneWithIt(stats)}
      ?busy=${this.#delete.pending}
      @ui-confirm=${() => this.#go(this.#delete.run(organization), `${organization.name} was deleted.`)}
      @ui-close=${this.#close}
      >Everyone loses access at once, and it cannot be brought back.
      ${this.#delete.error === undefined ? nothing : html`<div slot="more">${problem(this.#delete.error)}</div>`}</ui-confirm
    >`
  }

  #close = () => {
    this.asked = ''
    this.#leave.error = undefined
    this.#delete.error = undefined
  }

  async #go(done: Promise<null | undefined>, said: string) {
    if ((await done) === undefined) return
    this.#close()
    await router.go('/', { replace: true })
    document.dispatchEvent(new ToastEvent({ said }))
  }
}

const row = (name: string, hint: string, action: unknown) =>
  html`<li>
    <div class="setting">
      <div><span class="name">${name}</span><span class="hint key">${hint}</span></div>
      <div class="val"><span class="push"></span>${action}</div>
    </div>
  </li>`

declare global {
  interface HTMLElementTagNameMap {
    'app-way-out': WayOut
  }
}
