/** What a project's page says when there is nothing to list, or no such thing. */
import { html, nothing, type TemplateResult } from 'lit'
import '../ui/ui-empty.ts'
import '../ui/ui-icon.ts'

/** Nothing was added yet; without `add` the reader may not. */
export const noTasks = (add: (() => void) | undefined): TemplateResult =>
  html`<ui-empty heading="No tasks yet">
    ${add ? 'Tasks added here appear at once for everyone who is looking at the project.' : 'Tasks that members add here appear at once.'}
    ${
      add
        ? html`<button slot="action" class="btn primary" type="button" @click=${add}>
            <ui-icon name="plus"></ui-icon>Add the first task
          </button>`
        : nothing
    }
  </ui-empty>`

/** The filter hides all of them. */
export const nothingMatches = (words: string, hidden: number, clear: () => void): TemplateResult =>
  html`<ui-empty drawing="none" heading=${words ? `Nothing matches “${words}”` : 'No task is like that'}>
    ${hidden === 1 ? '1 task is' : `${hidden.toLocaleString()} tasks are`} hidden by the filter.
    <button slot="action" class="btn" type="button" @click=${clear}>Clear filter</button>
  </ui-empty>`

export const noProject = (projects: string): TemplateResult =>
  html`<div class="main">
    <ui-empty level="1" drawing="away" heading="This project is not here">
      It may have been deleted, or it belongs to an organization you are not in.
      <a slot="action" class="btn primary" href=${projects}>Go to the projects</a>
    </ui-empty>
  </div>`

export const noTask = (tasks: string): TemplateResult =>
  html`<ui-empty level="1" drawing="away" heading="This task is not here">
    Somebody may have deleted it.
    <a slot="action" class="btn" href=${tasks}>Show the tasks</a>
  </ui-empty>`
