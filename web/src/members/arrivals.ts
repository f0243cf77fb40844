/** Notices who has come into a list while it was being looked at, so that the newcomer stands out for a moment. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'

const staysMs = 4_000

export class Arrivals implements ReactiveController {
  #view: string | undefined
  #known = new Set<string>()
  #fresh = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this)
  }

  /** Whether this one has just come. */
  isNew = (id: string): boolean => this.#fresh.has(id)

  /** Takes what is shown now and answers who came since the last time. Another `view` (a filter, a page) begins anew. */
  see(view: string, ids: readonly string[]): string[] {
    const isSame = view === this.#view
    const came = isSame ? ids.filter((id) => !this.#known.has(id)) : []
    this.#view = view
    this.#known = new Set(ids)
    for (const id of came)
      this.#fresh.set(
        id,
        setTimeout(() => this.#settle(id), staysMs),
      )
    return came
  }

  hostConnected() {}

  hostDisconnected() {
    for (const timer of this.#fresh.values()) clearTimeout(timer)
    this.#fresh.clear()
    this.#view = undefined
  }

  #settle(id: string) {
    this.#fresh.delete(id)
    this.host.requestUpdate()
  }
}
