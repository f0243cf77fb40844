/** One project in the list: name, how far it is, how much is open, since when. */
import type { Project } from '@mortise/shared/projects'
import { html, nothing, type TemplateResult } from 'lit'
import { projectPath } from '../places.ts'
import type { ProjectActions } from './project-actions.ts'
import { projectMenu } from './project-menu.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-menu.ts'
import '../ui/ui-rule.ts'
import '../ui/ui-time.ts'

type View = { org: string; mayWrite: boolean; mayRemove: boolean; actions: ProjectActions }

export function projectRow(project: Project, { org, mayWrite, mayRemove, actions }: View): TemplateResult {
  const { id, name, openTasks, doneTasks, archivedAt, createdAt } = project
  const about = project.description.split('\n')[0]
  const of = openTasks + doneTasks
  const menu = `menu-${id}`
  return html`<tr role="row" class=${archivedAt ? 'is-past' : ''}>
    <td role="cell" class="lead grow">
      <span class="thing"><a href=${projectPath(org, id)}>${name}</a>${about ? html`<small>${about}</small>` : nothing}</span>
    </td>
    <td role="cell" data-label="Done">
      <span class="meter"
        ><ui-rule .done=${doneTasks} .of=${of}></ui-rule
        ><span class="num">${of === 0 ? 'No tasks' : `${doneTasks.toLocaleString()} of ${of.toLocaleString()}`}</span></span
      >
    </td>
    <td role="cell" data-label="Open" class="end"><span class="num">${openTasks.toLocaleString()}</span></td>
    <td role="cell" data-label="Last change" class="nowrap">
      <span><ui-time datetime=${archivedAt ?? createdAt}></ui-time></span>
    </td>
    <td role="cell" class="acts end">
      <button class="btn quiet only small" type="button" popovertarget=${menu} aria-label="More for ${name}">
        <ui-icon name="more"></ui-icon>
      </button>
      <ui-menu
        id=${menu}
        from-end
        label="What to do with ${name}"
        .content=${() => projectMenu(project, { mayWrite, mayRemove, actions })}
      ></ui-menu>
    </td>
  </tr>`
}
