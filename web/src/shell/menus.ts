/** The menus of the shell: organizations, account, and what does not fit the dock. */
import type { Organization } from '@mortise/shared/organizations'
import { html, nothing } from 'lit'
import { accountPath, newOrganizationPath, orgPath } from '../places.ts'
import { switchTheme } from '../theme.ts'
import { ShowEvent } from './show-event.ts'
import { signOut } from './sign-out.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-initials.ts'
import '../ui/ui-kbd.ts'
import '../ui/ui-menu.ts'

const show = (what: 'palette' | 'help') => () => document.dispatchEvent(new ShowEvent(what))

const line = (organization: Organization, isOpen: boolean) =>
  html`<a href=${orgPath(organization.slug)} aria-current=${isOpen ? 'true' : nothing}>
    <ui-initials name=${organization.name}></ui-initials
    ><span class="cut">${organization.name}</span>${isOpen ? html`<ui-icon class="push" name="check"></ui-icon>` : nothing}
  </a>`

export const organizationsMenu = (all: Organization[], open: Organization | null) =>
  html`<ui-menu id="organizations" label="Organizations">
    ${
      all.length > 0
        ? html`<p class="menu-label">Organizations</p>
            ${all.map((organization) => line(organization, organization.id === open?.id))}
            <hr />`
        : nothing
    }
    <a href=${newOrganizationPath}><ui-icon name="plus"></ui-icon>Create an organization</a>
  </ui-menu>`

const theme = html`<button type="button" @click=${switchTheme}><ui-icon name="theme"></ui-icon>Switch theme</button>`
const account = html`<a href=${accountPath}><ui-icon name="user"></ui-icon>Open account</a>`
const leave = html`<button type="button" @click=${signOut}><ui-icon name="signOut"></ui-icon>Sign out</button>`

export const accountMenu = () =>
  html`<ui-menu id="account" up label="Account">
    ${account}
    <button type="button" @click=${show('help')}>
      <ui-icon name="keyboard"></ui-icon>Show shortcuts<ui-kbd class="push" keys="?"></ui-kbd>
    </button>
    ${theme}
    <hr />
    ${leave}
  </ui-menu>`

/** `settings`: where the settings are, when the dock has no room for them. */
export const moreMenu = (settings: string | null) =>
  html`<ui-menu id="more" up from-end label="More">
    ${settings === null ? nothing : html`<a href=${settings}><ui-icon name="settings"></ui-icon>Settings</a>`} ${account}${theme}
    <hr />
    ${leave}
  </ui-menu>`
