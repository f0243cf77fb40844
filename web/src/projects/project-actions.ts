/** What the reader can do to a project as a whole, with the dialogs that it takes. */
import type { Project } from '@mortise/shared/projects'
import { html, nothing, type LitElement, type TemplateResult } from 'lit'
import { api } from '../api.ts'
import { Mutation } from '../controllers/mutation.ts'
import type { Patch } from '../controllers/query.ts'
import { projectPath } from '../places.ts'
import { ToastEvent } from '../ui/events.ts'

type Change = (project: Project) => Project
type Options = {
  /** Shows a change before the server has agreed. */
  changed: (change: Change, project: Project) => Patch
  gone: (project: Project) => void
}
type Archival = { project: Project; archived: boolean }

export class ProjectActions {
  #editing: Project | undefined
  #removing: Project | undefined
  #archive: Mutation<Archival, Project>
  #restore: Mutation<Archival, Project>
  #remove: Mutation<Project, null>

  constructor(
    private readonly host: LitElement & { org: string },
    private readonly options: Options,
  ) {
    const send = ({ project: { id, version }, archived }: Archival) => api.projects.update.mutate({ project: id, version, archived })
    const optimistic = ({ project, archived }: Archival) =>
      options.changed((known) => ({ ...known, archivedAt: archived ? (known.archivedAt ?? new Date().toISOString()) : null }), project)
    this.#restore = new Mutation(host, send, { optimistic })
    this.#archive = new Mutation(host, send, {
      optimistic,
      said: ({ project, archived }) => `${archived ? 'Archived' : 'Restored'} “${project.name}”.`,
      undo: ({ archived }, project) => this.#restore.run({ project, archived: !archived }),
    })
    this.#remove = new Mutation(host, ({ id }: Project) => api.projects.delete.mutate({ project: id }), {
      said: ({ name }) => `Deleted “${name}”.`,
    })
  }

  archive = (project: Project, archived: boolean) => this.#archive.run({ project, archived })

  edit(project: Project) {
    this.#editing = project
    this.host.requestUpdate()
  }

  askToRemove(project: Project) {
    this.#removing = project
    this.host.requestUpdate()
  }

  async copy({ id }: Project) {
    try {
      await navigator.clipboard.writeText(location.origin + projectPath(this.host.org, id))
      this.host.dispatchEvent(new ToastEvent({ said: 'Link copied.' }))
    } catch {
      // Not allowed, or no clipboard outside https: the address bar of the project has the same link.
      this.host.dispatchEvent(new ToastEvent({ said: 'The browser did not allow it. Open the project and copy its address.', tone: 'bad' }))
    }
  }

  /** The dialogs that are open. */
  render(): TemplateResult {
    return html`${this.#editing ? this.#dialog(this.#editing) : nothing}${this.#removing ? this.#question(this.#removing) : nothing}`
  }

  #dialog(project: Project) {
    void import('./app-project-dialog.ts')
    return html`<app-project-dialog .org=${this.host.org} .project=${project} @ui-close=${this.#close}></app-project-dialog>`
  }

  #question(project: Project) {
    void import('../ui/ui-confirm.ts')
    const { openTasks, doneTasks } = project
    return html`<ui-confirm
      open
      danger
      heading="Delete “${project.name}”?"
      keep="Keep project"
      act="Delete project"
      .consequences=${[
        whatGoes(openTasks, openTasks + doneTasks),
        'It goes for everyone, and links to it stop working.',
        'It cannot be brought back. Archiving keeps it.',
      ]}
      @ui-confirm=${() => this.#agreed(project)}
      @ui-close=${this.#close}
      >The project and everything in it is deleted.</ui-confirm
    >`
  }

  async #agreed(project: Project) {
    this.#close()
    if ((await this.#remove.run(project)) === null) this.options.gone(project)
  }

  #close = () => {
    this.#editing = undefined
    this.#removing = undefined
    this.host.requestUpdate()
  }
}

function whatGoes(open: number, all: number): string {
  if (all === 0) return 'It has no tasks.'
  if (all === 1) return `1 task goes with it${open === 1 ? ', and it is open' : ''}.`
  return `${all.toLocaleString()} tasks go with it, ${open === 0 ? 'all of them done' : `${open.toLocaleString()} of them open`}.`
}
