/** Who listens on which channel inside this process. */
import type { Why } from './bus.ts'

type Listener = (why: Why) => void

export type Listeners = {
  /** Adds a listener and returns how to remove it. */
  add(channel: string, listener: Listener): () => void
  /** Calls everybody who listens on the channel, because of a signal. */
  wake(channel: string): void
  /** Calls everybody, because signals may have been lost. */
  wakeAll(): void
  /** Whether anybody listens on the channel. */
  has(channel: string): boolean
}

export function listeners(): Listeners {
  const channels = new Map<string, Set<Listener>>()
  const call = (channel: string, why: Why) => {
    for (const listener of channels.get(channel) ?? []) listener(why)
  }
  return {
    add(channel, listener) {
      const here = channels.get(channel) ?? new Set()
      channels.set(channel, here.add(listener))
      return () => {
        here.delete(listener)
        if (here.size === 0 && channels.get(channel) === here) channels.delete(channel)
      }
    },
    wake: (channel) => call(channel, 'signal'),
    wakeAll: () => {
      for (const channel of channels.keys()) call(channel, 'gap')
    },
    has: (channel) => channels.has(channel),
  }
}
