/** Every pair of colours that the app puts on each other can be read, in both themes (WCAG 2.2: 4.5 for text, 3 for edges). */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const text = readFileSync(path.join(import.meta.dirname, '../src/styles/tokens.css'), 'utf8')
const tokens = new Map(
  [...text.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name = '', light = '', dark = '']) => [
    name,
    { light, dark },
  ]),
)

const channel = (hex: string) => {
  const value = Number.parseInt(hex, 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
const luminance = (colour: string) =>
  0.2126 * channel(colour.slice(1, 3)) + 0.7152 * channel(colour.slice(3, 5)) + 0.0722 * channel(colour.slice(5, 7))

/** WCAG contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['paper', 'rail', 'raised', 'hover', 'tint']
const pairs = [
  ...['ink', 'ink-2', 'ink-3', 'accent', 'accent-2', 'ok', 'warn', 'bad', 'info'].flatMap((word) =>
    grounds.map((ground) => [word, ground, 4.5] as const),
  ),
  ...['ink', 'ink-2', 'ink-3'].map((word) => [word, 'press', 4.5] as const),
  ...['ok', 'warn', 'bad', 'info'].flatMap((status) => [
    [status, `${status}-tint`, 4.5] as const,
    ['ink', `${status}-tint`, 4.5] as const,
    ['ink-2', `${status}-tint`, 4.5] as const,
  ]),
  ['on-accent', 'accent', 4.5] as const,
  ['on-accent', 'accent-2', 4.5] as const,
  ['on-bad', 'bad', 4.5] as const,
  ...grounds.map((ground) => ['edge', ground, 3] as const),
]

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(pairs)('%s on %s reaches %s', (front, back, least) => {
    const [one, other] = [tokens.get(front)?.[theme], tokens.get(back)?.[theme]]
    if (!one || !other) throw new Error(`No token --${one ? back : front}`)
    expect(contrast(one, other)).toBeGreaterThanOrEqual(least)
  })
})

describe('the measure', () => {
  it('knows black on white, and what is too faint', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast(tokens.get('line')?.light ?? '', tokens.get('paper')?.light ?? '')).toBeLessThan(3)
  })
})
