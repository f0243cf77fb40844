/** What the content security policy would block in a reader's browser is refused here first. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const source = path.join(import.meta.dirname, '../src')

/** What may not stand in a source file, with the reason. */
const forbidden: [pattern: RegExp, reason: string][] = [
  [/\sstyle=["$'{]/, 'a style attribute is blocked by style-src'],
  [/\bstyleMap\b/, 'styleMap writes a style attribute at first render'],
  [/\bunsafe(HTML|SVG|CSS|Static)\b/, 'Trusted Types block markup made of text'],
  [/\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|parseFromString/, 'Trusted Types block markup made of text'],
  [/\beval\(|new Function\(/, 'script-src has no unsafe-eval'],
  [/https?:\/\/(?!www\.w3\.org)/, 'connect-src and img-src know only our own origin'],
]

/** What is wrong with a source text, as sentences. */
export const offences = (text: string): string[] => forbidden.filter(([pattern]) => pattern.test(text)).map(([, reason]) => reason)

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
)

describe('the source of the web app', () => {
  it.each(files)('%s keeps to the policy', (file) => {
    expect(offences(readFileSync(path.join(source, file), 'utf8'))).toEqual([])
  })

  it('is all looked at', () => {
    expect(files.length).toBeGreaterThan(40)
  })
})

describe('the guard', () => {
  it.each([
    'html`<p style=${x}>`',
    '<p style="color: red">',
    'styleMap({})',
    'unsafeHTML(x)',
    'a.innerHTML = b',
    'new Function("x")',
    "fetch('https://elsewhere.example')",
  ])('sees %s', (text) => expect(offences(text)).toHaveLength(1))

  it('leaves alone what is allowed', () => {
    expect(offences("element.style.setProperty('top', '0'); const style = getComputedStyle(this); html`<p class=${x}>`")).toEqual([])
  })
})
