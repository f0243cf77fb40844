/** The addresses of the app, made in one place. */

export const orgPath = (org: string) => `/orgs/${encodeURIComponent(org)}`
export const projectsPath = (org: string) => `${orgPath(org)}/projects`
export const projectPath = (org: string, project: string) => `${projectsPath(org)}/${encodeURIComponent(project)}`
export const taskPath = (org: string, project: string, task: string) => `${projectPath(org, project)}/tasks/${encodeURIComponent(task)}`
export const membersPath = (org: string) => `${orgPath(org)}/members`
export const auditPath = (org: string) => `${orgPath(org)}/audit`
export const settingsPath = (org: string) => `${orgPath(org)}/settings`
export const accountPath = '/account'
export const newOrganizationPath = '/orgs/new'

/** Sign-in that comes back to where the reader was. */
export const signInPath = (next?: string) => (next && next !== '/' ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in')

/** Where to go after sign-in: only to an address of this app. */
export function nextPlace(url: URL): string {
  const next = url.searchParams.get('next') ?? '/'
  const target = URL.canParse(next, url.origin) ? new URL(next, url.origin) : url
  return target.origin === url.origin && next.startsWith('/') ? `${target.pathname}${target.search}${target.hash}` : '/'
}
