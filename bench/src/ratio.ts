/** How measurements become a figure that may be quoted: a ratio against a reference of the same run, never a time. */

export type Ratio = { median: number; least: number; most: number }

/** The ratios of interleaved pairs `[ours, reference]`, in any unit. Throws RangeError without pairs: nothing measured is no result. */
export function ratioOf(pairs: readonly (readonly [ours: number, reference: number])[]): Ratio {
  if (pairs.length === 0) throw new RangeError('A ratio needs at least one pair')
  const ratios = pairs.map(([ours, reference]) => ours / reference).toSorted((a, b) => a - b)
  const middle = ratios.length / 2
  const at = (index: number) => ratios[index] ?? Number.NaN
  return { median: (at(Math.ceil(middle) - 1) + at(Math.floor(middle))) / 2, least: at(0), most: at(ratios.length - 1) }
}
