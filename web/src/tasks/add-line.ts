/** The line that adds tasks to a group: Enter adds one and keeps the line open, Escape leaves it. */
import type { TaskStatus } from '@mortise/shared/tasks'
import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit'
import { statusWord } from '../ui/ui-glyph.ts'
import { lineAnchor, type Anchor } from './rows.ts'
import '../ui/ui-icon.ts'

type Deeds = {
  add: (title: string, group: TaskStatus) => void
  /** The reader went elsewhere; `isBack` when by Escape. */
  left: (isBack: boolean) => void
}

export class AddLine implements ReactiveController {
  /** The group whose line is open, beside the one that always is. */
  in: TaskStatus | undefined
  /** Titles that were refused while the line was in use: each comes back when it is free. */
  #refused: string[] = []

  constructor(
    private readonly host: LitElement,
    private readonly deeds: Deeds,
  ) {
    host.addController(this)
  }

  hostDisconnected() {
    this.in = undefined
  }

  /** The line somebody has begun to write in. */
  get anchor(): Anchor | undefined {
    const group = this.#lines().find(({ value }) => value.trim() !== '')?.dataset['line']
    return group && lineAnchor(group as TaskStatus)
  }

  /** Opens and focuses the line of a group; `draft` is what was refused and may be tried again. */
  async open(group: TaskStatus, draft = '') {
    this.in = group
    this.host.requestUpdate()
    await this.host.updateComplete
    const line = this.#lines().find(({ dataset }) => dataset['line'] === group)
    if (!line) return
    if (line.value === '') line.value = draft
    else if (draft) this.#refused.push(draft)
    line.focus({ preventScroll: true })
    line.scrollIntoView({ block: 'nearest' })
  }

  render = (group: TaskStatus): TemplateResult =>
    html`<li class="task is-add" data-anchor=${lineAnchor(group)}>
      <ui-icon name="plus"></ui-icon>
      <input
        class="input"
        data-line=${group}
        aria-label="Add a task to ${statusWord[group]}"
        placeholder="Add a task"
        maxlength="200"
        autocomplete="off"
        enterkeyhint="done"
        @keydown=${(event: KeyboardEvent) => this.#key(event, group)}
        @blur=${this.#left}
      /><span class="t12 wide-only">Enter adds it and keeps the line open</span>
    </li>`

  #lines = () => [...this.host.renderRoot.querySelectorAll<HTMLInputElement>('input[data-line]')]

  #key(event: KeyboardEvent, group: TaskStatus) {
    const line = event.currentTarget as HTMLInputElement
    const title = line.value.trim()
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    event.stopPropagation()
    line.value = event.key === 'Enter' ? (this.#refused.shift() ?? '') : ''
    if (event.key === 'Escape') this.#close(true)
    else if (title !== '') this.deeds.add(title, group)
  }

  #left = (event: FocusEvent) => {
    if ((event.target as HTMLInputElement).value.trim() === '') this.#close(false)
  }

  #close(isBack: boolean) {
    this.in = undefined
    this.host.requestUpdate()
    this.deeds.left(isBack)
  }
}
