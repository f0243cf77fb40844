/** Reads the table of docs/bad-input.md: each row has tests that exist, or names what does not exist yet. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { corpus } from './corpus.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const rows = 26
const read = (path: string) => (existsSync(root + path) ? readFileSync(root + path, 'utf8') : undefined)

/** What the server says, without its tests. */
const source = readdirSync(`${root}server/src`, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(`${root}server/src/${file}`, 'utf8'))
  .join('\n')
  .toLowerCase()

/** What is wrong with the account, one sentence for each fault. */
function faultsOf(account: string): string[] {
  const table = [...account.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, number, text = '']) => ({ number: Number(number), text }))
  const missing = Array.from({ length: rows }, (_, n) => n + 1).filter((n) => table.filter(({ number }) => number === n).length !== 1)
  return [
    ...missing.map((n) => `Row ${n} must stand there once.`),
    ...table.flatMap(({ number, text }) => faultsOfRow(`Row ${number}`, text)),
  ]
}

function faultsOfRow(row: string, text: string): string[] {
  const links = [...text.matchAll(/\[[\w-]+\]\(\.\.\/([\w./-]+)\)((?: ,? ?(?:"[^"]+"|'[^']+'),?)*)/g)]
  const waitsFor = [...text.matchAll(/Not yet: ((?:[^`]*`[^`]+`)+)/g)].flatMap(([, words = '']) =>
    [...words.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word),
  )
  const come = waitsFor.filter((word) => source.includes(word.toLowerCase()))
  const gone = links.flatMap(([, path = '', titles = '']) => faultsOfLink(row, path, titles))
  return [
    ...(links.length === 0 && waitsFor.length === 0 ? [`${row} names no test, and nothing that it waits for.`] : []),
    ...come.map((word) => `${row} waits for ${word}, which stands in the source of the server now: write its test.`),
    ...gone,
  ]
}

function faultsOfLink(row: string, path: string, quoted: string): string[] {
  const titles = [...quoted.matchAll(/"([^"]+)"|'([^']+)'/g)].map(([, one, other]) => one ?? other ?? '')
  const file = read(path)
  if (file === undefined) return [`${row}: ${path} does not exist.`]
  if (titles.length === 0) return [`${row}: ${path} is named without a test of it.`]
  return titles.filter((title) => !titlesIn(file).has(title)).map((title) => `${row}: ${path} has no test "${title}".`)
}

/** The titles of the tests of a file: a text that is followed by a function, or by its options. */
const titlesIn = (file: string) =>
  new Set(
    [...file.matchAll(/\(\s*(?:'((?:[^'\\\n]|\\.)+)'|`([^`]+)`),\s*(?:\{[^}]*\},\s*)?(?:async\s*)?\(/g)].map(
      ([, one, other]) => one ?? other ?? '',
    ),
  )

const account = read('docs/bad-input.md') ?? ''

describe('the account of bad input', () => {
  it('has a test for each row, or names the feature that does not exist yet', () => {
    expect(faultsOf(account)).toEqual([])
  })

  it.each([
    ['a row that is gone', /^\| 12 \|.*\n/m, '', 'Row 12 must stand there once.'],
    [
      'a title that no test has',
      '"of one byte more is not"',
      '"of one byte more is"',
      'Row 1: server/src/http/read-body.test.ts has no test "of one byte more is".',
    ],
    [
      'a file that is gone',
      '(../server/test/bad-values.test.ts)',
      '(../server/test/gone.test.ts)',
      'Row 4: server/test/gone.test.ts does not exist.',
    ],
    ['a row without a test', /Not yet: CSV, `text\/csv`/, 'Quoted', 'Row 23 names no test, and nothing that it waits for.'],
    [
      'a feature that has come',
      '`text/csv`',
      '`refresh`',
      'Row 23 waits for refresh, which stands in the source of the server now: write its test.',
    ],
  ])('that has %s is not believed', (_, from, to, sentence) => {
    expect(faultsOf(account.replace(from, to))).toEqual([sentence])
  })

  it('knows each row of the corpus', () => {
    expect(corpus.every(({ row }) => row >= 1 && row <= rows)).toBe(true)
  })

  it('finds titles, and no other words', () => {
    const file = `describe('one', () => { it.each(['two'])('three %s', async () => {}); expect('four', x()) ; it('five', { timeout: 1 }, async () => {}) })`
    expect([...titlesIn(file)]).toEqual(['one', 'three %s', 'five'])
  })
})
