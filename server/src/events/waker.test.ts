/** Sleeping until woken: no wake is lost, and nobody sleeps for ever. */
import { describe, expect, it } from 'vitest'
import { waker } from './waker.ts'

const never = new AbortController().signal
const aMoment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Whether a promise is settled soon. */
const isSoon = (promise: Promise<unknown>) => Promise.race([promise.then(() => true), aMoment(30).then(() => false)])

describe('a sleeper', () => {
  it('sleeps until it is woken', async () => {
    const { wake, woken } = waker(10_000, never)
    const sleep = woken()
    expect(await isSoon(sleep)).toBe(false)
    wake()
    expect(await isSoon(sleep)).toBe(true)
  })

  it('does not fall asleep when it was called while it was busy, and then only once', async () => {
    const { wake, woken } = waker(10_000, never)
    wake()
    wake()
    expect(await isSoon(woken())).toBe(true)
    expect(await isSoon(woken())).toBe(false)
  })

  it('wakes by itself after a while, should every call be lost', async () => {
    expect(await isSoon(waker(10, never).woken())).toBe(true)
  })

  it('wakes when there is nothing to wait for any more, and sleeps no more', async () => {
    const over = new AbortController()
    const { woken } = waker(10_000, over.signal)
    const sleep = woken()
    over.abort()
    expect(await isSoon(sleep)).toBe(true)
    expect(await isSoon(woken())).toBe(true)
  })
})
