/** Shows the palette or the help above the page; their code arrives when they are first asked for. */
import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit'
import { allCommands } from '../commands.ts'
import type { ShowEvent } from './show-event.ts'

type Shown = 'nothing' | ShowEvent['what']

export class Overlays implements ReactiveController {
  #shown: Shown = 'nothing'

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly org: () => string,
  ) {
    host.addController(this)
  }

  hostConnected() {
    document.addEventListener('app-show', this.#asked)
  }

  hostDisconnected() {
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

  #hide = () => {
    this.#shown = 'nothing'
    this.host.requestUpdate()
  }

  async #show(what: ShowEvent['what']) {
    await (what === 'palette' ? import('./app-palette.ts') : import('./app-help.ts'))
    this.#shown = what
    this.host.requestUpdate()
  }
}
