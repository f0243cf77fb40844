/** Dragging a row by its handle: which row, and before or after which other one it would be dropped. */
import type { TaskStatus } from '@mortise/shared/tasks'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Place } from './order.ts'
import type { Row } from './rows.ts'

type Target = { group: TaskStatus; id: string | null; isAfter: boolean }

/** Sends `drop` when a row was dropped in another place. */
export class ListDrag implements ReactiveController {
  /** The row in the hand. */
  dragged: string | undefined
  #target: Target | undefined

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly seen: (group: TaskStatus) => readonly Row[],
    private readonly dropped: (id: string, place: Place, group: TaskStatus) => void,
    private readonly ended: () => void,
  ) {
    host.addController(this)
  }

  hostDisconnected() {
    this.dragged = undefined
  }

  /** Which edge of a row shows the line. */
  edge = (id: string): 'before' | 'after' | undefined =>
    this.dragged && this.#target?.id === id ? (this.#target.isAfter ? 'after' : 'before') : undefined

  /** Whether a group without rows would take it. */
  isInto = (group: TaskStatus): boolean => this.dragged !== undefined && this.#target?.group === group && this.#target.id === null

  start = (event: DragEvent, id: string) => {
    const row = (event.target as Element).closest('li')
    if (!event.dataTransfer || !row) return
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData('text/plain', row.querySelector('.title')?.textContent.trim() ?? '')
    event.dataTransfer.setDragImage(row, 24, row.clientHeight / 2)
    this.dragged = id
    this.host.requestUpdate()
  }

  over = (event: DragEvent, group: TaskStatus) => {
    if (!this.dragged) return
    event.preventDefault()
    const row = (event.target as Element).closest<HTMLElement>('li[data-row]')
    const box = row?.getBoundingClientRect()
    const last = this.seen(group).at(-1)?.id ?? null
    this.#aim(
      row && box
        ? { group, id: row.dataset['row'] ?? null, isAfter: event.clientY > box.top + box.height / 2 }
        : { group, id: last, isAfter: true },
    )
  }

  drop = (event: DragEvent) => {
    event.preventDefault()
    const [id, target] = [this.dragged, this.#target]
    this.end()
    if (!id || !target || id === target.id) return
    this.dropped(id, target.id === null ? { to: 'end' } : target.isAfter ? { afterId: target.id } : { beforeId: target.id }, target.group)
  }

  end = () => {
    this.dragged = undefined
    this.#target = undefined
    this.host.requestUpdate()
    this.ended()
  }

  #aim(target: Target) {
    if (JSON.stringify(target) === JSON.stringify(this.#target)) return
    this.#target = target
    this.host.requestUpdate()
  }
}
