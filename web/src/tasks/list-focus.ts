/** Keeps the focus where the reader's attention is when the row that has it moves to another group or goes. */
import type { LitElement, ReactiveController } from 'lit'

type Held = { id: string; control: string; group: string; at: number }

const rowsIn = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('li[data-row]')]
const controls = ['.title a', '.glyph-btn', 'input[type=checkbox]', '.more']
const title = '.title a'

export class ListFocus implements ReactiveController {
  #held: Held | undefined

  constructor(private readonly host: LitElement) {
    host.addController(this)
  }

  /** The row that has the focus. */
  get row(): string | undefined {
    return this.#focused?.closest<HTMLElement>('li[data-row]')?.dataset['row']
  }

  /** Focuses a control of a row, its title if nothing else is said. Answers whether there is such a row. */
  take(id: string | undefined, control = title): boolean {
    const row = rowsIn(this.host.renderRoot).find((other) => other.dataset['row'] === id)
    const target = row?.querySelector<HTMLElement>(control) ?? row?.querySelector<HTMLElement>(title)
    target?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
    return target !== undefined && target !== null
  }

  hostUpdate() {
    this.#held = this.host.hasUpdated ? this.#here() : undefined
  }

  hostUpdated() {
    const held = this.#held
    if (!held || this.#focused || document.activeElement !== document.body) return
    const group = this.host.renderRoot.querySelector(`[data-group="${held.group}"]`)
    const rows = group ? rowsIn(group) : []
    const stayed = rows.find((row) => row.dataset['row'] === held.id)
    const next = stayed ?? rows[held.at] ?? rows.at(-1)
    if (!this.take(next?.dataset['row'], held.control)) this.take(held.id, held.control)
  }

  get #focused(): Element | null {
    return (this.host.renderRoot as ShadowRoot).activeElement
  }

  #here(): Held | undefined {
    const row = this.#focused?.closest<HTMLElement>('li[data-row]')
    const group = row?.closest<HTMLElement>('[data-group]')
    const id = row?.dataset['row']
    if (!row || !group || id === undefined || row.matches('.is-edit')) return undefined
    return {
      id,
      group: group.dataset['group'] ?? '',
      at: rowsIn(group).indexOf(row),
      control: controls.find((control) => this.#focused?.matches(control)) ?? title,
    }
  }
}
