/** A budget that is missed is seen, whichever it is. */
import { describe, expect, it } from 'vitest'
import { judge } from './budgets.ts'
import type { Sample } from './measure.ts'
import { markdown, misses, type Report } from './report.ts'

const quick: Sample = { inputMs: 40, standsMs: 60, busyMs: 30, frameMs: 0, shift: 0, calibrationMs: 50 }

describe('the budgets of the web app', () => {
  it('hold for the middle of the repetitions, and show the worst', () => {
    const judged = judge([quick, quick, { ...quick, inputMs: 900 }], 'here')
    expect(judged).toMatchObject({ isWithin: true, input: { best: 40, median: 40, worst: 900 }, ratio: 1.2 })
  })

  it('are missed by a late picture, a late answer, or a page that moves', () => {
    for (const slow of [{ inputMs: 104 }, { standsMs: 101 }, { shift: 0.03 }])
      expect(judge([{ ...quick, ...slow }], 'here').isWithin).toBe(false)
    expect(judge([{ ...quick, standsMs: 199 }], 'page').isWithin).toBe(true)
    expect(judge([{ ...quick, standsMs: 201 }], 'page').isWithin).toBe(false)
  })

  it('do not come of nothing', () => {
    expect(() => judge([], 'here')).toThrow(RangeError)
  })

  it('are told apart from what the processor took, which a busy machine does not change', () => {
    expect(judge([{ ...quick, standsMs: 400 }], 'here')).toMatchObject({ isWithin: false, isWithinAlone: true })
    expect(judge([{ ...quick, busyMs: 101 }], 'here').isWithinAlone).toBe(false)
  })
})

describe('the report', () => {
  const report: Report = {
    date: '2026-11-21',
    machine: { processor: 'Abacus', cores: 2, node: 'v24', chromium: '140', loadBefore: [1, 2, 3], loadAfter: [1, 2, 3] },
    slowdown: 4,
    repetitions: 1,
    calibrationMs: { best: 40, median: 50, worst: 60 },
    loads: { 'Sign in': [{ paintMs: 300, standsMs: 400, shift: 0.03 }] },
    interactions: { '60 tasks': { 'Open a task': { kind: 'here', ...judge([{ ...quick, inputMs: 240 }], 'here') } } },
  }

  it('names what is over budget', () => {
    expect(misses(report)).toEqual(['Sign in', 'Open a task (60 tasks)'])
    expect(markdown(report)).toMatch(/\| Open a task \| 240 \(240 to 240\) .* \| \*\*no\*\* \|/)
  })
})
