/** Each guard of the code style can fail: a file that breaks the rule is put where the rule holds, and is refused. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
let house

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'mortise-guards-'))
  for (const file of ['.oxlintrc.json', '.oxfmtrc.json', 'tsconfig.json', 'package.json']) cpSync(join(root, file), join(house, file))
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
})
afterAll(() => rmSync(house, { recursive: true }))

/** Writes one file into the house and gives what the linter says of it. */
function lint(path, text) {
  const file = join(house, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(join(dirname(file), 'tsconfig.json'), JSON.stringify({ extends: join(house, 'tsconfig.json'), include: ['.'] }))
  writeFileSync(file, text)
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--type-aware', '--format=json', path], {
    cwd: house,
    encoding: 'utf8',
  })
  rmSync(file)
  return JSON.parse(stdout.slice(stdout.indexOf('{'))).diagnostics.map(({ code }) => code)
}

const imports = 'eslint(no-restricted-imports)'

describe('the linter refuses', () => {
  it.each([
    [
      'a feature that reaches for the pool',
      'server/src/projects/canary.ts',
      `import knex from 'knex'\nexport const pool = knex({})\n`,
      imports,
    ],
    [
      'a feature that speaks to PostgreSQL',
      'server/src/projects/canary.ts',
      `import pg from 'pg'\nexport const client = new pg.Client()\n`,
      imports,
    ],
    [
      'a second reader of tokens',
      'server/src/sessions/canary.ts',
      `import jwt from 'jsonwebtoken'\nexport const read = jwt.decode\n`,
      imports,
    ],
    [
      'a feature that speaks to Redis',
      'server/src/events/canary.ts',
      `import { Redis } from 'ioredis'\nexport const redis = new Redis()\n`,
      imports,
    ],
    [
      'db that knows a feature',
      'server/src/db/canary.ts',
      `import { ProjectRow } from '../projects/model.ts'\nexport const row = ProjectRow\n`,
      imports,
    ],
    [
      'a second reader of the environment',
      'server/src/projects/canary.ts',
      `export const home = process.env['HOME']\n`,
      'node(no-process-env)',
    ],
    [
      'shared that knows a side',
      'shared/src/canary.ts',
      `import { appRouter } from '@mortise/server/router'\nexport const router = appRouter\n`,
      imports,
    ],
    [
      'the web app with server code in it',
      'web/src/canary.ts',
      `import { appRouter } from '@mortise/server/router'\nexport const router = appRouter\n`,
      imports,
    ],
    [
      'a load script that needs npm modules to run',
      'load/canary.ts',
      `import { project } from '@mortise/shared/projects'\nexport const shape = project\n`,
      imports,
    ],
    [
      'styles that the policy blocks',
      'web/src/canary.ts',
      `import { styleMap } from 'lit/directives/style-map.js'\nexport const map = styleMap\n`,
      imports,
    ],
    ['a kit that knows the app', 'web/src/ui/canary.ts', `import { api } from '../api.ts'\nexport const call = api\n`, imports],
    [
      'a promise that nobody waits for',
      'server/src/projects/canary.ts',
      `const work = async () => 1\nexport function start() {\n  work()\n}\n`,
      'typescript(no-floating-promises)',
    ],
    [
      'a thenable that nobody waits for',
      'server/src/projects/canary.ts',
      `type Query = { then(done: (value: number) => void, failed: (error: unknown) => void): void }\nexport function start(query: () => Query) {\n  query()\n}\n`,
      'typescript(no-floating-promises)',
    ],
    ['any', 'server/src/projects/canary.ts', `export const anything: any = 1\n`, 'typescript(no-explicit-any)'],
    [
      'a swallowed error',
      'server/src/projects/canary.ts',
      `export function risk() {\n  try {\n    JSON.parse('')\n  } catch {}\n}\n`,
      'eslint(no-empty)',
    ],
    [
      'a test that is alone',
      'server/src/projects/canary.test.ts',
      `import { it } from 'vitest'\nit.only('is alone', () => {})\n`,
      'vitest(no-focused-tests)',
    ],
    [
      'a test that is left out',
      'server/src/projects/canary.test.ts',
      `import { it } from 'vitest'\nit.skip('is left out', () => {})\n`,
      'vitest(no-disabled-tests)',
    ],
  ])('%s', (_what, path, text, code) => {
    expect(lint(path, text)).toContain(code)
  })

  it('a circle of imports', () => {
    mkdirSync(join(house, 'server/src/tasks'), { recursive: true })
    writeFileSync(join(house, 'server/src/tasks/other.ts'), `import { one } from './canary.ts'\nexport const two = () => one\n`)
    expect(lint('server/src/tasks/canary.ts', `import { two } from './other.ts'\nexport const one = () => two\n`)).toContain(
      'import(no-cycle)',
    )
  })

  it('nothing of what is allowed', () => {
    expect(lint('server/src/db/canary.ts', `import knex from 'knex'\nexport const pool = knex({})\n`)).not.toContain(imports)
    expect(lint('web/src/canary.ts', `import type { AppRouter } from '@mortise/server/router'\nexport type Router = AppRouter\n`)).toEqual(
      [],
    )
    expect(lint('load/canary.ts', `import type { Project } from '@mortise/shared/projects'\nexport type Mine = Project\n`)).toEqual([])
  })
})
