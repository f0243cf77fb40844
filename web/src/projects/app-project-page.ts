/** One project: its name and progress, its tasks, and beside them the task that is open. */
import { consume } from '@lit/context'
import type { Organization } from '@mortise/shared/organizations'
import type { Project } from '@mortise/shared/projects'
import type { Task } from '@mortise/shared/tasks'
import { LitElement, html, nothing, type PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { api } from '../api.ts'
import { Commands, type Command } from '../commands.ts'
import { organizationContext, personContext } from '../contexts.ts'
import { Query } from '../controllers/query.ts'
import { fetchMembers } from '../members/all-members.ts'
import { problem } from '../messages.ts'
import { PageNamedEvent } from '../page-named-event.ts'
import { may } from '../permission.ts'
import { projectPath, projectsPath, taskPath } from '../places.ts'
import { problemOf } from '../problem.ts'
import { router } from '../router.ts'
import type { Person } from '../session.ts'
import panelText from '../styles/panel.css?inline'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import type { AppTaskList } from '../tasks/app-task-list.ts'
import type { AppTaskPanel } from '../tasks/app-task-panel.ts'
import { Board } from '../tasks/board.ts'
import type { Conflict } from '../tasks/conflict.ts'
import { filterFrom, isFiltering, matcher, noFilter, searchOf, type Filter } from '../tasks/filter.ts'
import { loadTaskPanel } from '../tasks/load-task-panel.ts'
import { orderOf, seenOf } from '../tasks/seen.ts'
import { TaskActions } from '../tasks/task-actions.ts'
import { filterBar } from './filter-bar.ts'
import { ProjectActions } from './project-actions.ts'
import { projectHead } from './project-head.ts'
import { projectPageCss } from './project-page-css.ts'
import { noProject, noTask, noTasks, nothingMatches } from './project-states.ts'
import '../tasks/app-task-list.ts'
import '../ui/ui-skeleton.ts'

const membersAtMost = 5 // pages of a hundred
/** An open task hides the list: as panel.css says it. */
const isAlone = matchMedia('(max-width: 78rem)')

@customElement('app-project-page')
export class ProjectPage extends LitElement {
  static override styles = [...page, sheet(panelText), projectPageCss]

  @property() org = ''
  @property() project = ''
  /** The open task; empty for none. */
  @property() task = ''
  @consume({ context: personContext, subscribe: true }) person: Person | null = null
  @consume({ context: organizationContext, subscribe: true }) organization: Organization | null = null
  @state() private filter: Filter = noFilter
  @state() private conflict: Conflict | undefined
  /** Somebody has begun to write the first task. */
  @state() private isAdding = false
  @query('app-task-list') private list?: AppTaskList
  @query('app-task-panel') private panel?: AppTaskPanel

  #project = new Query(this, (signal) => api.projects.get.query({ project: this.project }, { signal }), { key: () => this.project })
    .follow('project.*', ({ entityId }) => entityId === this.project)
    .follow('task.*', ({ projectId }) => projectId === this.project && !this.#board.isWhole)
  #members = new Query(this, (signal) => fetchMembers(this.org, '', membersAtMost, signal), { key: () => this.org }).follow('member.*')
  #board = new Board(this, {
    project: () => this.project,
    me: () => this.person?.id,
    nameOf: (id) => this.#nameOf(id),
    filter: () => this.filter,
    anchors: () => this.list?.anchors ?? [],
  })
  /** A task that its board does not hold: the board is long, or the filter hides it. */
  #single = new Query(this, (signal) => api.tasks.get.query({ task: this.task }, { signal }), {
    key: () => this.task,
    when: () => this.task !== '' && this.#board.status === 'complete' && this.#board.task(this.task) === undefined,
  }).follow('task.*', ({ entityId }) => entityId === this.task)
  #tasks = new TaskActions(this, this.#board, {
    project: () => this.project,
    nameOf: (id) => this.#nameOf(id),
    conflict: (conflict) => this.#show(conflict),
    refused: (title, status) => void this.list?.addTo(status, title),
  })
  #actions = new ProjectActions(this, {
    changed: (change) => this.#project.patch(change),
    gone: () => void router.go(projectsPath(this.org)),
  })

  /** What the shell was told, so that it is told once. */
  #named = ''

  protected readonly commands = new Commands(this, () => this.#commands())

  override connectedCallback() {
    super.connectedCallback()
    this.filter = filterFrom(location.search)
  }

  override render() {
    const project = this.#project.value
    if (this.#project.status === 'error' && problemOf(this.#project.error).code === 'PROJECT_NOT_FOUND')
      return noProject(projectsPath(this.org))
    const task = this.#openTask
    return html`<div class="main ${this.task ? 'with-panel' : ''}" @keydown=${this.#down}>
        <div class="list-side">
          ${
            project
              ? this.#head(project)
              : html`<div class="head">
                  <div>
                    <h1 tabindex="-1"> </h1>
                    <p> </p>
                  </div>
                </div>`
          }
          ${this.#project.status === 'error' && !(project && this.#board.status === 'error') ? problem(this.#project.error, this.#project.reload) : nothing}
          ${project || this.#project.status !== 'error' ? this.#body(project) : nothing}
        </div>
        ${this.task ? this.#side(task) : nothing}
      </div>
      ${this.#actions.render()}`
  }

  protected override updated(changed: PropertyValues<this>) {
    const project = this.#project.value
    const title = this.task ? (this.#openTask?.title ?? 'Task') : project?.name
    if (project && title) this.#name(title, project)
    if (!changed.has('task') || changed.get('task') === undefined) return
    if (this.task) void this.#enterPanel()
    else void this.#leavePanel(changed.get('task'))
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    // The focus leaves before its place goes: else the browser lays the page out in between to find out where it may be.
    if (changed.has('task') && !this.task) (this.panel?.shadowRoot?.activeElement as HTMLElement | undefined)?.blur()
  }

  #name(title: string, project: Project) {
    const above = [{ label: 'Projects', href: projectsPath(this.org) }]
    if (this.task) above.splice(0, 1, { label: project.name, href: this.#listHref })
    const named = JSON.stringify([title, above, location.pathname])
    if (named !== this.#named) this.dispatchEvent(new PageNamedEvent(title, above))
    this.#named = named
  }

  #head(project: Project) {
    return projectHead(project, {
      ...this.#progress(project),
      isBeside: this.task !== '',
      mayWrite: may(this.organization, 'project:write'),
      mayRemove: may(this.organization, 'project:delete'),
      mayAdd: this.#mayWrite,
      actions: this.#actions,
      add: () => void this.list?.addTo('todo'),
    })
  }

  #body(project: Project | undefined) {
    const board = this.#board
    if (board.status === 'error' && board.rows.length === 0) return problem(board.error, () => board.reload())
    if (board.status === 'pending' || !project) return html`<ui-skeleton rows="8" label="Loading the tasks"></ui-skeleton>`
    const rows = board.rows
    const isEmpty = rows.length === 0 && board.isWhole && !this.isAdding
    const isMatch = matcher(this.filter, this.person?.id)
    const shown = rows.filter(({ task }) => isMatch(task)).length
    return html`${board.status === 'error' ? problem(board.error, () => board.reload()) : nothing}
      ${isEmpty || (this.task && !isFiltering(this.filter)) ? nothing : filterBar(this.filter, { members: this.#people, shown, of: this.#progress(project).of, change: (filter) => this.#refilter(filter) })}
      ${isEmpty ? noTasks(this.#mayWrite ? () => void this.list?.addTo('todo') : undefined) : nothing}
      ${!isEmpty && shown === 0 && isFiltering(this.filter) ? nothingMatches(this.filter.q.trim(), rows.length, () => this.#refilter(noFilter)) : nothing}
      <app-task-list
        ?hidden=${isEmpty}
        @task-adding=${() => (this.isAdding = true)}
        .org=${this.org}
        .project=${this.project}
        .board=${board}
        .actions=${this.#tasks}
        .rows=${rows}
        .filter=${this.filter}
        .members=${this.#people}
        .me=${this.person?.id ?? ''}
        ?mayWrite=${this.#mayWrite}
        .open=${this.task}
      ></app-task-list>
      ${board.hasMore ? html`<div class="pages"><button class="btn" type="button" @click=${board.more}>Load more</button><span>The first ${rows.length} are shown</span></div>` : nothing}`
  }

  #side(task: Task | undefined) {
    if (!task) return this.#noTask()
    void loadTaskPanel()
    const order = this.#order
    const at = order.indexOf(task.id)
    const href = (id: string | undefined) => (id && at >= 0 ? taskPath(this.org, this.project, id) + location.search : '')
    return html`<app-task-panel
      .task=${task}
      .board=${this.#board}
      .actions=${this.#tasks}
      .members=${this.#people}
      .me=${this.person?.id ?? ''}
      ?mayWrite=${this.#mayWrite}
      .note=${this.#board.notes.get(task.id)}
      .conflict=${this.conflict}
      .hrefs=${{ before: href(order[at - 1]), after: href(order[at + 1]), list: this.#listHref }}
      @conflict-over=${() => (this.conflict = undefined)}
      @task-removed=${() => void router.go(this.#listHref)}
    ></app-task-panel>`
  }

  #noTask() {
    const { status, error, reload } = this.#single
    const isGone = status === 'error' && problemOf(error).code === 'TASK_NOT_FOUND'
    const waiting = html`<ui-skeleton rows="6" label="Loading the task"></ui-skeleton>`
    const failed = () => (isGone ? noTask(this.#listHref) : problem(error, reload))
    return html`<div class="panel"><div class="panel-in">${status === 'error' ? failed() : waiting}</div></div>`
  }

  #commands(): Command[] {
    if (!this.task) return []
    const order = this.#order
    const at = order.indexOf(this.task)
    const to = (id: string | undefined) => id && router.go(taskPath(this.org, this.project, id) + location.search)
    const close: Command = {
      id: 'task.close',
      label: 'Close the task',
      keys: 'Escape',
      group: 'Tasks',
      unlisted: true,
      run: () => router.go(this.#listHref),
    }
    return [
      { id: 'task.next', label: 'Next task', keys: 'j', icon: 'down', group: 'Tasks', run: () => to(order[at + 1]) },
      { id: 'task.previous', label: 'Previous task', keys: 'k', icon: 'up', group: 'Tasks', run: () => to(order[at - 1]) },
      ...(this.panel?.isBusy || this.list?.isBusy ? [] : [close]),
    ]
  }

  get #mayWrite(): boolean {
    return may(this.organization, 'task:write') && this.#project.value?.archivedAt === null
  }

  /** The ids as they are seen from top to bottom. */
  get #order(): string[] {
    const isMatch = matcher(this.filter, this.person?.id)
    return orderOf(seenOf(this.#board.rows, ({ task, isGone }) => !isGone && isMatch(task)))
  }

  get #people() {
    return this.#members.value?.items ?? []
  }

  get #openTask(): Task | undefined {
    return this.task ? (this.#board.task(this.task) ?? (this.#single.value?.id === this.task ? this.#single.value : undefined)) : undefined
  }

  get #listHref(): string {
    return projectPath(this.org, this.project) + location.search
  }

  #progress({ openTasks, doneTasks }: Project) {
    if (!this.#board.isWhole) return { done: doneTasks, of: openTasks + doneTasks }
    const rows = this.#board.rows.filter(({ isGone }) => !isGone)
    return { done: rows.filter(({ task }) => task.status === 'done').length, of: rows.length }
  }

  /** From the heading or the search the list is one arrow away. */
  #down = (event: KeyboardEvent) => {
    const isAbove = event.target instanceof Element && event.target.matches('h1, input[type=search]')
    if (event.key === 'ArrowDown' && isAbove && this.list?.focusRow()) event.preventDefault()
  }

  #nameOf = (id: string | null) => this.#people.find(({ userId }) => userId === id)?.name

  #refilter(filter: Filter) {
    this.filter = filter
    history.replaceState(null, '', location.pathname + searchOf(filter))
  }

  #show(conflict: Conflict) {
    this.conflict = conflict
    if (this.task !== conflict.base.id) void router.go(taskPath(this.org, this.project, conflict.base.id) + location.search)
  }

  async #leavePanel(task: string | undefined) {
    await this.list?.updateComplete
    this.list?.focusRow(task)
  }

  async #enterPanel() {
    await loadTaskPanel()
    await this.updateComplete
    if (isAlone.matches) scrollTo(0, 0)
    await this.panel?.take()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-project-page': ProjectPage
  }
}
