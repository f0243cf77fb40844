/** What the README tells people to type works. */
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, type TestServer } from './server.ts'

const root = new URL('../../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

/** `jq -r` for the few paths that the walk asks for, because jq need not be installed. */
const jq = `jq() { node -e '
  let text = ""; process.stdin.on("data", (d) => text += d).on("end", () => {
    const path = process.argv[1].replace(/^\\./, "").split(/[.\\[\\]]+/).filter(Boolean)
    console.log(path.reduce((value, key) => value[key], JSON.parse(text)))
  })' "$2"; }`

const missing = ['bash', 'curl'].filter((program) => spawnSync(program, ['--version']).error !== undefined)

describe('the README', () => {
  it.skipIf(missing.length > 0)(
    `has a walk that does what it says${missing.length > 0 ? ` (skipped: no ${missing.join(' and no ')})` : ''}`,
    async () => {
      const walk = /```sh walk\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
      const { stdout } = await promisify(execFile)('bash', [
        '-euo',
        'pipefail',
        '-c',
        `${jq}\n${walk.replace('http://localhost:3000', server.url)}`,
      ])
      const lines = stdout.trim().split('\n')
      expect(lines.slice(3).map((line) => line.trim())).toEqual(['done', 'VERSION_CONFLICT', '1', 'TASK_NOT_FOUND', '204'])
      expect(lines).toHaveLength(8)
    },
  )

  it('names commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { scripts: Record<string, string> }
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name as string)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
    for (const command of Object.values(scripts))
      expect(existsSync(fileURLToPath(new URL(command.split(' ').at(-1) ?? '', root)))).toBe(true)
  })

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path as string)
    expect(links.filter((path) => !existsSync(fileURLToPath(new URL(path, root))))).toEqual([])
  })
})
