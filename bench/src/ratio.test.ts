/** A figure is honest about its spread. */
import { describe, expect, it } from 'vitest'
import { ratioOf } from './ratio.ts'

describe('a ratio', () => {
  it('is the middle of the pairs, with the least and the most beside it', () => {
    expect(
      ratioOf([
        [30, 10],
        [10, 10],
        [20, 10],
      ]),
    ).toEqual({ median: 2, least: 1, most: 3 })
    expect(
      ratioOf([
        [10, 10],
        [30, 10],
      ]),
    ).toEqual({ median: 2, least: 1, most: 3 })
  })

  it('does not come of nothing', () => {
    expect(() => ratioOf([])).toThrow(RangeError)
  })
})
