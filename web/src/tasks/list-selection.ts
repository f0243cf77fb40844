/** Which rows are selected: by their checkbox, a key, a range with Shift, or a long press where there is no pointer. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { span } from './list-keys.ts'

const longPressMs = 500

export class ListSelection implements ReactiveController {
  ids: ReadonlySet<string> = new Set()
  #last: string | undefined
  #press: ReturnType<typeof setTimeout> | undefined
  #wasLong = false

  /** `order` are the ids as they are seen; `mayTake` says whether one can be selected at all. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly order: () => readonly string[],
    private readonly mayTake: (id: string) => boolean,
  ) {
    host.addController(this)
  }

  get isEmpty(): boolean {
    return this.ids.size === 0
  }

  has = (id: string): boolean => this.ids.has(id)

  /** Takes a row in or out; with `toHere` everything from the last one to it. */
  toggle(id: string, { toHere = false } = {}) {
    const some = toHere ? span(this.order(), this.#last, id) : [id]
    if (toHere || !this.ids.has(id)) this.#become([...this.ids, ...some.filter(this.mayTake)])
    else this.#become([...this.ids].filter((other) => other !== id))
    this.#last = id
  }

  clear = () => this.#become([])

  /** Forgets rows that are gone. */
  keep(known: ReadonlySet<string>) {
    if ([...this.ids].some((id) => !known.has(id))) this.ids = new Set([...this.ids].filter((id) => known.has(id)))
  }

  pressed = (event: PointerEvent) => {
    clearTimeout(this.#press)
    const id = (event.target as Element).closest<HTMLElement>('li[data-row]')?.dataset['row']
    this.#wasLong = false
    if (event.pointerType === 'touch' && id && this.mayTake(id)) this.#press = setTimeout(() => this.#pressedLong(id), longPressMs)
  }

  /** The click that ends a long press opens nothing. */
  clicked = (event: Event) => {
    if (this.#wasLong) event.preventDefault()
    this.#wasLong = false
  }

  released = () => clearTimeout(this.#press)

  /** A long press on a link would open the system's own menu. */
  noMenu = (event: Event) => {
    if ((event as PointerEvent).pointerType === 'touch') event.preventDefault()
  }

  hostDisconnected() {
    clearTimeout(this.#press)
  }

  #pressedLong(id: string) {
    this.#wasLong = true
    this.toggle(id)
  }

  #become(ids: string[]) {
    this.ids = new Set(ids)
    this.host.requestUpdate()
  }
}
