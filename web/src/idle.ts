/** Work that may wait until nothing else is to be done: keys and pictures come first. */

/** Does `work` when the page is idle, after `atMostMs` in any case. Answers a function that calls it off. */
export function whenIdle(work: () => void, atMostMs = 2_000): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(work)
    return () => clearTimeout(timer)
  }
  const asked = requestIdleCallback(work, { timeout: atMostMs })
  return () => cancelIdleCallback(asked)
}

/** Does `work` right after the next picture, which does not wait for it. */
export function afterPaint(work: () => void) {
  requestAnimationFrame(() => setTimeout(work))
}
