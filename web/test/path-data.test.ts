/** Drawings as one line of path data. */
import { describe, expect, it } from 'vitest'
import { pathData } from '../build/path-data.ts'

const svg = (shapes: string) => `<!-- a licence --><svg class="x" viewBox="0 0 24 24">${shapes}</svg>`

describe('a drawing', () => {
  it('keeps relative paths where they were, whatever came before', () => {
    expect(pathData(svg('<path d="M5 12h14" /><path d="m7 15 5 5" />'))).toBe('M0 0M5 12h14M0 0m7 15 5 5')
  })

  it('turns circles, lines and boxes into paths', () => {
    expect(pathData(svg('<circle cx="9" cy="7" r="4" />'))).toBe('M5 7a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z')
    expect(pathData(svg('<line x1="1" x2="3" y1="2" y2="4" />'))).toBe('M1 2L3 4')
    expect(pathData(svg('<rect width="4" height="2" x="1" y="1" />'))).toBe('M1 1h4v2h-4Z')
    expect(pathData(svg('<rect width="8" height="8" x="0" y="0" rx="2" />'))).toContain('a2 2 0 0 1 2 2')
  })

  it('with a shape that is not known fails, rather than losing a part', () => {
    expect(() => pathData(svg('<text x="1" />'))).toThrow('<text>')
  })
})
