/** Which words of two texts differ, so that they can be marked side by side. */

export type Part = { text: string; isDifferent: boolean }

/** The parts of `mine` and `theirs`: what they begin and end with in common is plain, the words between are different. */
export function difference(mine: string, theirs: string): { mine: Part[]; theirs: Part[] } {
  const [left, right] = [words(mine), words(theirs)]
  const shorter = Math.min(left.length, right.length)
  let before = 0
  while (before < shorter && left[before] === right[before]) before += 1
  let after = 0
  while (after < shorter - before && left.at(-1 - after) === right.at(-1 - after)) after += 1
  return { mine: parts(left, before, after), theirs: parts(right, before, after) }
}

const words = (text: string): string[] => text.match(/\s+|\S+/gu) ?? []

function parts(all: string[], before: number, after: number): Part[] {
  const cut = [all.slice(0, before), all.slice(before, all.length - after), all.slice(all.length - after)]
  return cut.map((some, at) => ({ text: some.join(''), isDifferent: at === 1 })).filter(({ text }) => text !== '')
}
