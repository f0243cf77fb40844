/** Who did what a moment ago: the words beside a row, for as long as its tint lasts. */
import type { StreamEvent } from '@mortise/shared/events'
import type { Task } from '@mortise/shared/tasks'
import { fields, type Field } from './conflict.ts'
import { deedOf, shortName, type NameOf } from './deeds.ts'

/** `name` is the whole name, `words` a sentence about its first part; `fields` are the values to tint. */
export type Note = { kind: 'new' | 'changed' | 'leaving'; name: string; words: string; fields: readonly Field[] }

const lastsMs = 4_000

/** The note for an event, from the task as it was and as it is; none for a task that is not on this board. */
export function noteOf(
  { actorId, type }: StreamEvent,
  before: Task | undefined,
  after: Task | undefined,
  nameOf: NameOf,
): Note | undefined {
  const name = nameOf(actorId) ?? 'Somebody'
  const say = (kind: Note['kind'], deed: string, changed: readonly Field[] = []): Note => ({
    kind,
    name,
    words: `${shortName(name)} ${deed}`,
    fields: changed,
  })
  if (!before) return after && say('new', 'added this')
  if (!after) return say('leaving', 'deleted this')
  if (type === 'task.moved') return say('changed', 'moved this')
  const changed = fields.filter((field) => before[field] !== after[field])
  if (changed.length === 0) return undefined
  return say(changed.includes('status') ? 'leaving' : 'changed', deedOf(before, after, nameOf), changed)
}

export class Notes {
  /** Called with each new note, for whoever tells the reader aloud. */
  heard: (note: Note) => void = () => undefined
  #notes = new Map<string, Note>()
  #timers = new Map<string, ReturnType<typeof setTimeout>>()

  /** `faded` is called when a note has gone, and with it the reason for a row to stay. */
  constructor(private readonly faded: () => void) {}

  get = (id: string): Note | undefined => this.#notes.get(id)

  isLeaving = (id: string): boolean => this.#notes.get(id)?.kind === 'leaving'

  add(id: string, note: Note) {
    clearTimeout(this.#timers.get(id))
    this.#notes.set(id, note)
    this.#timers.set(
      id,
      setTimeout(() => this.#fade(id), lastsMs),
    )
    this.heard(note)
  }

  clear() {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    this.#notes.clear()
  }

  #fade(id: string) {
    this.#notes.delete(id)
    this.#timers.delete(id)
    this.faded()
  }
}
