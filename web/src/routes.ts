/** Every page of the app: its address, its code, its place. The first that matches wins. */
import { html } from 'lit'
import { once } from './load-once.ts'
import type { Params, Route } from './router.ts'
import { loadTaskPanel } from './tasks/load-task-panel.ts'

const loadProject = once(() => import('./projects/app-project-page.ts'))

const org = (params: Params) => params['org'] ?? ''

export const routes: Route[] = [
  {
    path: '/',
    title: 'Mortise',
    place: 'app',
    load: once(() => import('./home/app-home-page.ts')),
    render: () => html`<app-home-page></app-home-page>`,
  },
  {
    path: '/sign-in',
    title: 'Sign in',
    place: 'door',
    load: once(() => import('./sign-in/app-sign-in-page.ts')),
    render: () => html`<app-sign-in-page></app-sign-in-page>`,
  },
  {
    path: '/orgs/new',
    title: 'New organization',
    place: 'app',
    load: once(() => import('./organizations/app-new-organization-page.ts')),
    render: () => html`<app-new-organization-page></app-new-organization-page>`,
  },
  {
    path: '/orgs/:org',
    title: 'Dashboard',
    place: 'app',
    nav: 'dashboard',
    load: once(() => import('./dashboard/app-dashboard-page.ts')),
    render: (params) => html`<app-dashboard-page .org=${org(params)}></app-dashboard-page>`,
  },
  {
    path: '/orgs/:org/projects',
    title: 'Projects',
    place: 'app',
    nav: 'projects',
    load: once(() => import('./projects/app-projects-page.ts')),
    render: (params) => html`<app-projects-page .org=${org(params)}></app-projects-page>`,
  },
  {
    path: '/orgs/:org/projects/:project{/tasks/:task}?',
    title: 'Project',
    place: 'app',
    nav: 'projects',
    // The list stays while its tasks are opened and closed beside it.
    about: ({ org, project }) => [org, project],
    load: ({ task }) => Promise.all([loadProject(), task ? loadTaskPanel() : undefined]),
    render: (params) =>
      html`<app-project-page
        class="fluid"
        .org=${org(params)}
        .project=${params['project'] ?? ''}
        .task=${params['task'] ?? ''}
      ></app-project-page>`,
  },
  {
    path: '/orgs/:org/members',
    title: 'Members',
    place: 'app',
    nav: 'members',
    load: once(() => import('./members/app-members-page.ts')),
    render: (params) => html`<app-members-page .org=${org(params)}></app-members-page>`,
  },
  {
    path: '/orgs/:org/audit',
    title: 'Audit',
    place: 'app',
    nav: 'audit',
    load: () => import('./audit/app-audit-page.ts'),
    render: (params) => html`<app-audit-page .org=${org(params)}></app-audit-page>`,
  },
  {
    path: '/orgs/:org/settings',
    title: 'Settings',
    place: 'app',
    nav: 'settings',
    load: once(() => import('./settings/app-settings-page.ts')),
    render: (params) => html`<app-settings-page .org=${org(params)}></app-settings-page>`,
  },
  {
    path: '/account',
    title: 'Your account',
    place: 'app',
    nav: 'account',
    load: once(() => import('./account/app-account-page.ts')),
    render: () => html`<app-account-page></app-account-page>`,
  },
  {
    path: '/invite',
    title: 'Invitation',
    place: 'door',
    load: once(() => import('./invitations/app-invite-page.ts')),
    render: () => html`<app-invite-page></app-invite-page>`,
  },
]
