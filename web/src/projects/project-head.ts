/** The head of a project's page: name, progress, and what can be done with the whole of it. */
import type { Project } from '@mortise/shared/projects'
import { html, nothing, type TemplateResult } from 'lit'
import type { ProjectActions } from './project-actions.ts'
import { projectMenu } from './project-menu.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-menu.ts'
import '../ui/ui-rule.ts'

type View = {
  done: number
  of: number
  /** A task is open beside it, which has the page's heading. */
  isBeside: boolean
  mayWrite: boolean
  mayRemove: boolean
  mayAdd: boolean
  actions: ProjectActions
  add: () => void
}

export function projectHead(project: Project, view: View): TemplateResult {
  const { done, of, isBeside } = view
  return html`<div class="head">
      <div>
        ${isBeside ? html`<p class="as-h1">${project.name}</p>` : html`<h1 tabindex="-1">${project.name}</h1>`}
        ${project.description && !isBeside ? html`<p class="about">${project.description}</p>` : nothing}
        <p class="row">
          <span class="num">${of === 0 ? 'No tasks' : `${done.toLocaleString()} of ${of.toLocaleString()} done`}</span
          ><ui-rule .done=${done} .of=${of}></ui-rule>
        </p>
      </div>
      ${isBeside ? nothing : buttons(project, view)}
    </div>
    ${project.archivedAt ? archived(project, view) : reading(view)}`
}

function buttons(project: Project, { mayWrite, mayRemove, mayAdd, actions, add }: View) {
  const menu = html`<button class="btn quiet only" type="button" popovertarget="project-menu" aria-label="More for this project">
      <ui-icon name="more"></ui-icon>
    </button>
    <ui-menu
      id="project-menu"
      from-end
      label="What to do with the project"
      .content=${() => projectMenu(project, { mayWrite, mayRemove, actions })}
    ></ui-menu>`
  return html`<div class="row">
    ${menu}
    ${mayAdd ? html`<button class="btn primary wide-only" type="button" @click=${add}><ui-icon name="plus"></ui-icon>Add task<kbd aria-hidden="true">N</kbd></button>` : nothing}
  </div>`
}

function archived(project: Project, { mayWrite, actions }: View) {
  return html`<div class="note info">
    <ui-icon name="archive"></ui-icon>
    <div>
      <p><b>This project is archived.</b> It can be read and found, but its tasks do not change.</p>
      ${mayWrite ? html`<div class="row"><button class="btn small" type="button" @click=${() => actions.archive(project, false)}>Restore project</button></div>` : nothing}
    </div>
  </div>`
}

const reading = ({ mayAdd, isBeside }: View) =>
  mayAdd || isBeside
    ? nothing
    : html`<div class="note info">
        <ui-icon name="info"></ui-icon>
        <p><b>You can read this, but not change it.</b> An owner or admin can give you another role.</p>
      </div>`
