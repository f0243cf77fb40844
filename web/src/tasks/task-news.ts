/** Hears what others do to the tasks of a project, and fetches only what changed. */
import type { StreamEvent } from '@mortise/shared/events'
import type { Task } from '@mortise/shared/tasks'
import { api } from '../api.ts'
import { live } from '../controllers/subscription.ts'
import { problemOf } from '../problem.ts'

/** Several events of one change (a bulk edit) are dealt with together. */
const gatherMs = 60
/** From here on one list costs less than many tasks. */
const tooMany = 20

type Owner = {
  latest: () => readonly Task[]
  /** The end of the board was not fetched, so a new task has no place yet. */
  isOpenEnded: () => boolean
  /** Resolves when none of the reader's own changes is on its way. */
  idle: () => Promise<unknown>
  reload: (events: readonly StreamEvent[]) => Promise<void>
  take: (tasks: Task[], events: readonly StreamEvent[]) => void
}

export class TaskNews {
  #heard: StreamEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #stop: (() => void) | undefined

  constructor(private readonly owner: Owner) {}

  start(project: () => string) {
    this.#stop = live.listen(
      'task.*',
      (event) => event.projectId === project() && this.#hear(event),
      () => void this.owner.reload([]),
    )
  }

  stop() {
    this.#stop?.()
    clearTimeout(this.#timer)
    this.#heard = []
  }

  #hear(event: StreamEvent) {
    this.#heard.push(event)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#read(), gatherMs)
  }

  async #read(): Promise<void> {
    await this.owner.idle()
    const events = this.#heard.splice(0).filter((event) => this.#isNews(event))
    const ids = [...new Set(events.map(({ entityId }) => entityId))]
    if (events.length === 0) return
    if (ids.length > tooMany || events.some(({ type }) => type === 'task.moved')) return this.owner.reload(events)
    try {
      const answers = await Promise.all(ids.map((id) => this.#get(id, events)))
      this.owner.take(this.#merged(ids, answers), events)
    } catch {
      // Whatever went wrong with a part is the whole list's to say.
      await this.owner.reload(events)
    }
  }

  #isNews({ type, entityId, version }: StreamEvent): boolean {
    const known = this.owner.latest().find(({ id }) => id === entityId)
    if (type === 'task.deleted') return known !== undefined
    if (!known) return !this.owner.isOpenEnded() || type !== 'task.created'
    return known.version < version
  }

  async #get(id: string, events: readonly StreamEvent[]): Promise<Task | null> {
    if (events.some(({ entityId, type }) => entityId === id && type === 'task.deleted')) return null
    try {
      return await api.tasks.get.query({ task: id })
    } catch (error) {
      if (problemOf(error).code === 'TASK_NOT_FOUND') return null
      throw error
    }
  }

  #merged(ids: readonly string[], answers: readonly (Task | null)[]): Task[] {
    const fresh = new Map(ids.map((id, at) => [id, answers[at] ?? null]))
    const kept = this.owner.latest().flatMap((task) => {
      const answer = fresh.get(task.id)
      if (answer === null) return []
      return answer && answer.version > task.version ? [answer] : [task]
    })
    const known = new Set(this.owner.latest().map(({ id }) => id))
    return [...kept, ...answers.filter((task): task is Task => task !== null && !known.has(task.id))]
  }
}
