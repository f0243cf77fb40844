/** One stream of events for the open organization, shared by everything that wants to stay true. */
import type { StreamEvent } from '@mortise/shared/events'
import { api } from '../api.ts'
import { problemOf, type ProblemCode } from '../problem.ts'
import { session } from '../session.ts'

export type Presence = 'idle' | 'live' | 'reconnecting' | 'offline'

type Listener = { pattern: string; hear: (event: StreamEvent) => void; catchUp: () => void }

const firstDelayMs = 500
const longestDelayMs = 15_000
/** Attempts without an answer after which "reconnecting" would be a promise that nobody can keep. */
const patience = 3
/** A tab that nobody has looked at for so long lets go of its stream, and resumes it when somebody does. */
const restsAfterMs = 30_000

/** `task.*` matches every event about tasks, `*` everything. */
export const matches = (pattern: string, type: string): boolean =>
  pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)))

export class Live extends EventTarget {
  presence: Presence = 'idle'
  /** When it was last known to be in step. */
  inStepAt = new Date()
  #org = ''
  #lastId = 0
  #failures = 0
  #stop: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #resting: ReturnType<typeof setTimeout> | undefined
  #listeners = new Set<Listener>()

  constructor() {
    super()
    addEventListener('offline', () => this.#org && this.#set('offline'))
    addEventListener('online', () => this.#org && this.retry())
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#rest() : this.#wake()))
  }

  /** Follows `org` (id or slug) from now on; the stream of another one is closed. */
  open(org: string) {
    if (org === this.#org) return
    this.close()
    this.#org = org
    this.#connect()
  }

  close() {
    this.#org = ''
    this.#lastId = 0
    this.#failures = 0
    this.#disconnect()
    this.#set('idle')
  }

  /** Tries at once instead of waiting for the next attempt. */
  retry() {
    if (!this.#org) return
    this.#disconnect()
    this.#connect()
  }

  /** Hears events that match; `catchUp` is called when some may have been missed. Answers a function that stops it. */
  listen(pattern: string, hear: (event: StreamEvent) => void, catchUp: () => void): () => void {
    const listener = { pattern, hear, catchUp }
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Calls `back` each time it is live again, for what failed in between. Answers a function that stops it. */
  whenBack(back: () => void): () => void {
    const changed = () => this.presence === 'live' && back()
    this.addEventListener('change', changed)
    return () => this.removeEventListener('change', changed)
  }

  // A browser opens six connections to a server without HTTP/2: forgotten tabs would leave none for the one in use.
  #rest() {
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => this.#disconnect(), restsAfterMs)
  }

  #wake() {
    clearTimeout(this.#resting)
    if (this.#org && !this.#stop) this.retry()
  }

  #connect() {
    const org = this.#org
    const lastEventId = this.#lastId ? String(this.#lastId) : undefined
    const stream = api.events.onOrganization.subscribe(
      { org, lastEventId },
      {
        onData: ({ id, data }) => this.#heard(Number(id), data),
        onConnectionStateChange: ({ state, error }) => {
          if (state === 'pending') this.#connected()
          if (state === 'connecting' && error) this.#failed()
        },
        onError: (error) => this.#refused(problemOf(error).code),
        onComplete: () => this.#broken(false),
      },
    )
    this.#stop = () => stream.unsubscribe()
  }

  #disconnect() {
    clearTimeout(this.#timer)
    this.#stop?.()
    this.#stop = undefined
  }

  #connected() {
    this.#failures = 0
    // Without an id to resume from, what happened before this moment was not heard.
    if (this.#lastId === 0) this.#catchUp()
    this.#set('live')
  }

  #heard(id: number, event: StreamEvent) {
    const missed = this.#lastId !== 0 && id > this.#lastId + 1
    if (id <= this.#lastId) return
    this.#lastId = id
    this.inStepAt = new Date()
    if (missed) return this.#catchUp()
    for (const { pattern, hear } of this.#listeners) if (matches(pattern, event.type)) hear(event)
  }

  #catchUp() {
    for (const { catchUp } of this.#listeners) catchUp()
  }

  #failed() {
    this.#failures += 1
    this.#set(!navigator.onLine || this.#failures >= patience ? 'offline' : 'reconnecting')
  }

  // The stream is the first to hear that the session was ended elsewhere: nothing else may ask for minutes.
  #refused(code: ProblemCode) {
    if (code === 'SESSION_ENDED') session.lose()
    this.#broken(code === 'ORG_NOT_FOUND' || code === 'SESSION_ENDED')
  }

  #broken(forGood: boolean) {
    this.#disconnect()
    if (forGood || !this.#org) return
    this.#failed()
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** (this.#failures - 1))
    this.#timer = setTimeout(() => this.#connect(), delay * (0.5 + Math.random() / 2))
  }

  #set(presence: Presence) {
    if (presence === this.presence) return
    if (this.presence === 'live') this.inStepAt = new Date()
    this.presence = presence
    this.dispatchEvent(new Event('change'))
  }
}

export const live = new Live()
