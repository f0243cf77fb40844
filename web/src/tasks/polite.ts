/** Tells readers who do not see the tint what others did: at most one sentence every five seconds. */
import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit'
import { shortName } from './deeds.ts'
import type { Note } from './notes.ts'

const everyMs = 5_000

export class Polite implements ReactiveController {
  #untold: Note[] = []
  #sentence = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this)
  }

  hostDisconnected() {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** Something others did: gathered with what follows soon. */
  hear = (note: Note) => {
    this.#untold.push(note)
    this.#timer ??= setTimeout(() => this.#tell(), this.#sentence ? everyMs : 0)
  }

  /** Something the reader did with the keyboard and has to hear at once. */
  say = (sentence: string) => {
    this.#sentence = sentence
    this.host.requestUpdate()
  }

  render = (): TemplateResult => html`<p class="vh" role="status">${this.#sentence}</p>`

  #tell() {
    this.#timer = undefined
    this.say(newsSentence(this.#untold.splice(0)))
  }
}

/** `Ines set the date`; `3 changes by Ines and Tomasz`. */
export function newsSentence(notes: readonly Pick<Note, 'name' | 'words'>[]): string {
  const [first] = notes
  if (!first) return ''
  if (notes.length === 1) return first.words
  const names = [...new Set(notes.map(({ name }) => shortName(name)))]
  const last = names.pop()
  return `${notes.length} changes by ${names.length > 0 ? `${names.join(', ')} and ` : ''}${last}`
}
