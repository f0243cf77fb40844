/** Draws a long list bit by bit: what fills the window comes at once, the rest between two pictures, and no key waits for the last row. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { whenIdle } from '../idle.ts'
import { groups } from './rows.ts'
import { nothingSeen, type Seen } from './seen.ts'

/** The lowest row is 32 px high: more than fill the tallest window on this screen, so that nothing is pushed while it is looked at. */
const screenful = () => Math.ceil(screen.height / 32)
/** New rows in one picture, once the window is full: on a slow processor about 30 ms. */
const atOnce = 16
/** A busy page still gets its rows. */
const waitMs = 200

export class ListGrowth implements ReactiveController {
  #drawn = new Set<string>()
  #isWaiting = false
  #isIdle = false
  #stop: (() => void) | undefined

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this)
  }

  has = (id: string): boolean => this.#drawn.has(id)

  /** Draws a row with the next picture, wherever it stands. */
  add(id: string) {
    this.#drawn.add(id)
    this.host.requestUpdate()
  }

  /** The rows to draw now: those that are drawn already and, from the top, some more. */
  of(seen: Seen): Seen {
    const known = this.#drawn
    this.#drawn = new Set()
    let room = known.size === 0 ? screenful() : this.#isWaiting && !this.#isIdle ? 0 : atOnce
    this.#isWaiting = this.#isIdle = false
    const drawn = { ...nothingSeen }
    for (const group of groups) {
      drawn[group] = seen[group].filter(({ id }) => {
        const isDrawn = known.has(id) || room-- > 0
        if (isDrawn) this.#drawn.add(id)
        else this.#isWaiting = true
        return isDrawn
      })
    }
    return drawn
  }

  hostUpdated() {
    this.#stop?.()
    this.#stop = this.#isWaiting ? whenIdle(this.#grow, waitMs) : undefined
  }

  hostDisconnected() {
    this.#stop?.()
  }

  #grow = () => {
    this.#isIdle = true
    this.host.requestUpdate()
  }
}
