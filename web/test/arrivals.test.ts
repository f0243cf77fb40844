/** Newcomers in a list stand out for a moment; what was there before, or appears because the view has changed, does not. */
import type { ReactiveControllerHost } from 'lit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Arrivals } from '../src/members/arrivals.ts'

const requestUpdate = vi.fn<() => void>()
const begun = () => new Arrivals({ addController: () => undefined, requestUpdate } as unknown as ReactiveControllerHost)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('arrivals', () => {
  it('are none in the first list', () => {
    expect(begun().see('all', ['ines', 'aiko'])).toEqual([])
  })

  it('are those who were not there before, until they have been seen', () => {
    const arrivals = begun()
    arrivals.see('all', ['ines'])
    expect(arrivals.see('all', ['aiko', 'ines'])).toEqual(['aiko'])
    expect([arrivals.isNew('aiko'), arrivals.isNew('ines')]).toEqual([true, false])
    vi.advanceTimersByTime(4_000)
    expect(arrivals.isNew('aiko')).toBe(false)
    expect(requestUpdate).toHaveBeenCalledOnce()
  })

  it('are announced once', () => {
    const arrivals = begun()
    arrivals.see('all', [])
    arrivals.see('all', ['aiko'])
    expect(arrivals.see('all', ['aiko'])).toEqual([])
  })

  it('are none when somebody only looks at another part of the list', () => {
    const arrivals = begun()
    arrivals.see('all', ['ines'])
    expect(arrivals.see('search: a', ['aiko'])).toEqual([])
  })

  it('leave no timer behind when the list goes', () => {
    const arrivals = begun()
    arrivals.see('all', [])
    arrivals.see('all', ['aiko'])
    arrivals.hostDisconnected()
    expect(vi.getTimerCount()).toBe(0)
  })
})
