/** The tasks of one project as they are laid out: fetched, changed by the reader, and kept true while others change them. */
import type { StreamEvent } from '@mortise/shared/events'
import type { Task } from '@mortise/shared/tasks'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { api } from '../api.ts'
import { live } from '../controllers/subscription.ts'
import { isAbort } from '../problem.ts'
import type { Change } from './changes.ts'
import type { NameOf } from './deeds.ts'
import { askedOf, type Filter } from './filter.ts'
import { Notes, noteOf } from './notes.ts'
import { arrange, refreshed, stands, waiting, type Anchor, type Row } from './rows.ts'
import { TaskNews } from './task-news.ts'

const pageSize = 100
/** Pages that are fetched without asking: 500 tasks, as many as a page of rows carries with ease. */
const pagesAtOnce = 5
/** While somebody types words to filter by. */
const typingMs = 200

type Options = {
  project: () => string
  me: () => string | undefined
  nameOf: NameOf
  filter: () => Filter
  /** What must not move now: rows and lines under a pointer or caret; null holds everything (a drag). */
  anchors: () => Anchor[] | null
}

export class Board implements ReactiveController {
  status: 'pending' | 'error' | 'complete' = 'pending'
  error: unknown
  /** What others did a moment ago, by task. */
  readonly notes = new Notes(() => this.settle())
  #latest: Task[] = []
  #rows: Row[] = []
  #guesses: Change['rows'][] = []
  #hasMore = false
  /** The server was asked for a part only. */
  #isNarrowed = false
  #pages = pagesAtOnce
  #key: string | undefined
  #abort: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #running = new Set<Promise<unknown>>()
  #news: TaskNews
  #forget: (() => void) | undefined

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly options: Options,
  ) {
    host.addController(this)
    this.#news = new TaskNews({
      latest: () => this.#latest,
      isOpenEnded: () => this.#hasMore,
      idle: () => Promise.allSettled(this.#running),
      reload: (events) => this.reload(events),
      take: (tasks, events) => this.#take(tasks, events),
    })
  }

  /** The rows in their order, with the reader's changes that are on their way. */
  get rows(): Row[] {
    return this.#guesses.reduce((rows, guess) => guess(rows), this.#rows)
  }

  /** More tasks exist than were fetched. */
  get hasMore(): boolean {
    return this.#hasMore
  }

  /** Every task of the project is here, whatever the filter shows of them. */
  get isWhole(): boolean {
    return this.status === 'complete' && !this.#hasMore && !this.#isNarrowed
  }

  /** What waits because somebody points at the list, drags or writes in it. */
  get held(): { fresh: number; other: number } {
    const leaving = this.#rows.filter((row) => this.notes.isLeaving(row.id))
    const { fresh, other } = waiting(this.#latest, this.#rows)
    return { fresh, other: Math.max(0, other - leaving.length) }
  }

  /** A task that is shown or known, as the reader sees it. */
  task(id: string): Task | undefined {
    return this.rows.find((row) => row.id === id && !row.isGone)?.task
  }

  /** The order of the whole board, for bringing a task back to its place. */
  get order(): readonly Task[] {
    return this.#latest
  }

  /** Shows a change before the server has agreed. Answers a function that takes it back. */
  guess({ rows }: Change): () => void {
    this.#guesses.push(rows)
    this.host.requestUpdate()
    return () => {
      this.#guesses = this.#guesses.filter((other) => other !== rows)
      this.host.requestUpdate()
    }
  }

  /** Takes a change for good: the reader's own, so it is shown at once wherever the pointer is. */
  commit({ tasks, rows }: Change) {
    this.#latest = tasks(this.#latest)
    this.#rows = rows(this.#rows)
    this.host.requestUpdate()
  }

  /** News wait for the reader's own changes, whose answers say more than their echoes. */
  own<Result>(work: Promise<Result>): Promise<Result> {
    this.#running.add(work)
    const done = () => this.#running.delete(work)
    work.then(done, done)
    return work
  }

  /** Lays out what has happened, unless that would move something under a pointer, a drag or a caret. */
  settle = () => {
    const next = arrange(this.#latest, this.#rows, (row) => this.notes.isLeaving(row.id))
    const anchors = this.options.anchors()
    const isFree = anchors?.every((anchor) => stands(this.#rows, next, anchor)) ?? false
    this.#rows = isFree ? next : refreshed(this.#latest, this.#rows)
    this.host.requestUpdate()
  }

  /** Lays out everything now, because the reader asked for it. */
  release = () => {
    this.#rows = arrange(this.#latest, [])
    this.host.requestUpdate()
  }

  /** Fetches the next tasks of a long board. */
  more = () => {
    this.#pages += pagesAtOnce
    return this.reload()
  }

  /** Fetches again; what is shown stays until the answer comes. Never rejects: `error` tells. */
  reload = async (events: readonly StreamEvent[] = []): Promise<void> => {
    this.#abort?.abort()
    const { signal } = (this.#abort = new AbortController())
    try {
      const tasks = await this.#fetch(signal)
      if (!signal.aborted) this.#take(tasks, events)
    } catch (error) {
      if (signal.aborted || isAbort(error)) return
      this.error = error
      this.status = 'error'
      this.host.requestUpdate()
    }
  }

  hostConnected() {
    this.#news.start(this.options.project)
    this.#forget = live.whenBack(() => void (this.status === 'error' && this.reload()))
  }

  hostDisconnected() {
    this.#news.stop()
    this.#forget?.()
    this.notes.clear()
    clearTimeout(this.#timer)
    this.#abort?.abort()
    this.#key = undefined
  }

  hostUpdate() {
    if (!this.options.project()) return
    const key = JSON.stringify([this.options.project(), this.#asked()])
    if (key === this.#key) return
    const isFirst = this.#key === undefined
    this.#key = key
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.reload(), isFirst ? 0 : typingMs)
  }

  // A board that is here as a whole is filtered here; only a longer one asks the server.
  #asked = () => (this.#hasMore || this.#isNarrowed ? askedOf(this.options.filter()) : {})

  async #fetch(signal: AbortSignal): Promise<Task[]> {
    const asked = this.#asked()
    const tasks: Task[] = []
    let cursor: string | undefined
    for (let page = 0; page < this.#pages; page += 1) {
      const answer = await api.tasks.list.query({ project: this.options.project(), limit: pageSize, cursor, ...asked }, { signal })
      tasks.push(...answer.items)
      cursor = answer.nextCursor ?? undefined
      if (!cursor) break
    }
    this.#isNarrowed = Object.keys(asked).length > 0
    this.#hasMore = cursor !== undefined
    return tasks
  }

  #take(tasks: Task[], events: readonly StreamEvent[]) {
    const isFirst = this.status === 'pending'
    for (const event of events) {
      if (event.actorId === this.options.me()) continue
      const note = noteOf(
        event,
        this.#latest.find(({ id }) => id === event.entityId),
        tasks.find(({ id }) => id === event.entityId),
        this.options.nameOf,
      )
      if (note) this.notes.add(event.entityId, note)
    }
    this.#latest = keeping(tasks, this.#latest)
    this.status = 'complete'
    this.error = undefined
    if (isFirst) this.release()
    else this.settle()
  }
}

/** Tasks that have not changed stay the same objects: their rows need not be drawn anew. */
function keeping(tasks: readonly Task[], known: readonly Task[]): Task[] {
  const before = new Map(known.map((task) => [task.id, task]))
  return tasks.map((task) => {
    const same = before.get(task.id)
    return same?.version === task.version ? same : task
  })
}
