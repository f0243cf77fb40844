/** What the web app may take on a processor four times slower, and whether it did. */
import { ratioOf } from '../ratio.ts'
import type { Sample } from './measure.ts'

/** Milliseconds: from a press to the next picture; until what is known here stands; until what the server knows stands. */
export const budgetMs = { input: 100, here: 100, page: 200 }
export const firstPaintMs = 1_000
export const shiftAtMost = 0.02

export type Judged = {
  input: Spread
  stands: Spread
  busy: Spread
  frame: Spread
  shift: number
  /** Until it stands, as a multiple of the fixed work right before: comparable between machines and minutes. */
  ratio: number
  isWithin: boolean
  /** The same for what the main thread computed, as if nobody else used the machine; waiting for the server does not count. */
  isWithinAlone: boolean
}
export type Spread = { best: number; median: number; worst: number }

/** The best, the middle and the worst of some figures. Throws RangeError for none. */
export function spreadOf(figures: readonly number[]): Spread {
  const { least, median, most } = ratioOf(figures.map((figure) => [figure, 1] as const))
  return { best: least, median, worst: most }
}

/** Holds repetitions of one interaction against its budgets. Medians are judged; the best and the worst are shown. */
export function judge(samples: readonly Sample[], kind: 'page' | 'here'): Judged {
  const of = (name: keyof Sample) => spreadOf(samples.map((sample) => sample[name]))
  const [input, stands, busy, shift] = [of('inputMs'), of('standsMs'), of('busyMs'), of('shift').median]
  return {
    input,
    stands,
    busy,
    frame: of('frameMs'),
    shift,
    ratio: ratioOf(samples.map(({ standsMs, calibrationMs }) => [standsMs, calibrationMs] as const)).median,
    isWithinAlone: busy.median <= budgetMs[kind],
    isWithin: input.median <= budgetMs.input && stands.median <= budgetMs[kind] && shift <= shiftAtMost,
  }
}
