/** What people read: times, counts, sentences. */
import { describe, expect, it } from 'vitest'
import { oldest, pace, summary } from '../src/dashboard/summary.ts'
import { columns, weeks } from '../src/dashboard/weeks.ts'
import { nextPlace, signInPath } from '../src/places.ts'
import { isMatch } from '../src/shell/hits.ts'
import { ago, dayWords } from '../src/ui/times.ts'

const now = new Date(2026, 10, 21, 12)
const before = (ms: number) => new Date(now.getTime() - ms)
const stats = { projects: 2, openTasks: 5, late: 0, dueToday: 0 } as Parameters<typeof summary>[0]

describe('a moment', () => {
  it.each([
    [10_000, /just now/],
    [4 * 60_000, /^4 /],
    [3 * 3_600_000, /^3 /],
    [24 * 3_600_000, /yesterday/],
    [9 * 86_400_000, /12/],
  ])('%d ms ago reads %s', (ms, words) => expect(ago(before(ms), now)).toMatch(words))
})

describe('a day', () => {
  it('is today, tomorrow, yesterday, or a date', () => {
    expect([dayWords('2026-11-21', now), dayWords('2026-11-22', now), dayWords('2026-11-20', now)]).toEqual([
      'Today',
      'Tomorrow',
      'Yesterday',
    ])
    expect(dayWords('2026-11-27', now)).toMatch(/27/)
    expect(dayWords('2027-01-02', now)).toMatch(/2027/)
  })
})

describe('the summary of an organization', () => {
  it.each([
    [{ projects: 0 }, 'Nothing here yet.'],
    [{ openTasks: 0 }, 'Every task is done.'],
    [{}, 'Nothing is late and nothing is due today.'],
    [{ late: 2, dueToday: 1 }, 'Two tasks are late and one is due today. Everything else is on its date.'],
    [{ dueToday: 14 }, '14 tasks are due today. Everything else is on its date.'],
    [{ late: 1 }, 'One task is late. Everything else is on its date.'],
  ])('of %o is “%s”', (some, words) => expect(summary({ ...stats, ...some })).toBe(words))

  it('says how late and how fast', () => {
    expect(oldest('2026-11-18', '2026-11-21')).toBe('Oldest by 3 days')
    expect(oldest(null, '2026-11-21')).toBe('All on their date')
    expect(
      pace([
        { day: 'a', count: 3 },
        { day: 'b', count: 0 },
      ]),
    ).toBe('1.5 a day')
  })
})

describe('the weeks of the chart', () => {
  it('are four, begin on Mondays, end with this one, and leave days to come open', () => {
    const all = columns(
      [
        { day: '2026-11-20', count: 4 },
        { day: '2026-11-21', count: 2 },
      ],
      '2026-11-21',
    )
    expect(all).toHaveLength(28)
    expect(all[0]?.day).toBe('2026-10-26')
    expect(all.at(-1)).toEqual({ day: '2026-11-22', count: null })
    expect(weeks(all).map(({ done }) => done)).toEqual([0, 0, 0, 6])
  })

  it('do not slip where clocks are put back', () => {
    expect(new Set(columns([], '2026-11-01').map(({ day }) => day)).size).toBe(28)
  })
})

describe('words in the palette', () => {
  it('match the beginnings of words, whatever accents and order', () => {
    expect(isMatch('Tomasz Wiśniewski', 'wis tom')).toBe(true)
    expect(isMatch('Create a project', 'proj cre')).toBe(true)
    expect(isMatch('Create a project', 'ject')).toBe(false)
    expect(isMatch('Anything', '')).toBe(true)
  })
})

describe('the place after sign-in', () => {
  const after = (next: string) => nextPlace(new URL(`http://app.example${signInPath(next)}`))

  it('is where the reader was', () => expect(after('/orgs/a/projects?q=x')).toBe('/orgs/a/projects?q=x'))

  it.each(['https://elsewhere.example/', '//elsewhere.example/x', '/\\elsewhere.example', 'javascript:alert(1)'])('is never %s', (next) =>
    expect(after(next)).toBe('/'),
  )
})
