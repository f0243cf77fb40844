/** The tasks of a project by status: to read, edit in place, complete, reorder and select, with the pointer or the keyboard. */
import type { Member } from '@mortise/shared/members'
import type { Task, TaskStatus } from '@mortise/shared/tasks'
import { LitElement, html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { guard } from 'lit/directives/guard.js'
import { Commands } from '../commands.ts'
import { taskPath } from '../places.ts'
import arrivalsText from '../styles/arrivals.css?inline'
import panelText from '../styles/panel.css?inline'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import taskEditText from '../styles/task-edit.css?inline'
import tasksText from '../styles/tasks.css?inline'
import { today } from '../ui/times.ts'
import { statusWord } from '../ui/ui-glyph.ts'
import { AddLine } from './add-line.ts'
import type { Board } from './board.ts'
import type { NameOf } from './deeds.ts'
import { editRow } from './edit-row.ts'
import { heldBack } from './held-back.ts'
import { isFiltering, matcher, noFilter, type Filter } from './filter.ts'
import { listCommands } from './list-commands.ts'
import { ListDrag } from './list-drag.ts'
import { ListFocus } from './list-focus.ts'
import { ListGrowth } from './list-growth.ts'
import { isTyping, nudged, walked } from './list-keys.ts'
import { ListPointer } from './list-pointer.ts'
import { ListSelection } from './list-selection.ts'
import { step } from './order.ts'
import { Polite } from './polite.ts'
import { removal } from './removal.ts'
import { taskMenu } from './row-menu.ts'
import { groups, type Anchor, type Row } from './rows.ts'
import { nothingSeen, orderOf, seenOf, type Seen } from './seen.ts'
import { isGuess, type TaskActions } from './task-actions.ts'
import { taskGroup } from './task-group.ts'
import { taskListCss } from './task-list-css.ts'
import { taskRow } from './task-row.ts'

@customElement('app-task-list')
export class AppTaskList extends LitElement {
  static override styles = [...page, sheet(tasksText), sheet(taskEditText), sheet(arrivalsText), sheet(panelText), taskListCss]

  @property() org = ''
  @property() project = ''
  @property({ attribute: false }) board!: Board
  @property({ attribute: false }) actions!: TaskActions
  @property({ attribute: false }) rows: readonly Row[] = []
  @property({ attribute: false }) filter: Filter = noFilter
  @property({ attribute: false }) members: readonly Member[] = []
  @property() me = ''
  @property({ type: Boolean }) mayWrite = false
  /** The task whose panel is open. */
  @property() open = ''

  /** The row that had the focus last. */
  @state() private active = ''
  /** As it was when editing began. */
  @state() private editing: Task | undefined
  /** Whose menu is asked for. */
  @state() private asked = ''
  @state() private removing: readonly Task[] = []

  /** What the filter lets through; what is edited or leaves under the reader's eyes stays in sight. */
  #seen: Seen = nothingSeen
  #drawn: Seen = nothingSeen
  /** The row whose controls the Tab key reaches. */
  #current = ''
  #names = new Map<string | null, string>()
  /** What a row that has not changed need not be drawn anew for. */
  #common: readonly unknown[] = []

  #focus = new ListFocus(this)
  #growth = new ListGrowth(this)
  #polite = new Polite(this)
  #pointer = new ListPointer(() => this.board.settle())
  #drag = new ListDrag(
    this,
    (group) => this.#seen[group],
    (id, place, group) => this.#of(id, (task) => this.actions.move(task, place, group)),
    () => this.board.settle(),
  )
  #selection = new ListSelection(
    this,
    () => this.order,
    (id) => this.mayWrite && !isGuess(id),
  )
  #line = new AddLine(this, {
    add: (title, group) => void this.actions.add(title, group),
    left: (isBack) => {
      if (isBack) this.focusRow(this.active)
      this.board.settle()
    },
  })

  protected readonly commands = new Commands(this, () =>
    this.mayWrite
      ? listCommands({
          add: () => this.addTo('todo'),
          edit: () => this.#edit(this.#activeRow),
          select: () => this.#selection.toggle(this.#activeRow),
          nudge: (way) => this.#nudge(this.#activeRow, way),
          clear: this.#selection.isEmpty || this.#isMenuOpen ? undefined : this.#selection.clear,
        })
      : [],
  )

  /** What must not move now; null while a row is in the hand. */
  get anchors(): Anchor[] | null {
    if (this.#drag.dragged) return null
    return [this.#pointer.at, this.editing?.id, this.#line.anchor, this.#isMenuOpen ? this.asked : undefined].filter(
      (anchor) => anchor !== undefined,
    )
  }

  /** Whether something of the list is open that Escape closes first. */
  get isBusy(): boolean {
    return this.editing !== undefined || this.#isMenuOpen || !this.#selection.isEmpty
  }

  /** The ids as they are seen from top to bottom. */
  order: readonly string[] = []

  /** Opens the line for new tasks of a group; `draft` stands in it when it was empty. */
  addTo = (group: TaskStatus, draft = '') => {
    this.dispatchEvent(new Event('task-adding')) // an empty list is not shown until somebody writes in it
    return this.#line.open(group, draft)
  }

  /** Focuses a task, or the first one. Answers whether there is one. */
  focusRow = (id = ''): boolean => this.#reach(this.order.includes(id) ? id : this.order[0])

  override render() {
    return html`<div
        class="tasks ${this.open ? 'is-beside' : ''} ${this.#selection.isEmpty ? '' : 'is-selecting'}"
        @pointerover=${this.#pointer.over}
        @pointerleave=${this.#pointer.leave}
        @pointerdown=${this.#selection.pressed}
        @pointerup=${this.#selection.released}
        @pointercancel=${this.#selection.released}
        @click=${this.#selection.clicked}
        @contextmenu=${this.#selection.noMenu}
        @focusin=${this.#entered}
        @keydown=${this.#key}
        @dragend=${this.#drag.end}
        @drop=${this.#drag.drop}
      >
        ${groups.map((group) => this.#group(group))}
      </div>
      ${heldBack(this.board)} ${this.#polite.render()} ${this.#menu()} ${this.#bulk()} ${this.#removal()}`
  }

  protected override firstUpdated() {
    this.board.notes.heard = this.#polite.hear
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('rows')) this.#selection.keep(new Set(this.rows.map(({ id }) => id)))
    if (changed.has('members')) this.#names = new Map(this.members.map(({ userId, name }) => [userId, name]))
    const isMatch = matcher(this.filter, this.me)
    this.#seen = seenOf(this.rows, (row) => isMatch(row.task) || row.id === this.editing?.id || this.board.notes.isLeaving(row.id))
    this.#drawn = this.#growth.of(this.#seen)
    this.order = orderOf(this.#seen)
    this.#current = this.#activeRow
    this.#common = [this.org, this.project, location.search, this.me, this.members, this.mayWrite, today()]
  }

  #group(group: TaskStatus) {
    const rows = this.#seen[group]
    const isOpen = this.#line.in === group
    if (rows.length === 0 && isFiltering(this.filter) && !isOpen) return nothing
    const hasLine = this.mayWrite && (isOpen || (group === 'todo' && !isFiltering(this.filter)))
    return taskGroup(group, rows, {
      drawn: this.#drawn[group],
      row: (row) => (row.id === this.editing?.id ? this.#editor(this.editing) : this.#row(row)),
      line: hasLine ? this.#line.render(group) : undefined,
      add: this.mayWrite ? () => this.addTo(group) : undefined,
      isInto: this.#drag.isInto(group),
      over: (event) => this.#drag.over(event, group),
    })
  }

  #row(row: Row) {
    const note = this.board.notes.get(row.id)
    const isActive = row.id === this.#current
    const isSelected = this.#selection.has(row.id)
    const isOpen = row.id === this.open
    const drop = this.#drag.edge(row.id)
    return guard([row.task, row.isGone, note, isActive, isSelected, isOpen, drop, ...this.#common], () =>
      taskRow(row, {
        note,
        href: `${taskPath(this.org, this.project, row.id)}${location.search}`,
        me: this.me,
        nameOf: this.#nameOf,
        mayWrite: this.mayWrite,
        isActive,
        isSelected,
        isOpen,
        drop,
        toggle: () => void this.actions.toggle(row.task),
        select: (event) => this.#selection.toggle(row.id, { toHere: (event as MouseEvent).shiftKey }),
        grab: (event) => this.#drag.start(event, row.id),
        ask: () => (this.asked = row.id),
      }),
    )
  }

  #editor(task: Task) {
    return editRow(task, this.members, {
      save: (edit) => {
        this.#stopEditing()
        void this.actions.change(task, edit)
      },
      cancel: this.#stopEditing,
    })
  }

  #menu() {
    const task = this.board.task(this.asked)
    const view = {
      me: this.me,
      seen: task ? this.#seen[task.status] : [],
      actions: this.actions,
      edit: ({ id }: Task) => this.#edit(id),
      remove: (one: Task) => this.#askToRemove([one]),
    }
    return html`<ui-menu id="row-menu" from-end label="What to do with the task" @toggle=${() => this.board.settle()}
      >${task ? taskMenu(task, view) : nothing}</ui-menu
    >`
  }

  #bulk() {
    if (this.#selection.isEmpty) return nothing
    void import('./app-bulk-bar.ts')
    const tasks = this.rows.filter(({ id }) => this.#selection.has(id)).map(({ task }) => task)
    return html`<app-bulk-bar
      .tasks=${tasks}
      .members=${this.members}
      .actions=${this.actions}
      @bulk-clear=${this.#selection.clear}
      @bulk-remove=${() => this.#askToRemove(tasks)}
    ></app-bulk-bar>`
  }

  #removal() {
    if (this.removing.length === 0) return nothing
    return removal(this.removing, { agreed: () => void this.actions.remove([...this.removing]), closed: () => (this.removing = []) })
  }

  #nameOf: NameOf = (id) => this.#names.get(id)

  #of(id: string, deed: (task: Task) => unknown) {
    const task = this.board.task(id)
    if (task && this.mayWrite && !isGuess(id)) void deed(task)
  }

  get #activeRow(): string {
    const { order } = this
    return [this.active, this.open].find((id) => order.includes(id)) ?? order[0] ?? ''
  }

  get #isMenuOpen(): boolean {
    return this.renderRoot.querySelector('ui-menu')?.matches(':popover-open') ?? false
  }

  // Heard inside: a move of the focus within the shadow root is not told to its host.
  #entered = () => {
    this.active = this.#focus.row ?? this.active
  }

  #key = (event: KeyboardEvent) => {
    if (isTyping(event) || this.#isMenuOpen || event.defaultPrevented) return
    const at = this.#focus.row
    const way = nudged(event)
    if (way && at) {
      event.preventDefault()
      return this.#nudge(at, way)
    }
    const to = event.ctrlKey || event.metaKey || event.altKey ? undefined : walked({ ids: this.order, at }, event.key)
    if (to === undefined) return
    event.preventDefault()
    this.#reach(to)
  }

  /** Focuses a row, which may have to be drawn first. Answers whether there is one. */
  #reach(id: string | undefined): boolean {
    if (id === undefined) return false
    if (this.#growth.has(id)) return this.#focus.take(id)
    this.#growth.add(id)
    void this.updateComplete.then(() => this.#focus.take(id))
    return true
  }

  #nudge(id: string, way: 1 | -1) {
    this.#of(id, (task) => {
      const seen = this.#seen[task.status]
      const place = step(seen, id, way)
      if (!place) return this.#polite.say(way < 0 ? 'Already the first.' : 'Already the last.')
      this.#polite.say(
        `${task.title}: ${seen.findIndex((row) => row.id === id) + way + 1} of ${seen.length} in ${statusWord[task.status]}.`,
      )
      return this.actions.nudge(task, place)
    })
  }

  #edit(id: string) {
    this.#of(id, (task) => {
      this.editing = task
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>('.is-edit input')?.select())
    })
  }

  #stopEditing = () => {
    const id = this.editing?.id
    this.editing = undefined
    this.board.settle()
    void this.updateComplete.then(() => this.#focus.take(id))
  }

  #askToRemove = (tasks: readonly Task[]) => (this.removing = tasks)
}

declare global {
  interface HTMLElementTagNameMap {
    'app-task-list': AppTaskList
  }
}
