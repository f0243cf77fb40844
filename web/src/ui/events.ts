/** The events of the kit: subclasses of Event that bubble out of every shadow root and carry typed fields. */

class KitEvent extends Event {
  constructor(type: string) {
    super(type, { bubbles: true, composed: true })
  }
}

/** The reader asks to try again what failed. */
export class RetryEvent extends KitEvent {
  constructor() {
    super('ui-retry')
  }
}

/** A dialog has closed, by Escape, by its cross or by its owner. Does not bubble: a dialog inside a dialog is its own affair. */
export class DialogClosedEvent extends Event {
  constructor() {
    super('ui-close')
  }
}

/** The reader has read what follows and wants it. */
export class ConfirmedEvent extends KitEvent {
  constructor() {
    super('ui-confirm')
  }
}

/** Another choice was made in a segment or select. */
export class ChoiceEvent extends KitEvent {
  constructor(readonly value: string) {
    super('ui-choice')
  }
}

/** Something was done that people should hear of, and may undo. */
export class ToastEvent extends KitEvent {
  constructor(readonly toast: Toast) {
    super('ui-toast')
  }
}

/** `said` is one sentence; `named` a name in it that may be cut; `undo` takes it back. */
export type Toast = { said: string; tone?: 'ok' | 'bad'; undo?: () => unknown; requestId?: string }

declare global {
  interface HTMLElementEventMap {
    'ui-retry': RetryEvent
    'ui-close': DialogClosedEvent
    'ui-choice': ChoiceEvent
    'ui-confirm': ConfirmedEvent
    'ui-toast': ToastEvent
  }
}
