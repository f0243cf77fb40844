/** A page tells the shell what it shows, once it knows: the name of a project, and what stands above it. */

export type Crumb = { label: string; href: string }

export class PageNamedEvent extends Event {
  constructor(
    readonly title: string,
    readonly above: Crumb[] = [],
  ) {
    super('page-named', { bubbles: true, composed: true })
  }
}

declare global {
  interface HTMLElementEventMap {
    'page-named': PageNamedEvent
  }
}
