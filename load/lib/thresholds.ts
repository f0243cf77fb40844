/** The limits of a script, from the one file that has them all. */
import type { Options } from 'k6/options'
import { secondsOf, type Settings } from './settings.ts'

type Limits = Record<string, string[]>
type File = Record<string, Limits> & { cost: { slack: number; machines: Record<string, Record<string, number>> } }

const file = JSON.parse(open(import.meta.resolve('../thresholds.json'))) as File

/**
 * The thresholds of `script`. A metric with `{call:*}` stands for one of each of `calls`; `count>=80%` is a share of the iterations that
 * were planned; `med<baseline` is the committed cost of the call on this kind of machine, times the slack. Throws a sentence when
 * there is none: a limit that nobody wrote down is no limit.
 */
export function thresholdsOf(script: string, settings: Settings, calls: readonly string[] = []): NonNullable<Options['thresholds']> {
  const limits = file[script]
  if (!limits) throw new Error(`thresholds.json has no limits for ${script}`)
  const planned = Math.ceil(settings.rate * secondsOf(settings.duration))
  return Object.fromEntries(
    Object.entries(limits).flatMap(([metric, expressions]): [string, string[]][] =>
      metric.includes('{call:*}')
        ? calls.map((call) => [metric.replace('*', call), expressions.map((text) => absolute(text, planned, call, settings.machine))])
        : [[metric, expressions.map((text) => absolute(text, planned, '', settings.machine))]],
    ),
  )
}

function absolute(expression: string, planned: number, call: string, machine: string): string {
  if (expression.endsWith('baseline')) return expression.replace('baseline', String(mostCost(call, machine)))
  return expression.replace(/(\d+)%$/, (_, share: string) => String(Math.ceil((planned * Number(share)) / 100)))
}

function mostCost(call: string, machine: string): number {
  const { slack, machines } = file.cost
  const baseline = machines[machine]?.[call]
  if (baseline === undefined) throw new Error(`thresholds.json knows no cost of ${call} on a machine of the kind ${machine}`)
  return Math.round(baseline * slack * 10) / 10
}
