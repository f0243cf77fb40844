/** The commands that hold everywhere. */
import type { Command } from '../commands.ts'
import type { Organization } from '@mortise/shared/organizations'
import { may } from '../permission.ts'
import { accountPath, auditPath, membersPath, newOrganizationPath, orgPath, projectsPath, settingsPath } from '../places.ts'
import { router } from '../router.ts'
import { session } from '../session.ts'
import { switchTheme } from '../theme.ts'
import { ShowEvent } from './show-event.ts'
import { signOut } from './sign-out.ts'

const theme: Command = { id: 'app.theme', label: 'Switch theme', icon: 'theme', group: 'Commands', run: switchTheme }
const show = (what: 'palette' | 'help') => () => document.dispatchEvent(new ShowEvent(what))

const go = (id: string, label: string, icon: Command['icon'], path: string, keys?: string): Command => ({
  id: `go.${id}`,
  label,
  icon,
  keys,
  group: 'Go to',
  run: () => router.go(path),
})

const placesOf = (org: string, organization: Organization | null): Command[] => [
  go('dashboard', 'Dashboard', 'dashboard', orgPath(org), 'g d'),
  go('projects', 'Projects', 'projects', projectsPath(org), 'g p'),
  go('members', 'Members', 'members', membersPath(org), 'g m'),
  ...(may(organization, 'audit:read') ? [go('audit', 'Audit', 'history', auditPath(org), 'g u')] : []),
  go('settings', 'Settings', 'settings', settingsPath(org), 'g s'),
]

/**
 * What can be done on every page, for somebody in `org` (empty: in none yet), which is `organization` once that is known. `undo` takes
 * back what was done last.
 */
export function appCommands(org: string, organization: Organization | null, undo: () => void): Command[] {
  if (session.state !== 'in') return [theme]
  return [
    { id: 'app.palette', label: 'Find or do something', keys: 'Ctrl K', group: 'Everywhere', unlisted: true, run: show('palette') },
    { id: 'app.search', label: 'Search', keys: '/', group: 'Everywhere', unlisted: true, run: show('palette') },
    { id: 'app.undo', label: 'Undo the last change', keys: 'z', group: 'Everywhere', unlisted: true, run: undo },
    ...(org ? placesOf(org, organization) : []),
    go('account', 'Account', 'user', accountPath, 'g a'),
    {
      id: 'organization.create',
      label: 'Create an organization',
      icon: 'plus',
      group: 'Commands',
      run: () => router.go(newOrganizationPath),
    },
    { id: 'app.help', label: 'Show shortcuts', icon: 'keyboard', keys: '?', group: 'Commands', run: show('help') },
    theme,
    { id: 'app.sign-out', label: 'Sign out', icon: 'signOut', group: 'Commands', run: signOut },
  ]
}
