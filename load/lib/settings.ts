/** What a run is told by the environment; docs/performance.md explains each name. */

/** `rate` in iterations per second, `duration` as k6 writes it (`20s`), `pauseSeconds` the mean pause between two requests of a person. */
export type Settings = {
  target: string
  machine: string
  vus: number
  rate: number
  duration: string
  pauseSeconds: number
  summary: string
}

type Defaults = Pick<Settings, 'vus' | 'rate' | 'duration' | 'pauseSeconds'>

/** TARGET, VUS, RATE, DURATION, PAUSE, MACHINE and SUMMARY, or what the script says. Throws a sentence for a value that is none. */
export function settingsFrom(defaults: Defaults): Settings {
  return {
    target: (__ENV['TARGET'] || 'http://127.0.0.1:3000').replace(/\/+$/, ''),
    machine: __ENV['MACHINE'] || '2-core',
    vus: wholeNumberFrom('VUS', defaults.vus),
    rate: wholeNumberFrom('RATE', defaults.rate),
    duration: durationFrom('DURATION', defaults.duration),
    pauseSeconds: numberFrom('PAUSE', defaults.pauseSeconds),
    summary: __ENV['SUMMARY'] || '',
  }
}

/** The seconds of a duration such as `1m30s` or `500ms`. */
export function secondsOf(duration: string): number {
  const units: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 }
  let seconds = 0
  for (const [, amount, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) seconds += Number(amount) * (units[unit ?? ''] ?? 0)
  return seconds
}

function wholeNumberFrom(name: string, otherwise: number): number {
  const value = numberFrom(name, otherwise)
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} is "${__ENV[name]}", but must be a whole number from 1`)
  return value
}

function numberFrom(name: string, otherwise: number): number {
  const text = __ENV[name]
  if (!text) return otherwise
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} is "${text}", but must be a number`)
  return value
}

function durationFrom(name: string, otherwise: string): string {
  const text = __ENV[name]
  if (!text) return otherwise
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) throw new Error(`${name} is "${text}", but must be a duration such as 30s or 5m`)
  return text
}
