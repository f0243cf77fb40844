/** The projects of an organization: find one, see how far each is, add one. */
import { consume } from '@lit/context'
import type { Organization } from '@mortise/shared/organizations'
import type { Page } from '@mortise/shared/pages'
import type { Project } from '@mortise/shared/projects'
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { Commands } from '../commands.ts'
import { organizationContext } from '../contexts.ts'
import { Query } from '../controllers/query.ts'
import { may } from '../permission.ts'
import { projectsPath } from '../places.ts'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import tableText from '../styles/table.css?inline'
import { fetchProjects } from './all-projects.ts'
import { FreshProjects } from './fresh-projects.ts'
import { lookFrom, searchOf, views, type Look } from './look.ts'
import { ProjectActions } from './project-actions.ts'
import { projectRow } from './project-row.ts'
import '../ui/ui-empty.ts'
import '../ui/ui-icon.ts'

const typingMs = 200

@customElement('app-projects-page')
export class ProjectsPage extends LitElement {
  static override styles = [
    ...page,
    sheet(tableText),
    css`
      :host {
        display: block;
        --skeleton-row: 3.25rem;
      }
      td.end .num {
        font-variant-numeric: tabular-nums;
      }
    `,
  ]

  @property() org = ''
  @consume({ context: organizationContext, subscribe: true }) organization: Organization | null = null
  @state() private look: Look = { view: 'active', q: '' }
  @state() private asked = ''
  @state() private pages = 1
  @state() private isAdding = false
  /** Nothing has been made yet. */
  @state() private isBlank = false

  #typing: ReturnType<typeof setTimeout> | undefined
  #projects = new Query(this, (signal) => this.#fetch(signal), { key: () => [this.org, this.look.view, this.asked, this.pages] }).follow(
    'project.*',
  )
  #fresh = new FreshProjects(this, () => this.#projects.value?.items ?? [])
  #actions = new ProjectActions(this, {
    changed: (change, { id }) =>
      this.#projects.patch((list) => ({
        ...list,
        items: this.#inView(list.items.map((project) => (project.id === id ? change(project) : project))),
      })),
    gone: () => void this.#projects.reload(),
  })

  protected readonly commands = new Commands(this, () =>
    this.#mayWrite
      ? [{ id: 'project.create', label: 'Add a project', keys: 'c', icon: 'plus', group: 'Projects', run: () => this.#add() }]
      : [],
  )

  override connectedCallback() {
    super.connectedCallback()
    this.look = lookFrom(location.search)
    this.asked = this.look.q.trim()
    this.isAdding = new URLSearchParams(location.search).has('create')
    if (this.isAdding) history.replaceState(null, '', location.pathname + searchOf(this.look))
    addEventListener('popstate', this.#back)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#typing)
    removeEventListener('popstate', this.#back)
  }

  override render() {
    return html`<div class="head">
        <div>
          <h1 tabindex="-1">Projects</h1>
          <p>${this.#counted()}</p>
        </div>
        ${
          this.#mayWrite && !this.isBlank
            ? html`<div class="row">
                <button class="btn primary" type="button" @click=${this.#add}><ui-icon name="plus"></ui-icon>Add project</button>
              </div>`
            : nothing
        }
      </div>
      ${this.isBlank ? nothing : html`${this.#tabs()}${this.#filters()}`}
      ${this.#projects.render({
        pending: () => html`<ui-skeleton rows="6" label="Loading the projects"></ui-skeleton>`,
        empty: () => this.#empty(),
        complete: (list) => this.#table(list),
      })}
      ${this.#actions.render()}${this.isAdding && this.#mayWrite ? this.#dialog() : nothing}`
  }

  #tabs() {
    return html`<nav class="tabs" aria-label="Projects by state">
      ${views.map(({ view, label }) => html`<a href=${projectsPath(this.org) + searchOf({ ...this.look, view })} aria-current=${view === this.look.view ? 'page' : nothing} @click=${(event: MouseEvent) => this.#turn(event, view)}>${label}</a>`)}
    </nav>`
  }

  #filters() {
    const list = this.#projects.value
    return html`<div class="filters" role="group" aria-label="Filter projects">
      <span class="find">
        <ui-icon name="search"></ui-icon>
        <input
          class="input"
          type="search"
          aria-label="Find a project"
          placeholder="Find a project"
          maxlength="100"
          .value=${this.look.q}
          @input=${this.#search}
        />
      </span>
      <span class="t13 muted num push" role="status"
        >${list && this.asked ? `${list.items.length.toLocaleString()}${list.nextCursor === null ? '' : ' or more'} found` : nothing}</span
      >
    </div>`
  }

  #table(list: Page<Project>) {
    const head = (label: string, css = '') => html`<th role="columnheader" scope="col" class=${css}>${label}</th>`
    const view = { org: this.org, mayWrite: this.#mayWrite, mayRemove: may(this.organization, 'project:delete'), actions: this.#actions }
    return html`<div class="fit">
        <table class="table tall" role="table" aria-label="Projects">
          <thead role="rowgroup">
            <tr role="row">
              ${head('Project')}${head('Done')}${head('Open', 'end')}${head(this.look.view === 'archived' ? 'Archived' : 'Added')}
              <th role="columnheader" scope="col"><span class="vh">Actions</span></th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${repeat(
              list.items,
              ({ id }) => id,
              (project) => projectRow(this.#fresh.of(project), view),
            )}
          </tbody>
        </table>
      </div>
      ${list.nextCursor === null ? nothing : html`<div class="pages"><button class="btn" type="button" @click=${() => (this.pages += 1)}>Load more</button></div>`}`
  }

  #empty() {
    if (this.asked) {
      return html`<ui-empty drawing="none" heading="Nothing matches “${this.asked}”">
        Only names are searched, in ${this.look.view === 'all' ? 'all projects' : `${this.look.view} projects`}.
        <button slot="action" class="btn" type="button" @click=${() => this.#find('')}>Clear the search</button>
      </ui-empty>`
    }
    if (this.look.view === 'archived')
      return html`<ui-empty drawing="none" heading="Nothing is archived"
        >Projects that are over can be archived. They can still be read and found.</ui-empty
      >`
    const add = html`<button slot="action" class="btn primary" type="button" @click=${this.#add}>
      <ui-icon name="plus"></ui-icon>Add the first project
    </button>`
    return html`<ui-empty heading="Start with one project">
      A project holds the tasks of one piece of work. Everyone in ${this.organization?.name ?? 'the organization'} sees it, and sees it
      change. ${this.#mayWrite ? add : nothing}
    </ui-empty>`
  }

  #dialog() {
    void import('./app-project-dialog.ts')
    return html`<app-project-dialog .org=${this.org} @ui-close=${() => (this.isAdding = false)}></app-project-dialog>`
  }

  #counted(): string {
    const list = this.#projects.value
    if (!list) return '\u00a0'
    if (this.asked || list.nextCursor !== null) return 'The newest first.'
    if (list.items.length === 0) return this.look.view === 'archived' ? 'None archived.' : 'None yet.'
    return `${list.items.length.toLocaleString()} ${this.look.view === 'all' ? 'in all' : this.look.view}, the newest first.`
  }

  async #fetch(signal: AbortSignal): Promise<Page<Project>> {
    const { org, asked: q, pages } = this
    const list = await fetchProjects({ org, q, view: this.look.view, pages }, signal)
    // Before the first project there is nothing to divide or search: worth one more question.
    const isNone = list.items.length === 0 && q === ''
    this.isBlank = isNone && (await fetchProjects({ org, q, view: 'all', pages: 1 }, signal)).items.length === 0
    this.#fresh.forget()
    return list
  }

  get #mayWrite(): boolean {
    return may(this.organization, 'project:write')
  }

  #inView = (projects: Project[]): Project[] =>
    projects.filter(({ archivedAt }) => this.look.view === 'all' || (this.look.view === 'archived') === (archivedAt !== null))

  #add = () => {
    this.isAdding = true
  }

  #turn(event: MouseEvent, view: Look['view']) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    this.look = { ...this.look, view }
    this.pages = 1
    history.pushState(null, '', location.pathname + searchOf(this.look))
  }

  #search = (event: Event) => this.#find((event.target as HTMLInputElement).value)

  #find(q: string) {
    this.look = { ...this.look, q }
    clearTimeout(this.#typing)
    this.#typing = setTimeout(() => this.#ask(), typingMs)
  }

  #ask() {
    this.asked = this.look.q.trim()
    this.pages = 1
    history.replaceState(null, '', location.pathname + searchOf(this.look))
  }

  #back = () => {
    this.look = lookFrom(location.search)
    this.asked = this.look.q.trim()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-projects-page': ProjectsPage
  }
}
