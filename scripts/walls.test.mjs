/** The wall between the server and the web app: types pass, code does not, and a broken call is a compile error. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from 'vite'

const web = fileURLToPath(new URL('../web/', import.meta.url))
let place
beforeAll(() => {
  place = mkdtempSync(join(web, '.wall-'))
})
afterAll(() => rmSync(place, { recursive: true }))

/** Compiles one file of the web app and gives the compiler's complaints. */
function compile(text) {
  writeFileSync(join(place, 'call.ts'), text)
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ extends: '../tsconfig.json', include: ['call.ts'] }))
  const { stdout } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url)), '-p', place],
    { encoding: 'utf8' },
  )
  return stdout
}

const client = `import { createTRPCClient } from '@trpc/client'\nimport type { AppRouter } from '@mortise/server/router'\nconst api = createTRPCClient<AppRouter>({ links: [] })\n`

describe('the web app', () => {
  it('may call what exists', () => {
    expect(compile(`${client}export const name = async () => (await api.projects.get.query({ project: '' })).name.length\n`)).toBe('')
  })

  it.each([
    ['a procedure that does not exist', `api.projects.rename.mutate({ project: '' })`, 'rename'],
    ['an input of another shape', `api.projects.get.query({ projectId: '' })`, 'projectId'],
    ['a field that no answer has', `api.projects.get.query({ project: '' }).then((project) => project.colour)`, 'colour'],
  ])('does not compile with %s', (_what, call, word) => {
    expect(compile(`${client}export const wrong = () => ${call}\n`)).toMatch(new RegExp(`error TS\\d+: .*${word}`))
  })

  it('does not build with code of the server in it', async () => {
    writeFileSync(join(place, 'entry.ts'), `import { appRouter } from '@mortise/server/router'\nconsole.log(appRouter)\n`)
    await expect(
      build({
        root: web,
        configFile: false,
        logLevel: 'silent',
        build: { write: false, rollupOptions: { input: join(place, 'entry.ts') } },
      }),
    ).rejects.toThrow(/router/)
  })
})
