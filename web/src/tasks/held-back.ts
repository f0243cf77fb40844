/** What others did while the reader points at the list, drags or writes in it: behind a button, until they look. */
import { html, nothing } from 'lit'
import type { Board } from './board.ts'
import '../ui/ui-icon.ts'

export function heldBack({ held: { fresh, other }, release }: Pick<Board, 'held' | 'release'>) {
  if (fresh + other === 0) return nothing
  const words = other > 0 ? 'Show what changed' : `Show ${fresh} new ${fresh === 1 ? 'task' : 'tasks'}`
  return html`<p class="held">
    <button class="btn small" type="button" @click=${release}><ui-icon name="up" small></ui-icon>${words}</button>
    <span class="t13 muted wide-only">Held back while you point at the list, drag or write in it</span>
  </p>`
}
