/** Whether two lots of measurements can be told apart: the area under the ROC curve, which is Mann and Whitney's U over all pairs. */

export type Rank = {
  /** Chance that one of the second lot is larger than one of the first; ties count half. 0.5 when they cannot be told apart. */
  auc: number
  /** Half of its 95 % interval, were they alike. */
  margin: number
}

/** Compares two lots of numbers in any unit. Both must have at least one. */
export function rank(first: readonly number[], second: readonly number[]): Rank {
  const all = [...first.map((value) => ({ value, isSecond: false })), ...second.map((value) => ({ value, isSecond: true }))].sort(
    (a, b) => a.value - b.value,
  )
  let sum = 0
  for (let from = 0; from < all.length;) {
    let to = from
    while (to < all.length && all[to]?.value === all[from]?.value) to++
    const middle = (from + 1 + to) / 2 // ranks count from 1; equal values share theirs
    for (let place = from; place < to; place++) if (all[place]?.isSecond) sum += middle
    from = to
  }
  const [m, n] = [first.length, second.length]
  return { auc: (sum - (n * (n + 1)) / 2) / (m * n), margin: 1.96 * Math.sqrt((m + n + 1) / (12 * m * n)) }
}

/** Whether the lots can be told apart by more than `allowed` beyond chance, in either direction. */
export const isSeparable = ({ auc, margin }: Rank, allowed = 0.05): boolean => Math.abs(auc - 0.5) > allowed + margin
