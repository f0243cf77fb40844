/** The committed documents say what the code says. */
import { readFileSync } from 'node:fs'
import { catalogue } from '@mortise/shared/errors'
import { describe, expect, it } from 'vitest'
import { keys } from '../config.ts'
import { calls } from '../rest/calls.ts'
import { documents } from './generate.ts'

const committed = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

describe('the generated documents', () => {
  it.each(Object.keys(documents))('%s is what the code makes (run `npm run docs` when it is not)', (path) => {
    expect(committed(path)).toBe(documents[path]?.())
  })

  it('name every error code and none that does not exist', () => {
    const named = [...committed('docs/errors.md').matchAll(/^\| \d+ \| `(\w+)` \|/gm)].map(([, code]) => code)
    expect(new Set(named)).toEqual(new Set(Object.keys(catalogue)))
  })

  it('name every key of the environment and none that does not exist', () => {
    const named = [...committed('docs/configuration.md').matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key)
    expect(new Set(named)).toEqual(new Set(Object.keys(keys)))
  })

  it('describe every REST call', () => {
    const { paths } = JSON.parse(committed('docs/openapi.json')) as { paths: Record<string, object> }
    const described = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    expect(described.toSorted()).toEqual(calls.map(({ method, path }) => `${method} ${path}`).toSorted())
  })
})
