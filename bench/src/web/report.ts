/** Says what was measured: as a table for people, and as JSON for the next run. */
import { budgetMs, firstPaintMs, shiftAtMost, spreadOf, type Judged, type Spread } from './budgets.ts'
import type { Load } from './first-paint.ts'

export type Report = {
  date: string
  machine: { processor: string; cores: number; node: string; chromium: string; loadBefore: number[]; loadAfter: number[] }
  slowdown: number
  repetitions: number
  calibrationMs: Spread
  loads: Record<string, Load[]>
  /** By size of the project, then by name of the interaction. */
  interactions: Record<string, Record<string, Judged & { kind: 'page' | 'here' }>>
}

/** Everything as Markdown. */
export function markdown(report: Report): string {
  const { machine, calibrationMs, repetitions, slowdown, loads, interactions } = report
  const words = (averages: number[]) => averages.map((average) => average.toFixed(1)).join(', ')
  return [
    `${report.date}; ${machine.cores} cores of ${machine.processor}; Chromium ${machine.chromium}, ${slowdown}x slower; Node.js ${machine.node};`,
    `load before ${words(machine.loadBefore)}, after ${words(machine.loadAfter)}; ${repetitions} repetitions;`,
    `the fixed work took ${Math.round(calibrationMs.median)} ms, at worst ${Math.round(calibrationMs.worst)}.`,
    '',
    table(['Load', 'First paint', 'Content', 'Layout shift', 'Within'], Object.entries(loads).map(loadRow)),
    ...Object.entries(interactions).map(([size, rows]) =>
      table(
        [size, 'Next paint', 'Stands', 'Budget', 'CPU', 'Ratio', 'Longest frame', 'Shift', 'CPU within', 'Within'],
        Object.entries(rows).map(interactionRow),
      ),
    ),
  ].join('\n')
}

/** The names of what is not within its budget. */
export function misses({ loads, interactions }: Report): string[] {
  const slow = Object.entries(interactions).flatMap(([size, rows]) =>
    Object.entries(rows)
      .filter(([, { isWithin }]) => !isWithin)
      .map(([name]) => `${name} (${size})`),
  )
  return [...Object.keys(loads).filter((name) => !isLoadWithin(loads[name] ?? [])), ...slow]
}

function loadRow([name, all]: [string, Load[]]): string[] {
  const ms = (of: 'paintMs' | 'standsMs') => spread(spreadOf(all.map((load) => load[of])))
  const { worst } = spreadOf(all.map(({ shift }) => shift))
  return [name, ms('paintMs'), ms('standsMs'), worst.toFixed(4), word(isLoadWithin(all))]
}

function isLoadWithin(all: readonly Load[]): boolean {
  const isSteady = all.every(({ shift }) => shift <= shiftAtMost)
  return isSteady && spreadOf(all.map(({ paintMs }) => paintMs)).median <= firstPaintMs
}

function interactionRow([name, row]: [string, Report['interactions'][string][string]]): string[] {
  const { kind, input, stands, busy, ratio, frame, shift, isWithin, isWithinAlone } = row
  const cells = [spread(input), spread(stands), `${budgetMs[kind]}`, `${Math.round(busy.median)}`, ratio.toFixed(2), spread(frame)]
  return [name, ...cells, shift.toFixed(4), word(isWithinAlone), word(isWithin)]
}

const spread = ({ best, median, worst }: Spread) => `${Math.round(median)} (${Math.round(best)} to ${Math.round(worst)})`
const word = (isWithin: boolean) => (isWithin ? 'yes' : '**no**')

function table(head: readonly string[], rows: readonly string[][]): string {
  const lines = [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows]
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
}
