/** What the gate makes of k6, without k6: the whole is in `npm run drill:gate`. */
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../setup/home.mjs'
import { exitCodes, gate } from './gate.mjs'
import { scripts, textOf, verdictOf } from './k6.mjs'
import { startProxy } from './proxy.mjs'

describe('the verdict', () => {
  const good = { isPassed: true }
  it.each([
    ['figures with every limit kept', 0, good, 'pass'],
    ['a crossed limit', 99, { isPassed: false }, 'refused'],
    ['a script that gave up on a wrong answer', 108, undefined, 'refused'],
    ['a run that was marked as failed', 110, good, 'refused'],
    ['a crossed limit that k6 did not mind', 0, { isPassed: false }, 'refused'],
    ['no figures', 0, undefined, 'error'],
    ['a script that threw', 107, good, 'error'],
    ['a wrong option', 104, undefined, 'error'],
    ['a killed k6', 'killed by SIGKILL', good, 'error'],
  ])('on %s is right', (_what, code, summary, verdict) => {
    expect(verdictOf(code, summary)).toBe(verdict)
  })

  it('has an exit code of its own each, and none is that of a crash', () => {
    expect(new Set([...Object.values(exitCodes), 1]).size).toBe(4)
  })
})

describe('the limits', () => {
  const limits = JSON.parse(readFileSync(path.join(root, 'load/thresholds.json'), 'utf8'))

  it.each(scripts)('of %s count something, because a rate without samples is kept', (script) => {
    const counts = Object.values(limits[script]).flat().filter((text) => /^count>=[1-9]\d*$/.test(text)) // prettier-ignore
    expect(counts.length).toBeGreaterThan(0)
  })
})

describe('the gate', () => {
  let server
  let url
  beforeAll(async () => {
    server = http.createServer((_request, response) => response.writeHead(503).end('{}')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${server.address().port}`
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  it.each([
    ['no address', { profile: 'smoke' }, 'is no http address'],
    ['a file', { url: 'file:///etc/passwd', profile: 'smoke' }, 'is no http address'],
    ['a path instead of a profile', { url: 'http://127.0.0.1:9', profile: '../../gate' }, 'no profile'],
    ['an address where nobody is', { url: 'http://127.0.0.1:9', profile: 'smoke' }, 'cannot be reached'],
  ])('cannot judge %s', async (_what, asked, sentence) => {
    expect(await gate(asked)).toMatchObject({ verdict: 'error', sentence: expect.stringContaining(sentence) })
  })

  it('cannot judge a product that is not ready, also not through a proxy', async () => {
    const proxy = await startProxy(url, () => undefined)
    expect(await gate({ url: proxy.url, profile: 'smoke' })).toMatchObject({
      verdict: 'error',
      sentence: expect.stringContaining('not ready'),
    })
    await proxy.stop()
  })

  it('says ten lines at most', () => {
    expect(textOf(['one', 'two'])).toBe('one\ntwo\n')
    expect(textOf(Array.from({ length: 50 }, () => 'x')).split('\n')).toHaveLength(11)
    expect(textOf(Array.from({ length: 50 }, () => 'x'))).toContain('and 41 more')
  })
})
