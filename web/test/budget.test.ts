/** What a first visit downloads, in kB after gzip; a page that grows past its budget fails here. Needs the built app. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const dist = path.join(import.meta.dirname, '../dist')
const initialKb = 60
const chunkKb = 20
/** Libraries that arrive only with what needs them, each with a budget of its own. */
const librariesKb: Record<string, number> = { zod: 26, 'bar-chart': 24 }

/** kB after gzip. */
export const weigh = (text: string | Buffer): number => gzipSync(text, { level: 9 }).length / 1000

/** The scripts that the document itself asks for. */
export const scriptsOf = (page: string): string[] => [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, file = '']) => file)

const libraryOf = (file: string): number | undefined => librariesKb[path.basename(file).replace(/-[\w-]{8}\.js$/, '')]

describe.skipIf(!existsSync(dist))('the built app (npm run build)', () => {
  const page = existsSync(dist) ? readFileSync(path.join(dist, 'index.html'), 'utf8') : ''
  const kbOf = (file: string) => weigh(readFileSync(path.join(dist, file)))
  const initial = scriptsOf(page)

  it(`starts with at most ${initialKb} kB of script`, () => {
    expect(initial.length).toBeGreaterThan(1)
    expect(initial.reduce((sum, file) => sum + kbOf(file), 0)).toBeLessThanOrEqual(initialKb)
  })

  it(`adds at most ${chunkKb} kB with each page`, () => {
    const chunks = readdirSync(path.join(dist, 'assets'))
      .map((file) => `assets/${file}`)
      .filter((file) => file.endsWith('.js') && !initial.includes(file))
    const tooHeavy = chunks.map((file) => ({ file, kb: kbOf(file), most: libraryOf(file) ?? chunkKb })).filter(({ kb, most }) => kb > most)
    expect(tooHeavy).toEqual([])
  })

  it('does not load the validator or the chart before somebody needs them', () => {
    for (const file of initial) expect(libraryOf(file)).toBeUndefined()
  })

  it('has no code, style or image inside its document, and asks nobody else for any', () => {
    expect(page).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|data:|https?:/)
  })
})

describe('the scale', () => {
  it('weighs what it should, and finds every script', () => {
    expect(weigh('x'.repeat(100_000))).toBeLessThan(1)
    expect(
      scriptsOf('<script src="/a.js"></script><link rel="modulepreload" href="/assets/b-1.js"><script src="https://elsewhere/c.js">'),
    ).toEqual(['a.js', 'assets/b-1.js'])
  })
})
