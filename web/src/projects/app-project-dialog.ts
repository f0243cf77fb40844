/** Makes a project, or changes the name and description of one; shows both versions when somebody else did so meanwhile. */
import { consume } from '@lit/context'
import type { Organization } from '@mortise/shared/organizations'
import { projectCreate, projectUpdate, type Project } from '@mortise/shared/projects'
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { api } from '../api.ts'
import { organizationContext } from '../contexts.ts'
import { Form } from '../controllers/form.ts'
import { projectPath } from '../places.ts'
import { problemOf } from '../problem.ts'
import { router } from '../router.ts'
import { page } from '../styles/shared.ts'
import { DialogClosedEvent, ToastEvent } from '../ui/events.ts'
import '../ui/ui-dialog.ts'
import '../ui/ui-field.ts'

@customElement('app-project-dialog')
export class ProjectDialog extends LitElement {
  static override styles = [
    ...page,
    css`
      form {
        display: grid;
        gap: var(--s5);
      }
      .facts {
        padding: var(--s3) var(--s4);
        border: var(--hair) solid var(--line-2);
        border-radius: var(--r);
      }
    `,
  ]

  @property() org = ''
  /** The project to change; without one a new one is made. */
  @property({ attribute: false }) project: Project | undefined
  @consume({ context: organizationContext, subscribe: true }) organization: Organization | null = null
  /** What somebody else saved meanwhile. */
  @state() private theirs: Project | undefined

  #create = new Form(this, 'create-project', {
    schema: projectCreate,
    values: () => ({ org: this.org, name: '', description: '' }),
    submit: async (value) => {
      const made = await api.projects.create.mutate(value)
      this.#close()
      await router.go(projectPath(this.org, made.id))
    },
  })
  #update = new Form(this, 'edit-project', {
    schema: projectUpdate,
    values: () => ({
      project: this.project?.id ?? '',
      version: (this.theirs ?? this.project)?.version ?? 0,
      name: this.project?.name ?? '',
      description: this.project?.description ?? '',
    }),
    submit: async (value) => {
      try {
        const saved = await api.projects.update.mutate(value)
        this.dispatchEvent(new ToastEvent({ said: `Saved “${saved.name}”.` }))
        this.#close()
      } catch (error) {
        const { code, current } = problemOf(error)
        if (code === 'VERSION_CONFLICT') this.theirs = current as Project
        throw error
      }
    },
  })

  override render() {
    const form = this.project ? this.#update : this.#create
    return html`<ui-dialog open heading=${this.project ? 'Edit the project' : 'Add a project'} @ui-close=${this.#close}>
      ${this.project ? nothing : html`<p class="soft">Everyone in ${this.organization?.name ?? 'the organization'} sees it at once.</p>`}
      <form id="form" novalidate @submit=${form.submit}>
        ${form.summary()}${this.theirs ? this.#both(this.theirs) : nothing}
        <ui-field wide label="Name" autofocus maxlength="100" ${form.field('name')}></ui-field>
        <ui-field
          wide
          label="Description"
          rows="3"
          hint="What the work is. Its first line shows under the name in the list."
          maxlength="2000"
          ${form.field('description')}
        ></ui-field>
      </form>
      <button slot="foot" class="btn quiet" type="button" @click=${this.#close}>Cancel</button>
      <button slot="foot" class="btn primary" type="button" aria-busy=${form.pending} @click=${() => form.submit()}>
        ${this.theirs ? 'Save yours' : this.project ? 'Save project' : 'Add project'}
      </button>
    </ui-dialog>`
  }

  #both(theirs: Project) {
    return html`<dl class="facts">
        <div>
          <dt>Their name</dt>
          <dd>${theirs.name}</dd>
        </div>
        <div>
          <dt>Their description</dt>
          <dd>${theirs.description || 'None'}</dd>
        </div>
      </dl>
      <div class="row">
        <button class="btn small" type="button" @click=${this.#close}>Keep theirs</button
        ><span class="t13 muted">Yours stands below, ready to save.</span>
      </div>`
  }

  #close = () => {
    this.dispatchEvent(new DialogClosedEvent())
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-project-dialog': ProjectDialog
  }
}
