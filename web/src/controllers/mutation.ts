/** A change that the reader makes: shown at once, taken back when it is refused, and undoable for a while. */
import type { LitElement, ReactiveController } from 'lit'
import { sentenceFor } from '../messages.ts'
import { problemOf } from '../problem.ts'
import { ToastEvent } from '../ui/events.ts'
import type { Patch } from './query.ts'

type Options<Input, Result> = {
  /** Shows the change before the server has agreed. */
  optimistic?: (input: Input) => Patch | Patch[]
  /** What was done, in one sentence. Without it nothing is said: the page shows it. */
  said?: (input: Input, result: Result) => string
  /** Takes it back; offered beside `said`. */
  undo?: (input: Input, result: Result) => unknown
  /** Returns true when it dealt with the failure itself (a conflict to show, a field to mark). */
  failed?: (error: unknown, input: Input) => boolean | void
}

export class Mutation<Input, Result> implements ReactiveController {
  /** How many are on their way. */
  running = 0
  error: unknown

  constructor(
    private readonly host: LitElement,
    private readonly change: (input: Input) => Promise<Result>,
    private readonly options: Options<Input, Result> = {},
  ) {
    host.addController(this)
  }

  get pending(): boolean {
    return this.running > 0
  }

  hostConnected() {}

  /** Makes the change. Answers its result, or undefined when it was refused: the reader has been told then. */
  run = async (input: Input): Promise<Result | undefined> => {
    const patches = [this.options.optimistic?.(input) ?? []].flat()
    this.#count(1)
    try {
      const result = await this.change(input)
      this.error = undefined
      for (const patch of patches) void patch.settle()
      this.#tell(input, result)
      return result
    } catch (error) {
      this.error = error
      for (const patch of patches) patch.drop()
      if (!this.options.failed?.(error, input)) this.#complain(error)
      return undefined
    } finally {
      this.#count(-1)
    }
  }

  #count(by: 1 | -1) {
    this.running += by
    this.host.requestUpdate()
  }

  #tell(input: Input, result: Result) {
    const { said, undo } = this.options
    if (!said) return
    this.#send(new ToastEvent({ said: said(input, result), undo: undo && (() => undo(input, result)) }))
  }

  #complain(error: unknown) {
    this.#send(new ToastEvent({ said: sentenceFor(error), tone: 'bad', requestId: problemOf(error).requestId }))
  }

  // The page may be gone by the time the server answers; the reader is told all the same.
  #send(event: ToastEvent) {
    const from = this.host.isConnected ? this.host : document
    from.dispatchEvent(event)
  }
}
