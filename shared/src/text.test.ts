/** The kinds of text that every input is made of, at their limits. */
import { describe, expect, it } from 'vitest'
import { day, id, line, moment, prose, slug, slugFrom, slugShape, version } from './text.ts'

const takes = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) => schema.safeParse(value).success

describe('a line', () => {
  it('is 1 to its limit long, counted in characters that people see as one, not in their bytes', () => {
    expect([takes(line(5), 'x'), takes(line(5), 'xxxxx'), takes(line(5), 'xxxxxx'), takes(line(5), '')]).toEqual([true, true, false, false])
    expect([takes(line(5), '😀😀😀😀😀'), takes(line(5), '😀😀😀😀😀😀')]).toEqual([true, false])
  })

  it('is trimmed and composed before it is measured', () => {
    expect(line(5).parse('  abcde  ')).toBe('abcde')
    expect(line(4).parse('cafe\u0301')).toBe('café')
  })

  it('does not grow beyond its limit by being composed', () => {
    // U+0958 has no composed form and becomes two characters
    expect(takes(line(3), '\u0958\u0958\u0958')).toBe(false)
  })

  it('is refused long before it is looked at closely', () => {
    expect(takes(line(100), 'x'.repeat(1_000_000))).toBe(false)
  })

  it.each([
    '\u0000',
    '\t',
    '\n',
    '\u007f',
    '\u0085',
    '\u00ad',
    '\u061c',
    '\u180e',
    '\u200b',
    '\u200e',
    '\u2028',
    '\u202e',
    '\u2060',
    '\u2066',
    '\u2800',
    '\u3164',
    '\ud800',
    '\ufeff',
    '\uffa0',
    '\u{e0001}',
  ])('holds nothing that nobody sees: %j', (sign) => {
    expect(takes(line(10), `a${sign}b`)).toBe(false)
  })

  it.each(['é', '日本', 'עברית', 'e\u0301\u0302', '❤\ufe0f', '👍🏽', '…', '-', '1', 'a\u00a0b', "O'Neil"])(
    'holds what people write: %s',
    (text) => {
      expect(takes(line(20), text)).toBe(true)
    },
  )

  it.each(['\u0301', '\ufe0f', '\u034f'])('has something to be seen, not a mark alone: %j', (mark) => {
    expect(takes(line(10), mark)).toBe(false)
  })
})

describe('prose', () => {
  it('may be empty, have lines and tabs, and joined emoji', () => {
    for (const text of ['', 'a\nb\r\n\tc', '👨‍👩‍👧', 'a\u200eb']) expect(takes(prose(20), text)).toBe(true)
  })

  it.each(['\u0000', '\u0008', '\u000b', '\u001b', '\u007f', '\u009f', '\ud800', '\udfff', '\u202a', '\u202e', '\u2066', '\u2069'])(
    'holds no %j',
    (sign) => {
      expect(takes(prose(10), `a${sign}b`)).toBe(false)
    },
  )

  it('ends at its limit', () => {
    expect([takes(prose(3), '😀😀😀'), takes(prose(3), '😀😀😀😀')]).toEqual([true, false])
  })
})

describe('an id', () => {
  const good = '01890000-0000-7000-8000-00000000000a'
  it('is a lower case UUID and nothing around it', () => {
    expect(takes(id, good)).toBe(true)
    for (const other of [good.toUpperCase(), ` ${good}`, `${good}\n`, `{${good}}`, good.replaceAll('-', ''), `${good}0`, 1])
      expect(takes(id, other), String(other)).toBe(false)
  })
})

describe('a slug', () => {
  it('has 3 to 40 lower case letters, digits and single hyphens between them', () => {
    for (const good of ['abc', 'a-b', '123', 'x'.repeat(40)]) expect(takes(slug, good), good).toBe(true)
    for (const bad of ['ab', 'x'.repeat(41), 'A-b', '-ab', 'ab-', 'a--b', 'a_b', 'ä-b', 'аbc', 'abc\n', 'a.b'])
      expect(takes(slug, bad), bad).toBe(false)
  })

  it('is not reserved and not an id, though such a one may be looked for', () => {
    for (const one of ['api', 'admin', 'docs', 'health', 'trpc', 'new', 'invite', '01890000-0000-7000-8000-00000000000a']) {
      expect([takes(slug, one), takes(slugShape, one)], one).toEqual([false, true])
    }
  })

  it.each([
    ['Tidewater Library', 'tidewater-library'],
    ['  Égalité & Söhne!  ', 'egalite-sohne'],
    ['ＦＵＬＬ width', 'full-width'],
    ['Straße 12', 'strae-12'],
    ['x'.repeat(60), 'x'.repeat(34)],
    [`${'x'.repeat(33)}-yz`, 'x'.repeat(33)],
    ['日本語', 'other'],
    ['ab', 'other'],
    ['API', 'other'],
    ['---', 'other'],
  ])('is made from the name %s: %s', (name, made) => {
    expect(slugFrom(name, 'other')).toBe(made)
  })

  it('leaves room for a tail that makes it free', () => {
    expect(takes(slug, `${slugFrom('x'.repeat(100), 'other')}-ab12`)).toBe(true)
  })
})

describe('a day', () => {
  it.each(['1970-01-01', '2200-12-31', '2028-02-29'])('may be %s', (text) => {
    expect(takes(day, text)).toBe(true)
  })

  it.each(['1969-12-31', '2201-01-01', '2026-02-29', '2026-04-31', '2026-1-1', '26-01-01', '2026-01-01T00:00:00Z', '+002026-01-01', ''])(
    'may not be %s',
    (text) => {
      expect(takes(day, text)).toBe(false)
    },
  )
})

describe('a moment', () => {
  it('is in UTC with milliseconds', () => {
    expect(takes(moment, new Date().toISOString())).toBe(true)
    for (const other of ['2026-11-21T09:30:00Z', '2026-11-21T09:30:00.000+01:00', '2026-11-21 09:30:00.000Z', '2026-11-21T24:00:00.000Z'])
      expect(takes(moment, other), other).toBe(false)
  })
})

describe('a version', () => {
  it('is a whole number that PostgreSQL can hold', () => {
    for (const good of [1, 2_147_483_647]) expect(takes(version, good)).toBe(true)
    for (const bad of [0, -1, 1.5, 2_147_483_648, Number.NaN, Number.POSITIVE_INFINITY, '1', null])
      expect(takes(version, bad), String(bad)).toBe(false)
  })
})
