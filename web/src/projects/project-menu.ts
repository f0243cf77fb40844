/** What can be done with a project, for the menu of its row and of its page. */
import type { Project } from '@mortise/shared/projects'
import { html, nothing, type TemplateResult } from 'lit'
import type { IconName } from '../ui/icons.ts'
import type { ProjectActions } from './project-actions.ts'
import '../ui/ui-icon.ts'

type View = { mayWrite: boolean; mayRemove: boolean; actions: ProjectActions }

export function projectMenu(project: Project, { mayWrite, mayRemove, actions }: View): TemplateResult {
  const item = (icon: IconName, label: string, run: () => unknown) =>
    html`<button type="button" @click=${run}><ui-icon name=${icon}></ui-icon>${label}</button>`
  const isArchived = project.archivedAt !== null
  const archive = isArchived
    ? item('retry', 'Restore project', () => actions.archive(project, false))
    : item('archive', 'Archive project', () => actions.archive(project, true))
  return html`${mayWrite ? item('pencil', 'Edit name and description', () => actions.edit(project)) : nothing}${item('link', 'Copy link', () => actions.copy(project))}
  ${
    mayWrite
      ? html`<hr />
          ${archive}`
      : nothing
  }
  ${mayRemove ? html`<button type="button" class="danger" @click=${() => actions.askToRemove(project)}><ui-icon name="trash"></ui-icon>Delete project</button>` : nothing}`
}
