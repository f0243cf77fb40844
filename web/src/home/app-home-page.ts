/** The front door of somebody signed in: on to the organization that was open last, or to making the first one. */
import { LitElement, html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { api } from '../api.ts'
import { Query } from '../controllers/query.ts'
import { lastOrganization } from '../last-organization.ts'
import { newOrganizationPath, orgPath } from '../places.ts'
import { router } from '../router.ts'
import { page } from '../styles/shared.ts'

@customElement('app-home-page')
export class AppHomePage extends LitElement {
  static override styles = page

  #mine = new Query(this, (signal) => api.organizations.list.query({ limit: 100 }, { signal }))

  override render() {
    return this.#mine.render({ complete: () => html`<h1 class="vh">Opening</h1>` })
  }

  protected override updated() {
    const mine = this.#mine.value?.items
    if (!mine) return
    const open = mine.find(({ slug }) => slug === lastOrganization()) ?? mine[0]
    void router.go(open ? orgPath(open.slug) : newOrganizationPath, { replace: true })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-home-page': AppHomePage
  }
}
