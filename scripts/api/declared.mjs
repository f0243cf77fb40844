/** The breaking changes that were decided: docs/api-changes.json. */

/** Whether version `one` comes after `other`; both are three numbers. */
export function isLater(one, other) {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number))
  const at = a.findIndex((number, place) => number !== b[place])
  return at >= 0 && a[at] > b[at]
}

/** What is wrong with the entries themselves, one sentence each. */
export const entryFaults = (entries) =>
  entries.flatMap((entry, at) => {
    const { version = '', date = '', what = '', why = '' } = entry
    const isWhole = /^\d+\.\d+\.\d+$/.test(version) && /^\d{4}-\d\d-\d\d$/.test(date) && what.length > 0 && why.trim().length >= 10
    return isWhole ? [] : [`Entry ${at + 1} of docs/api-changes.json needs version, date, what and why: ${JSON.stringify(entry)}`]
  })

/** Changes that nobody declared. An entry counts for a version after `released`: what was declared long ago does not excuse anew. */
export const undeclared = (changes, entries, released) =>
  changes.filter((change) => !entries.some(({ what, version }) => [what].flat().includes(change) && isLater(version, released)))
