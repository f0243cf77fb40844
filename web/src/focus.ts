/** After a navigation the new page's heading takes focus, so that readers of every kind know where they are. */

const longestWaitMs = 5_000

/** Focuses the `<h1>` of `page` as soon as there is one, unless somebody has gone on in the meantime. Answers a function that stops waiting. */
export function focusHeading(page: Element): () => void {
  const root = page.shadowRoot ?? page
  let heading = take(root)
  // A heading that only kept the place goes when the name comes, and would take the focus with it.
  const watch = new MutationObserver(() => void (heading?.isConnected || (heading = take(root))))
  watch.observe(root, { childList: true, subtree: true })
  const timer = setTimeout(() => watch.disconnect(), longestWaitMs)
  return () => {
    clearTimeout(timer)
    watch.disconnect()
  }
}

function take(root: ParentNode): HTMLElement | null {
  const heading = findHeading(root)
  if (!heading) return null
  const at = document.activeElement
  const isFree = !at || at === document.body || !document.querySelector('app-root main')?.contains(at)
  if (isFree) {
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }
  return heading
}

function findHeading(root: ParentNode): HTMLElement | null {
  const near = root.querySelector<HTMLElement>('h1')
  if (near) return near
  for (const part of root.querySelectorAll('*')) {
    const inside = part.shadowRoot && findHeading(part.shadowRoot)
    if (inside) return inside
  }
  return null
}
