/** Where a task goes when it is moved. The board has one order over all its groups; people see it group by group. */

type Placed = { id: string }

/** What the server is told: before or after another task, or an end. */
export type Place = { beforeId: string } | { afterId: string } | { to: 'start' | 'end' }

/** One step up or down among the tasks that the reader sees together; null at the end of them. */
export function step(seen: readonly Placed[], id: string, by: 1 | -1): Place | null {
  const at = seen.findIndex((item) => item.id === id)
  const neighbour = at < 0 ? undefined : seen[at + by]
  if (!neighbour) return null
  return by < 0 ? { beforeId: neighbour.id } : { afterId: neighbour.id }
}

/** To the first or last place of the group; null when it is there. */
export function toEnd(seen: readonly Placed[], id: string, end: 'first' | 'last'): Place | null {
  const target = end === 'first' ? seen[0] : seen.at(-1)
  if (!target || target.id === id) return null
  return end === 'first' ? { beforeId: target.id } : { afterId: target.id }
}

/** The place where a task stands now, to bring it back there. */
export function placeOf(list: readonly Placed[], id: string): Place {
  const at = list.findIndex((item) => item.id === id)
  const above = list[at - 1]
  return at > 0 && above ? { afterId: above.id } : { to: 'start' }
}

/** The list with one task in its new place; as it was when the neighbour is not in it. */
export function moved<Item extends Placed>(list: readonly Item[], id: string, place: Place): Item[] {
  const item = list.find((other) => other.id === id)
  const rest = list.filter((other) => other.id !== id)
  const at = indexFor(rest, place)
  if (!item || at === undefined) return [...list]
  return [...rest.slice(0, at), item, ...rest.slice(at)]
}

function indexFor(rest: readonly Placed[], place: Place): number | undefined {
  if ('to' in place) return place.to === 'start' ? 0 : rest.length
  const isBefore = 'beforeId' in place
  const at = rest.findIndex(({ id }) => id === (isBefore ? place.beforeId : place.afterId))
  if (at < 0) return undefined
  return isBefore ? at : at + 1
}
