/** Data that a part of the page shows: fetched when it appears, abandoned when it goes, refetched when others change it. */
import type { StreamEvent } from '@mortise/shared/events'
import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit'
import { problem } from '../messages.ts'
import { isAbort } from '../problem.ts'
import '../ui/ui-skeleton.ts'
import { live } from './subscription.ts'

/** A change that is shown before the server has agreed. */
export type Patch = {
  /** Takes it back: the server refused. */
  drop: () => void
  /** The server agreed: reads the truth, then lets go of the guess. */
  settle: () => Promise<void>
}

type Options<Value> = {
  /** What the answer depends on; another key fetches again. The old answer stays until the new one comes. */
  key?: () => unknown
  /** The old answer says nothing about another key (another person, another organization): drop it at once. */
  forgets?: boolean
  /** Whether there is nothing to show. By default: an empty list, or a page without items. */
  isEmpty?: (value: Value) => boolean
  /** Do not fetch while this is false. */
  when?: () => boolean
}

type Views<Value> = {
  pending?: () => unknown
  error?: (error: unknown, again: () => void) => unknown
  empty?: (value: Value) => unknown
  complete: (value: Value) => unknown
}

type Follow = { pattern: string; concerns: (event: StreamEvent) => boolean }

/** Several events of one change (a bulk edit) cost one fetch. */
const gatherMs = 60

export class Query<Value> implements ReactiveController {
  status: 'pending' | 'error' | 'complete' = 'pending'
  error: unknown
  #truth: Value | undefined
  #patches: ((value: Value) => Value)[] = []
  #key: string | undefined
  #isConnected = false
  #abort: AbortController | undefined
  #running: Promise<void> | undefined
  #follows: Follow[] = []
  #unfollow: (() => void)[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly fetch: (signal: AbortSignal) => Promise<Value>,
    private readonly options: Options<Value> = {},
  ) {
    host.addController(this)
  }

  /** What is shown: the last answer with the changes that are on their way. Undefined before the first answer. */
  get value(): Value | undefined {
    if (this.#truth === undefined) return undefined
    return this.#patches.reduce<Value>((value, change) => change(value), this.#truth)
  }

  /** Fetches again when an event matches `pattern` (`task.*`) and concerns what is shown. */
  follow(pattern: string, concerns: (event: StreamEvent) => boolean = () => true): this {
    this.#follows.push({ pattern, concerns })
    return this
  }

  /** Fetches now; what is shown stays until the answer comes. Never rejects: failures are for `render`. */
  reload = (): Promise<void> => {
    this.#abort?.abort()
    const abort = (this.#abort = new AbortController())
    this.#running = this.#fetch(abort.signal)
    return this.#running
  }

  /** Shows a change before the server has agreed. */
  patch(change: (value: Value) => Value): Patch {
    this.#patches.push(change)
    this.host.requestUpdate()
    const drop = () => {
      this.#patches = this.#patches.filter((other) => other !== change)
      this.host.requestUpdate()
    }
    return { drop, settle: () => this.reload().then(drop) }
  }

  /** The five states of a page, each with its picture. */
  render({ pending, error, empty, complete }: Views<Value>): unknown {
    const value = this.value
    if (value === undefined) {
      if (this.status === 'error') return (error ?? problem)(this.error, this.reload)
      return pending ? pending() : html`<ui-skeleton></ui-skeleton>`
    }
    // An old answer is better than none: it stays, with the problem above it.
    const stale = this.status === 'error' ? problem(this.error, this.reload) : nothing
    return html`${stale}${empty && this.#isEmpty(value) ? empty(value) : complete(value)}`
  }

  hostConnected() {
    this.#isConnected = true
    this.#unfollow.push(live.whenBack(() => void (this.status === 'error' && this.reload())))
    for (const { pattern, concerns } of this.#follows) {
      this.#unfollow.push(
        live.listen(
          pattern,
          (event) => concerns(event) && this.#soon(),
          () => this.#soon(),
        ),
      )
    }
  }

  hostDisconnected() {
    this.#isConnected = false
    for (const stop of this.#unfollow.splice(0)) stop()
    clearTimeout(this.#timer)
    this.#abort?.abort()
    this.#key = undefined
  }

  hostUpdate() {
    if (!this.#isConnected) return // an element that has gone may still have an update to finish
    if (this.options.when && !this.options.when()) return
    const key = JSON.stringify(this.options.key?.() ?? '')
    if (key === this.#key) return
    const isOther = this.#key !== undefined
    this.#key = key
    if (isOther) this.status = 'pending'
    if (isOther && this.options.forgets) this.#truth = undefined
    void this.reload()
  }

  async #fetch(signal: AbortSignal): Promise<void> {
    try {
      const value = await this.fetch(signal)
      if (signal.aborted) return this.#latest()
      this.#truth = value
      this.#become('complete')
    } catch (error) {
      if (signal.aborted) return this.#latest()
      if (isAbort(error)) return
      this.error = error
      this.#become('error')
    }
  }

  /** Whoever waits for an abandoned fetch waits for the one that took its place. */
  #latest = (): Promise<void> => (this.#abort?.signal.aborted ? Promise.resolve() : (this.#running ?? Promise.resolve()))

  #become(status: 'error' | 'complete') {
    this.status = status
    if (status === 'complete') this.error = undefined
    this.host.requestUpdate()
  }

  #soon() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#key !== undefined && void this.reload(), gatherMs)
  }

  #isEmpty(value: Value): boolean {
    if (this.options.isEmpty) return this.options.isEmpty(value)
    const list: unknown = Array.isArray(value) ? value : (value as { items?: unknown } | null)?.items
    return Array.isArray(list) && list.length === 0
  }
}
