/** What an organization is called, where it lives, and how one leaves or deletes it. */
import { consume } from '@lit/context'
import type { Organization } from '@mortise/shared/organizations'
import { LitElement, css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { api } from '../api.ts'
import { personContext } from '../contexts.ts'
import { Query } from '../controllers/query.ts'
import { may } from '../permission.ts'
import { router } from '../router.ts'
import type { Person } from '../session.ts'
import settingsText from '../styles/settings.css?inline'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import sidesText from '../styles/sides.css?inline'
import { settingsPath } from '../places.ts'
import { ToastEvent } from '../ui/events.ts'
import { OrganizationEdit } from './organization-edit.ts'
import './app-way-out.ts'

const address = (slug: string) => `${location.host}/orgs/${slug}`

@customElement('app-settings-page')
export class SettingsPage extends LitElement {
  static override styles = [
    ...page,
    sheet(settingsText),
    sheet(sidesText),
    css`
      .note {
        margin-bottom: var(--s4);
      }
    `,
  ]

  @property() org = ''
  @consume({ context: personContext, subscribe: true }) person: Person | null = null

  #organization = new Query(this, (signal) => api.organizations.get.query({ org: this.org }, { signal }))
    .follow('organization.*')
    .follow('member.changed')

  #name = new OrganizationEdit(this, 'name', {
    words: {
      label: 'Name',
      hint: 'Shown in the switcher and to everyone who joins',
      act: 'Change name',
      isMono: false,
      shown: (name) => name,
      follows: [],
    },
    current: () => this.#organization.value,
    saved: (organization) => this.#saved(`The organization is now called ${organization.name}.`, organization),
  })
  #slug = new OrganizationEdit(this, 'slug', {
    words: {
      label: 'Address',
      hint: 'Lower case letters, digits and single hyphens',
      act: 'Change address',
      isMono: true,
      shown: address,
      follows: [
        'Links and bookmarks with the old address stop working',
        'Somebody else may take the old address',
        'Open invitation links keep working',
      ],
    },
    current: () => this.#organization.value,
    saved: (organization) => this.#saved(`The address is now ${organization.slug}.`, organization),
  })

  override render() {
    return html`<div class="head">
        <div>
          <h1 tabindex="-1">Settings</h1>
          <p>${this.#organization.value ? `For everyone in ${this.#organization.value.name}.` : '\u00a0'}</p>
        </div>
      </div>
      ${this.#organization.render({ complete: (organization) => this.#all(organization) })}`
  }

  #all(organization: Organization) {
    const mayEdit = may(organization, 'organization:update')
    return html`${mayEdit ? '' : onlyManagers}
      <section aria-labelledby="about">
        <div class="section-head"><h2 id="about">Organization</h2></div>
        <ul class="settings">
          ${mayEdit ? html`${this.#name.render()}${this.#slug.render()}` : html`${fact('Name', organization.name)}${fact('Address', address(organization.slug))}`}
        </ul>
      </section>
      <app-way-out .organization=${organization} .person=${this.person}></app-way-out>`
  }

  #saved(said: string, { slug }: Organization) {
    this.dispatchEvent(new ToastEvent({ said }))
    void this.#organization.reload()
    if (slug !== this.org) void router.go(settingsPath(slug), { replace: true })
  }
}

const onlyManagers = html`<div class="note info">
  <ui-icon name="info"></ui-icon>
  <p><b>Only owners and admins change these.</b> You can read them, and leave.</p>
</div>`

const fact = (name: string, value: string) =>
  html`<li>
    <div class="setting">
      <span class="name">${name}</span>
      <div class="val"><output>${value}</output></div>
    </div>
  </li>`

declare global {
  interface HTMLElementTagNameMap {
    'app-settings-page': SettingsPage
  }
}
