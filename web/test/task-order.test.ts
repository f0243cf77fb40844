/** Moving tasks: one order over all groups, seen group by group. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { span, walked } from '../src/tasks/list-keys.ts'
import { moved, placeOf, step, toEnd, type Place } from '../src/tasks/order.ts'

const list = [...'abcde'].map((id) => ({ id }))
const ids = (some: readonly { id: string }[]) => some.map(({ id }) => id).join('')

describe('a step', () => {
  const seen = [{ id: 'a' }, { id: 'c' }, { id: 'e' }] // b and d stand in another group

  it('goes past the neighbour that is seen, wherever that one stands', () => {
    expect(step(seen, 'c', -1)).toEqual({ beforeId: 'a' })
    expect(step(seen, 'c', 1)).toEqual({ afterId: 'e' })
    expect(ids(moved(list, 'c', { afterId: 'e' }))).toBe('abdec')
  })

  it('leads nowhere at the ends', () => {
    expect(step(seen, 'a', -1)).toBeNull()
    expect(step(seen, 'e', 1)).toBeNull()
    expect(step(seen, 'x', 1)).toBeNull()
    expect(toEnd(seen, 'a', 'first')).toBeNull()
    expect(toEnd(seen, 'a', 'last')).toEqual({ afterId: 'e' })
  })
})

describe('a move', () => {
  it.each([
    [{ beforeId: 'a' }, 'dabce'],
    [{ afterId: 'a' }, 'adbce'],
    [{ to: 'start' as const }, 'dabce'],
    [{ to: 'end' as const }, 'abced'],
    [{ beforeId: 'gone' }, 'abcde'],
  ])('of d to %o gives %s', (place, order) => expect(ids(moved(list, 'd', place))).toBe(order))

  it('is taken back by the place where the task stood', () => {
    const place = fc.oneof(
      fc.constantFrom(...'abcde').map((id) => ({ beforeId: id })),
      fc.constantFrom(...'abcde').map((id) => ({ afterId: id })),
    )
    const back = (id: string, to: Place) => ids(moved(moved(list, id, to), id, placeOf(list, id)))
    fc.assert(
      fc.property(fc.constantFrom(...'abcde'), place, (id, to) => {
        expect(back(id, to)).toBe('abcde')
      }),
    )
    expect.hasAssertions()
  })
})

describe('the arrow keys', () => {
  it('walk over the rows and stay at the ends', () => {
    const walk = (at: string | undefined, key: string) => walked({ ids: [...'abc'], at }, key)
    expect([walk('a', 'ArrowDown'), walk('c', 'ArrowDown'), walk('a', 'ArrowUp'), walk('b', 'Home'), walk('b', 'End')]).toEqual([
      ...'bcaac',
    ])
    expect(walk(undefined, 'ArrowDown')).toBe('a')
    expect(walk('a', 'Enter')).toBeUndefined()
  })

  it('reach over a range in either direction', () => {
    expect(span([...'abcd'], 'c', 'a')).toEqual([...'abc'])
    expect(span([...'abcd'], undefined, 'b')).toEqual(['b'])
  })
})
