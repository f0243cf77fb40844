/** What the load scripts read and write: types only, because k6 resolves no npm modules. */
export type { Organization } from '@mortise/shared/organizations'
export type { Page } from '@mortise/shared/pages'
export type { Project } from '@mortise/shared/projects'
export type { SignedIn } from '@mortise/shared/sessions'
export type { Task } from '@mortise/shared/tasks'
