/** What the pointer rests on, so that nothing moves away from under it. */
import type { Anchor } from './rows.ts'

export class ListPointer {
  at: Anchor | undefined

  /** `left` is called when the pointer leaves the list. */
  constructor(private readonly left: () => void) {}

  over = (event: PointerEvent) => {
    const item = (event.target as Element).closest<HTMLElement>('[data-row], [data-anchor]')
    // A finger leaves nothing behind that could be hit by mistake.
    this.at = event.pointerType === 'mouse' ? (item?.dataset['row'] ?? item?.dataset['anchor']) : undefined
  }

  leave = () => {
    this.at = undefined
    this.left()
  }
}
