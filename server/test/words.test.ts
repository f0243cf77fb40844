/** Words that may stand in one place only, because everywhere else they would open a second way. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../src/', import.meta.url))

type Rule = { word: RegExp; why: string; may: string[] }

const rules: Rule[] = [
  { word: /set_config\s*\(/i, why: 'only the doors of the database set who is asking and for which organization', may: ['db/origin.ts'] },
  {
    word: /\bset\s+(local\s+)?role\s+(?!=)/i,
    why: 'the server never becomes another role',
    may: ['db/migrator-connection.ts', 'seed/crowd.ts', 'seed/founding.ts'],
  },
  { word: /raw\(\s*`[^`]*\$\{/i, why: 'SQL that is put together from text is how injections begin; use bindings', may: ['db/pages.ts'] },
  { word: /jwt\.(sign|verify|decode)\b/, why: 'jsonwebtoken checks hardly anything unless it is told to', may: ['tokens/access.ts'] },
]

const breaches = ({ word, may }: Rule, files: Record<string, string>) =>
  Object.keys(files).filter((file) => word.test(files[file] ?? '') && !may.includes(file))

const files = Object.fromEntries(
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => [file, readFileSync(`${source}${file}`, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')]),
)

describe.each(rules)('$word', (rule) => {
  it('stands where it may and nowhere else', () => {
    expect(breaches(rule, files), rule.why).toEqual([])
  })

  it.each(rule.may)('does stand in %s, or the exception is for nothing', (file) => {
    expect(rule.word.test(files[file] ?? '')).toBe(true)
  })
})

it('a rule notices a breach', () => {
  const planted = {
    'projects/service.ts': `tx.raw(\`select set_config('app.organization', '\${id}', true)\`); client.query('set local role mortise_owner'); jwt.decode(token)`,
  }
  for (const rule of rules) expect(breaches(rule, planted)).toEqual(['projects/service.ts'])
})
