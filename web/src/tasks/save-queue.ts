/** Sends the changes of one task one after the other, so that the reader never conflicts with themselves, nor with what does not touch their change. */
import type { Task } from '@mortise/shared/tasks'
import { problemOf } from '../problem.ts'
import type { Board } from './board.ts'
import { put } from './changes.ts'
import { disputed, type Edit } from './conflict.ts'

/** Attempts against somebody who keeps changing other fields of the same task. */
const atMost = 5

/** What is saved now, when `error` says that somebody else was first. */
export function conflictOf(error: unknown): Task | undefined {
  const { code, current } = problemOf(error)
  return code === 'VERSION_CONFLICT' ? (current as Task) : undefined
}

export class SaveQueue {
  #tails = new Map<string, Promise<unknown>>()
  /** Which version became which by the reader's own hand: a change made on top of one is made on top of the other. */
  #became = new Map<string, number>()

  constructor(private readonly board: Board) {}

  /** Runs `work` when everything before it under the same key has ended. Rejects as the work does. */
  alone<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(key) ?? Promise.resolve()
    const run = before.then(work, work)
    this.#tails.set(key, run)
    return run
  }

  /**
   * Sends a change that was made on top of `base`. When somebody else saved in between and touched other fields, it goes in
   * beside theirs; when they touched the same, it rejects with VERSION_CONFLICT.
   */
  save(base: Task, edit: Edit, send: (version: number) => Promise<Task>): Promise<Task> {
    return this.alone(base.id, async () => {
      let version = this.#latest(base)
      for (let attempt = 1; ; attempt += 1) {
        try {
          return this.#saved(version, await send(version))
        } catch (error) {
          const theirs = conflictOf(error)
          if (theirs) this.board.commit(put(theirs))
          if (!theirs || attempt === atMost || disputed({ base, edit, theirs }).length > 0) throw error
          version = theirs.version
        }
      }
    })
  }

  #saved(from: number, task: Task): Task {
    this.#became.set(`${task.id} ${from}`, task.version)
    this.board.commit(put(task))
    return task
  }

  #latest({ id, version }: Task): number {
    let latest = version
    for (let next = this.#became.get(`${id} ${latest}`); next !== undefined && next > latest; next = this.#became.get(`${id} ${latest}`))
      latest = next
    return latest
  }
}
