/** The tool room: what counts as there, and how a missing tool is built. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildGoProgram, wrapperOf } from './go.mjs'
import { tools } from './table.mjs'
import { findTool, isSufficient, toolPath } from './tool.mjs'

let place
beforeAll(() => {
  place = mkdtempSync(path.join(os.tmpdir(), 'mortise tools '))
  vi.stubEnv('XDG_CACHE_HOME', path.join(place, 'cache'))
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(place, { recursive: true })
})

/** Puts a program that says this version into a directory of its own, which becomes the PATH. */
function onlyOnPath(program, says) {
  const directory = mkdtempSync(path.join(place, 'bin '))
  const file = path.join(directory, program)
  writeFileSync(file, `#!/bin/sh\necho '${says}'\n`)
  chmodSync(file, 0o755)
  vi.stubEnv('PATH', directory)
  return file
}

describe('a version', () => {
  it.each([
    ['k6 v2.2.0 (go1.26.8, linux/amd64)', true],
    ['v2.2.1', true],
    ['2.10.0', true],
    ['v2.1.9', false],
    ['v3.0.0', false], // what it would do nobody has tried
    ['v1.99.0', false],
    ['dev', false],
    ['', false],
  ])('%s suffices for v2.2.0: %s', (version, suffices) => {
    expect(isSufficient(version, 'v2.2.0')).toBe(suffices)
  })
})

describe('a tool', () => {
  it('on the PATH is used when it is recent enough', async () => {
    const file = onlyOnPath('k6', `k6 ${tools.k6.version}`)
    expect(await findTool('k6')).toBe(file)
  })

  it('on the PATH that is too old, or does not run, is passed over', async () => {
    onlyOnPath('k6', 'k6 v0.49.0')
    expect(await findTool('k6')).toBeUndefined()
    chmodSync(onlyOnPath('k6', `k6 ${tools.k6.version}`), 0o644)
    expect(await findTool('k6')).toBeUndefined()
  })

  it('in the cache is used as it is', async () => {
    onlyOnPath('nothing', '')
    const directory = path.join(place, 'cache/mortise-tools', `k6-${tools.k6.version}-${process.platform}-${process.arch}`)
    mkdirSync(directory, { recursive: true })
    writeFileSync(path.join(directory, 'k6'), '')
    expect(await toolPath('k6')).toBe(path.join(directory, 'k6'))
    rmSync(directory, { recursive: true })
  })

  it('that is nowhere, on a machine without Go, is a sentence and leaves nothing behind', async () => {
    onlyOnPath('nothing', '')
    await expect(toolPath('k6')).rejects.toThrow(/k6 v2\.2\.0 is not on the PATH.*Install it/)
    expect(readdirSync(path.join(place, 'cache/mortise-tools'))).toEqual([])
  })

  it('whose source is not what was pinned is not built', async () => {
    const answer = JSON.stringify({ Dir: place, Sum: 'h1:other' })
    onlyOnPath('go', answer)
    const file = path.join(place, 'never')
    await expect(buildGoProgram({ name: 'k6', tool: tools.k6, file })).rejects.toThrow('checksum h1:other')
  })
})

describe('the wrapper module', () => {
  it("repeats what the tool's own go.mod says of other modules, but not of its own tree", () => {
    const text = wrapperOf(
      { module: 'example.org/tool', version: 'v1.2.3', package: 'example.org/tool/cmd' },
      {
        Go: '1.24.0',
        Replace: [
          { Old: { Path: 'a' }, New: { Path: 'b', Version: 'v1.0.0' } },
          { Old: { Path: 'c', Version: 'v0.1.0' }, New: { Path: 'c', Version: 'v0.2.0' } },
          { Old: { Path: 'd' }, New: { Path: './staging/d' } },
        ],
        Exclude: [{ Path: 'e', Version: 'v0.0.1' }],
      },
    )
    expect(text.trimEnd().split('\n')).toEqual([
      'module local/wrapper',
      'go 1.24.0',
      'require example.org/tool v1.2.3',
      'tool example.org/tool/cmd',
      'replace a => b v1.0.0',
      'replace c v0.1.0 => c v0.2.0',
      'exclude e v0.0.1',
    ])
  })
})
