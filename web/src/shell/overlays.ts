/** Shows the palette or the help above the page; their code arrives when the page has nothing else to do, or when they are asked for. */
import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit'
import { allCommands } from '../commands.ts'
import { whenIdle } from '../idle.ts'
import { once } from '../load-once.ts'
import type { ShowEvent } from './show-event.ts'

type Shown = 'nothing' | ShowEvent['what']

const load = { palette: once(() => import('./app-palette.ts')), help: once(() => import('./app-help.ts')) }

export class Overlays implements ReactiveController {
  #shown: Shown = 'nothing'
  #callOff: (() => void) | undefined

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly org: () => string,
  ) {
    host.addController(this)
  }

  hostConnected() {
    document.addEventListener('app-show', this.#asked)
    addEventListener('load', this.#prepare, { once: true })
  }

  hostDisconnected() {
    this.#callOff?.()
    removeEventListener('load', this.#prepare)
    document.removeEventListener('app-show', this.#asked)
  }

  render() {
    if (this.#shown === 'nothing') return nothing
    const commands = allCommands()
    if (this.#shown === 'help') return html`<app-help .commands=${commands} @ui-close=${this.#hide}></app-help>`
    const listed = commands.filter((command) => !command.unlisted)
    return html`<app-palette .org=${this.org()} .commands=${listed} @ui-close=${this.#hide}></app-palette>`
  }

  #asked = (event: ShowEvent) => void this.#show(event.what)

  // A failure is told when they are asked for.
  #prepare = () => {
    this.#callOff = whenIdle(() => Promise.all([load.palette(), load.help()]).catch(() => undefined), 10_000)
  }

  #hide = () => {
    this.#shown = 'nothing'
    this.host.requestUpdate()
  }

  async #show(what: ShowEvent['what']) {
    await load[what]()
    this.#shown = what
    this.host.requestUpdate()
  }
}
