/** Two reasons to stop, in one signal that leaves no trace. */
import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { either } from './either.ts'

describe('a signal for two reasons', () => {
  it.each([0, 1])('is aborted by reason %i, now or from the beginning', (which) => {
    const reasons = [new AbortController(), new AbortController()] as const
    const { signal } = either(reasons[0].signal, reasons[1].signal)
    expect(signal.aborted).toBe(false)
    reasons[which as 0 | 1].abort()
    expect(signal.aborted).toBe(true)
    expect(either(reasons[0].signal, reasons[1].signal).signal.aborted).toBe(true)
  })

  it('needs one reason only', () => {
    const lasting = new AbortController()
    const { signal } = either(lasting.signal, undefined)
    lasting.abort()
    expect(signal.aborted).toBe(true)
  })

  it('leaves nothing on the reasons when it is released', () => {
    const [lasting, passing] = [new AbortController(), new AbortController()]
    const { release } = either(lasting.signal, passing.signal)
    expect(getEventListeners(lasting.signal, 'abort')).toHaveLength(1)
    release()
    expect([lasting, passing].flatMap(({ signal }) => getEventListeners(signal, 'abort'))).toEqual([])
  })
})
