/** Where one is and can go: organizations, places, account. On a phone it is the dock. */
import type { Organization } from '@mortise/shared/organizations'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { Permission } from '@mortise/shared/permissions'
import { may } from '../permission.ts'
import { auditPath, membersPath, orgPath, projectsPath, settingsPath } from '../places.ts'
import type { Person } from '../session.ts'
import type { IconName } from '../ui/icons.ts'
import { accountMenu, moreMenu, organizationsMenu } from './menus.ts'
import { LightElement } from './light-element.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-initials.ts'
import '../ui/ui-mark.ts'

type Place = { nav: string; label: string; icon: IconName; path: (org: string) => string; needs?: Permission }

const places: Place[] = [
  { nav: 'dashboard', label: 'Dashboard', icon: 'dashboard', path: orgPath },
  { nav: 'projects', label: 'Projects', icon: 'projects', path: projectsPath },
  { nav: 'members', label: 'Members', icon: 'members', path: membersPath },
  { nav: 'audit', label: 'Audit', icon: 'history', path: auditPath, needs: 'audit:read' },
  { nav: 'settings', label: 'Settings', icon: 'settings', path: settingsPath },
]

const dockPlaces = 4

const roleWord = { owner: 'Owner', admin: 'Admin', member: 'Member', viewer: 'Viewer' }

@customElement('app-rail')
export class AppRail extends LightElement {
  @property({ attribute: false }) organization: Organization | null = null
  /** Slug or id of the open organization, known before the organization is. */
  @property() org = ''
  @property({ attribute: false }) organizations: Organization[] = []
  @property({ attribute: false }) person: Person | null = null
  @property() current = ''

  override render() {
    return html`<nav class="rail" aria-label="Main">
        <div class="rail-in">
          <button class="org" type="button" popovertarget="organizations">
            <ui-mark></ui-mark><span class="cut">${this.organization?.name ?? 'Mortise'}</span><ui-icon name="updown"></ui-icon>
          </button>
          <div class="nav">
            ${this.org ? this.#places(this.org) : nothing}
            <button class="dock-more phone" type="button" popovertarget="more"><ui-icon name="more"></ui-icon>More</button>
          </div>
          ${this.person ? this.#me(this.person) : nothing}
        </div>
      </nav>
      ${organizationsMenu(this.organizations, this.organization)}${accountMenu()}${moreMenu(this.org && may(this.organization, 'audit:read') ? settingsPath(this.org) : null)}`
  }

  #places(org: string) {
    const open = places.filter(({ needs }) => needs === undefined || may(this.organization, needs))
    // the dock of a phone has room for four; what comes later waits behind More
    return open.map(
      ({ nav, label, icon, path }, at) =>
        html`<a class=${at < dockPlaces ? '' : 'not-docked'} href=${path(org)} aria-current=${nav === this.current ? 'page' : nothing}
          ><ui-icon name=${icon}></ui-icon>${label}</a
        >`,
    )
  }

  #me(person: Person) {
    const role = this.organization ? roleWord[this.organization.role] : person.kind === 'guest' ? 'Guest' : ''
    return html`<button class="me" type="button" popovertarget="account" aria-current=${this.current === 'account' ? 'page' : nothing}>
      <ui-initials you name=${person.name}></ui-initials><span class="cut">${person.name}<small>${role}</small></span
      ><ui-icon name="updown"></ui-icon>
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-rail': AppRail
  }
}
