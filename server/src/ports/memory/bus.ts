/** The bus of a single process. */
import type { Bus } from '../bus.ts'
import { listeners } from '../listeners.ts'

export function memoryBus(): Bus {
  const { add, wake } = listeners()
  return {
    signal: (channel) => void setImmediate(wake, channel),
    listen: (channel, listener) => Promise.resolve(add(channel, listener)),
    state: () => 'off',
    close: () => Promise.resolve(),
  }
}
