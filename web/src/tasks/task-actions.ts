/** Everything the reader can do to tasks: shown at once, sent in order, taken back when it is refused, undoable for a while. */
import type { Task, TaskStatus } from '@mortise/shared/tasks'
import type { LitElement } from 'lit'
import { api } from '../api.ts'
import { Mutation } from '../controllers/mutation.ts'
import type { Patch } from '../controllers/query.ts'
import type { Board } from './board.ts'
import { all, amend, append, drop, shift, type Change } from './changes.ts'
import { changesOf, reverseOf, updateOf, type Conflict, type Edit } from './conflict.ts'
import type { NameOf } from './deeds.ts'
import { placeOf, type Place } from './order.ts'
import { saidOfEdit, saidOfEdits } from './sentences.ts'
import { SaveQueue, conflictOf } from './save-queue.ts'

type Options = {
  project: () => string
  nameOf: NameOf
  /** Both changed the same field: the reader has to choose. */
  conflict: (conflict: Conflict) => void
  /** A new task was refused: its title goes back to where it was written. */
  refused: (title: string, status: TaskStatus) => void
}

type Wanted = { task: Task; edit: Edit }
type Shifted = { task: Task; place: Place; status: TaskStatus }

let nextGuess = 1
const guessPrefix = 'guess-'

/** Whether a task is only shown so far, and has no id of the server's yet. */
export const isGuess = (id: string): boolean => id.startsWith(guessPrefix)

export class TaskActions {
  #queue: SaveQueue
  #edit: Mutation<Wanted, Task>
  #edits: Mutation<Wanted[], Task[]>
  #editQuietly: Mutation<Wanted[], Task[]>
  #move: Mutation<Shifted & { from: Place }, Task>
  #moveQuietly: Mutation<Shifted, Task>
  #add: Mutation<Task, Task>
  #remove: Mutation<Task[], void[]>

  constructor(
    host: LitElement,
    private readonly board: Board,
    private readonly options: Options,
  ) {
    this.#queue = new SaveQueue(board)
    const refused = (error: unknown, { task, edit }: Wanted) => this.#refused(error, task, edit)
    const savedAll = (some: Wanted[]) => board.own(allDone(some.map(({ task, edit }) => this.#save(task, edit))))
    const guessed = (some: Wanted[]) => this.#show(all(some.map(({ task, edit }) => amend(task.id, edit))))
    const undoEdits = (some: Wanted[], saved: Task[]) =>
      this.#editQuietly.run(saved.map((task, at) => ({ task, edit: reverseOf(some[at]?.task ?? task, some[at]?.edit ?? {}) })))

    this.#edit = new Mutation(host, ({ task, edit }: Wanted) => board.own(this.#save(task, edit)), {
      optimistic: ({ task, edit }) => this.#show(amend(task.id, edit)),
      said: ({ task, edit }) => saidOfEdit(task, edit, options.nameOf),
      undo: (wanted, saved) => undoEdits([wanted], [saved]),
      failed: refused,
    })
    this.#edits = new Mutation(host, savedAll, {
      optimistic: guessed,
      said: (some) => saidOfEdits(some.length, some[0]?.edit ?? {}, options.nameOf),
      undo: undoEdits,
    })
    this.#editQuietly = new Mutation(host, savedAll, { optimistic: guessed })
    const sendMove = ({ task, place, status }: Shifted) => board.own(this.#place(task, place, status))
    const guessMove = ({ task, place, status }: Shifted) => this.#show(all([amend(task.id, { status }), shift(task.id, place)]))
    this.#move = new Mutation<Shifted & { from: Place }, Task>(host, sendMove, {
      optimistic: guessMove,
      said: ({ task, status }) => (status === task.status ? `Moved “${task.title}”.` : saidOfEdit(task, { status }, options.nameOf)),
      undo: ({ task, from }, saved) => this.#moveQuietly.run({ task: saved, place: from, status: task.status }),
    })
    this.#moveQuietly = new Mutation(host, sendMove, { optimistic: guessMove })
    this.#add = new Mutation(host, (guess: Task) => board.own(this.#queue.alone('add', () => this.#create(guess))), {
      optimistic: (guess) => this.#show(append(guess)),
      failed: (_, { title, status }) => options.refused(title, status),
    })
    this.#remove = new Mutation(host, (tasks: Task[]) => board.own(allDone(tasks.map((task) => this.#delete(task)))), {
      optimistic: (tasks) => this.#show(all(tasks.map(({ id }) => drop(id)))),
      said: (tasks) => (tasks.length === 1 ? `Deleted “${tasks[0]?.title}”.` : `Deleted ${tasks.length} tasks.`),
    })
  }

  /** Adds a task at the end of the board. */
  add(title: string, status: TaskStatus) {
    const now = new Date().toISOString()
    const guess: Task = {
      id: `${guessPrefix}${nextGuess++}`,
      organizationId: '',
      projectId: this.options.project(),
      title,
      description: '',
      status,
      assigneeId: null,
      dueOn: null,
      completedAt: null,
      createdAt: now,
      updatedAt: now,
      version: 0,
    }
    return this.#add.run(guess)
  }

  /** Changes what differs from `task`, which is what the reader saw. Answers the saved task, undefined when it was refused. */
  async change(task: Task, wanted: Edit): Promise<Task | undefined> {
    const edit = changesOf(task, wanted)
    return Object.keys(edit).length === 0 ? task : this.#edit.run({ task, edit })
  }

  /** Does to several tasks what differs in them; one Undo takes back all of it. */
  changeAll(tasks: readonly Task[], wanted: Edit) {
    const some = tasks.map((task) => ({ task, edit: changesOf(task, wanted) })).filter(({ edit }) => Object.keys(edit).length > 0)
    return some.length === 0 ? undefined : this.#edits.run(some)
  }

  /** Done when it was open, to do when it was done. */
  toggle = (task: Task) => this.change(task, { status: task.status === 'done' ? 'todo' : 'done' })

  /** Puts a task in another place, and with it in another group; offers to undo it. */
  move = (task: Task, place: Place, status = task.status) =>
    this.#move.run({ task, place, status, from: placeOf(this.board.order, task.id) })

  /** The same for a step that the opposite key takes back. */
  nudge = (task: Task, place: Place) => this.#moveQuietly.run({ task, place, status: task.status })

  /** Deletes for good: ask first. */
  remove = (tasks: Task[]) => this.#remove.run(tasks)

  #show(change: Change): Patch {
    const dropGuess = this.board.guess(change)
    return { drop: dropGuess, settle: async () => dropGuess() }
  }

  async #create(guess: Task): Promise<Task> {
    const { projectId: project, title, status } = guess
    const task = await api.tasks.create.mutate({ project, title, status })
    this.board.commit(append(task))
    return task
  }

  #save = (task: Task, edit: Edit): Promise<Task> =>
    this.#queue.save(task, edit, (version) => api.tasks.update.mutate(updateOf(task.id, version, edit)))

  async #place(task: Task, place: Place, status: TaskStatus): Promise<Task> {
    const regrouped = status === task.status ? task : await this.#save(task, { status })
    const saved = await this.#queue.save(regrouped, {}, (version) => api.tasks.move.mutate({ task: task.id, version, ...place }))
    this.board.commit(shift(task.id, place))
    return saved
  }

  async #delete({ id }: Task): Promise<void> {
    await api.tasks.delete.mutate({ task: id })
    this.board.commit(drop(id))
  }

  #refused(error: unknown, base: Task, edit: Edit): boolean {
    const theirs = conflictOf(error)
    if (theirs) this.options.conflict({ base, edit, theirs, by: this.board.notes.get(base.id)?.name })
    return theirs !== undefined
  }
}

/** All results, or the first failure once all have ended: what succeeded stays. */
async function allDone<Result>(work: Promise<Result>[]): Promise<Result[]> {
  const ends = await Promise.allSettled(work)
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason
    return end.value
  })
}
