/** The bus: signals between processes, without content and without promise. Whoever is woken looks in the database. */

/** Why somebody is woken: there was a signal, or there may have been one that nobody heard. */
export type Why = 'signal' | 'gap'

export type Bus = {
  /** Wakes everybody who listens on a channel, here and in every other process. Never throws and never waits. */
  signal(channel: string): void
  /** Calls `wake` for each signal, and once after every gap in which signals may have been lost. Resolves once no signal can be missed. Returns how to stop. */
  listen(channel: string, wake: (why: Why) => void): Promise<() => void>
  /** `off` where there is nothing to be connected to. */
  state(): 'ok' | 'down' | 'off'
  close(): Promise<void>
}
