/** Asks for the palette or the help, from anywhere. */

export class ShowEvent extends Event {
  constructor(readonly what: 'palette' | 'help') {
    super('app-show', { bubbles: true, composed: true })
  }
}

declare global {
  interface DocumentEventMap {
    'app-show': ShowEvent
  }
}
