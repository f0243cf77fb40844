/** Sleeping until woken. */

/**
 * `woken` resolves at the next `wake`, at once if one came since the last time, after `atLatestMs`, or when `until` is
 * aborted. Call `stop` when done.
 */
export function waker(atLatestMs: number, until: AbortSignal): { wake: () => void; woken: () => Promise<void>; stop: () => void } {
  let called = false
  let resume: (() => void) | undefined
  const wake = () => {
    called = true
    resume?.()
  }
  until.addEventListener('abort', wake)
  return {
    wake,
    woken: async () => {
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>((resolve) => {
        resume = resolve
        timer = setTimeout(resolve, atLatestMs)
        if (called || until.aborted) resolve()
      })
      clearTimeout(timer)
      resume = undefined
      called = false
    },
    stop: () => until.removeEventListener('abort', wake),
  }
}
