/** Where one is in words, the way to search, and whether what is shown is still true. */
import type { Organization } from '@mortise/shared/organizations'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { Crumb } from '../page-named-event.ts'
import { orgPath } from '../places.ts'
import { switchTheme } from '../theme.ts'
import { ShowEvent } from './show-event.ts'
import { LightElement } from './light-element.ts'
import './app-presence.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-mark.ts'

@customElement('app-top')
export class AppTop extends LightElement {
  @property({ attribute: false }) organization: Organization | null = null
  @property({ attribute: false }) above: Crumb[] = []
  @property() here = ''

  override render() {
    const name = this.organization?.name ?? 'Mortise'
    return html`<header class="top">
      <button class="top-org phone" type="button" popovertarget="organizations" aria-label="Switch organization, now ${name}">
        <ui-mark></ui-mark><ui-icon name="updown"></ui-icon>
      </button>
      <nav class="crumbs" aria-label="Breadcrumb">
        <ol>
          ${this.organization ? this.#crumb({ label: name, href: orgPath(this.organization.slug) }) : html`<li><span>Mortise</span></li>`}
          ${this.above.map((crumb) => this.#crumb(crumb))}
          ${this.here ? html`<li><span aria-current="page">${this.here}</span></li>` : nothing}
        </ol>
      </nav>
      <button class="find-button wide-only" type="button" aria-keyshortcuts="/" @click=${this.#find}>
        <ui-icon name="search"></ui-icon><span>Search</span><kbd>/</kbd>
      </button>
      <app-presence></app-presence>
      <button class="btn quiet only small phone" type="button" aria-label="Search" @click=${this.#find}>
        <ui-icon name="search"></ui-icon>
      </button>
      <button class="btn quiet only small wide-only" type="button" aria-label="Switch between light and dark" @click=${switchTheme}>
        <ui-icon name="theme"></ui-icon>
      </button>
    </header>`
  }

  #crumb({ label, href }: Crumb) {
    return html`<li><a href=${href}>${label}</a></li>`
  }

  #find() {
    document.dispatchEvent(new ShowEvent('palette'))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-top': AppTop
  }
}
