/** Moving between rows with the arrow keys, and moving rows with Alt and the arrow keys. */

export type Walk = { ids: readonly string[]; at: string | undefined }

/** The row that a key leads to from `at`; undefined for a key that means something else. Stays at the ends. */
export function walked({ ids, at }: Walk, key: string): string | undefined {
  const from = at === undefined ? -1 : ids.indexOf(at)
  if (key === 'Home') return ids[0]
  if (key === 'End') return ids.at(-1)
  if (key === 'ArrowDown') return ids[Math.min(from + 1, ids.length - 1)]
  if (key === 'ArrowUp') return ids[Math.max(from - 1, 0)]
  return undefined
}

/** Which way Alt and this key move a row. */
export const nudged = ({ altKey, ctrlKey, metaKey, key }: KeyboardEvent): 1 | -1 | undefined =>
  altKey && !ctrlKey && !metaKey ? ({ ArrowDown: 1, ArrowUp: -1 } as const)[key as 'ArrowUp'] : undefined

/** Whether the key belongs to the control that has it: text, or a choice. */
export const isTyping = (event: Event): boolean => {
  const [at] = event.composedPath()
  return at instanceof HTMLElement && at.matches('input:not([type=checkbox]), textarea, select')
}

/** Everything from `from` to `to`, both included, in either direction. */
export function span(ids: readonly string[], from: string | undefined, to: string): string[] {
  const ends = [from === undefined ? -1 : ids.indexOf(from), ids.indexOf(to)]
  if (ends.includes(-1)) return [to]
  return ids.slice(Math.min(...ends), Math.max(...ends) + 1)
}
