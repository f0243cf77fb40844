/** Runs inside the page: gathers what the browser itself measures, and tells when what was asked for stands. */
{
  const seen = { event: [], 'layout-shift': [], 'long-animation-frame': [] }
  const plain = {
    event: ({ name, startTime, duration, interactionId }) => ({ name, startTime, duration, interactionId }),
    'layout-shift': ({ startTime, value, hadRecentInput }) => ({ startTime, value, hadRecentInput }),
    'long-animation-frame': ({ startTime, duration }) => ({ startTime, duration }),
  }
  for (const type of Object.keys(seen)) {
    const hear = (list) => seen[type].push(...list.getEntries().map(plain[type]))
    new PerformanceObserver(hear).observe({ type, buffered: true, durationThreshold: 16 })
  }

  // `a >>> b` is b inside the shadow root of a.
  const find = (path) => {
    const steps = path.split(' >>> ')
    const last = steps.pop()
    const root = steps.reduce((from, step) => from?.querySelector(step)?.shadowRoot, document)
    return [...(root?.querySelectorAll(last) ?? [])]
  }
  const stands = ({ path, text = '', isGone = false }) => find(path).some((element) => element.textContent.includes(text)) !== isGone

  globalThis.meter = {
    stands,
    /** Waits for the next press or key, and from there until `target` is painted; `seen` begins anew. */
    arm(target) {
      for (const type of Object.keys(seen)) seen[type].length = 0
      let began
      const begin = (event) => (began ??= event.timeStamp)
      for (const type of ['pointerup', 'keydown']) addEventListener(type, begin, { capture: true, once: true })
      this.standing = new Promise((resolve) => {
        const look = () => {
          if (began === undefined || !stands(target)) return requestAnimationFrame(look)
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', () => resolve(performance.now() - began), { once: true })
          port1.start()
          port2.postMessage('') // heard after the frame of this callback was painted
        }
        look()
      })
    },
    /** What was gathered since `arm`. */
    gathered: () => seen,
    /** Work of a fixed size, for comparing machines and minutes: ms. */
    calibrate() {
      const began = performance.now()
      let state = 2_463_534_242
      for (let round = 0; round < 6_000_000; round += 1) {
        state ^= state << 13
        state ^= state >>> 17
        state ^= state << 5
      }
      return { ms: performance.now() - began, state }
    },
  }
}
