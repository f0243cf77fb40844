/** zod generates no code in the browser: it is told so before its own code arrives. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'
import { expect, it } from 'vitest'
import { z } from 'zod'

const script = readFileSync(path.join(import.meta.dirname, '../public/before-paint.js'), 'utf8')
const told = (): unknown => {
  const page = { document: { documentElement: { dataset: {} } } }
  vm.runInNewContext(script, page)
  return (page as { __zod_globalConfig?: unknown }).__zod_globalConfig
}

it('the first script of the page leaves the setting where this version of zod looks for it', () => {
  expect(told()).toEqual({ jitless: true })
  expect((globalThis as { __zod_globalConfig?: unknown }).__zod_globalConfig).toBe(z.config())
})

it('zod with that setting makes no function, and without it does', () => {
  const made = (jitless: boolean) => {
    const before = globalThis.Function
    let calls = 0
    globalThis.Function = new Proxy(before, { construct: (target, given) => ((calls += 1), Reflect.construct(target, given)) })
    z.config({ jitless })
    try {
      z.object({ name: z.string() }).parse({ name: 'x' })
      return calls > 0
    } finally {
      globalThis.Function = before
      z.config({ jitless: false })
    }
  }
  expect(made(true)).toBe(false)
  expect(made(false)).toBe(true)
})
