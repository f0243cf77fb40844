import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeFrom, openLog, openHome, root, secretOf } from './home.mjs'
import { holderOf, takeLock, withLock } from './lock.mjs'
import { portFrom } from '../process/ports.mjs'
import { identityOf, isAlive, waitUntil } from '../process/processes.mjs'
import { step } from '../report/progress.mjs'
import { endRunning, run } from '../process/run.mjs'
import { secretFrom } from './secrets.mjs'
import { makeTally } from '../report/tally.mjs'

let directory
beforeAll(() => (directory = mkdtempSync(path.join(os.tmpdir(), 'bootstrap '))))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('the home', () => {
  it('is .mortise in the checkout unless MORTISE_HOME says otherwise', () => {
    expect(homeFrom({})).toBe(path.join(root, '.mortise'))
    expect(homeFrom({ MORTISE_HOME: '/some/where' })).toBe('/some/where')
  })

  it('keeps a secret in a file that only its owner reads, and keeps it the same', () => {
    const home = openHome(path.join(directory, 'home'))
    const secret = secretOf(home, 'token')
    expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(32)
    expect(secretOf(home, 'token')).toBe(secret)
    expect(statSync(path.join(home, 'secrets/token')).mode & 0o777).toBe(0o600)
    expect(statSync(home).mode & 0o066).toBe(0)
  })

  it('puts a log of more than 10 MB aside', () => {
    const home = openHome(path.join(directory, 'home'))
    const file = path.join(home, 'logs/server.log')
    writeFileSync(file, Buffer.alloc(10 * 1024 * 1024 + 1))
    const log = openLog(home, 'server.log')
    log.close()
    expect([statSync(file).size, existsSync(`${file}.1`)]).toEqual([0, true])
  })
})

describe('a lock', () => {
  const dead = (file) =>
    writeFileSync(file, JSON.stringify({ pid: process.pid, identity: 'of an earlier process with this number', place: file }))

  it('keeps a second one out while its holder lives, and is taken from a dead one', () => {
    const file = path.join(directory, 'lock')
    expect([takeLock(file, { port: 1 }), takeLock(file)]).toEqual([true, false])
    expect(holderOf(file)).toMatchObject({ pid: process.pid, port: 1 })
    dead(file)
    expect(holderOf(file)).toBeUndefined()
    expect(takeLock(file)).toBe(true)
  })

  it("of a copied directory is nobody's", () => {
    const [file, copy] = [path.join(directory, 'lock'), path.join(directory, 'copied')]
    writeFileSync(copy, readFileSync(file))
    expect(holderOf(copy)).toBeUndefined()
  })

  it('lets one after the other in', async () => {
    const file = path.join(directory, 'turns')
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setTimeout(resolve, 10))
      inside--
    }
    await Promise.all(Array.from({ length: 5 }, () => withLock(file, work, { everyMs: 2 })))
    expect([most, existsSync(file)]).toEqual([1, false])
  })

  it('says who holds it when it takes too long', async () => {
    await expect(withLock(path.join(directory, 'lock'), async () => {}, { timeoutMs: 10 })).rejects.toThrow(`Process ${process.pid}`)
  })
})

describe('a process', () => {
  it('that ended is not alive, even before somebody collects it', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    expect(identityOf(child.pid)).toBeTruthy()
    expect(await waitUntil(() => !isAlive(child.pid), { timeoutMs: 5_000 })).toBe(true)
    expect(identityOf(child.pid)).toBeUndefined()
  })

  it('that runs for us ends with us', async () => {
    const running = run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await endRunning()
    expect((await running).code).toBe('killed by SIGTERM')
  })
})

describe('a setting', () => {
  it('PORT is a port number or a sentence', () => {
    expect([portFrom({}, 3000), portFrom({ PORT: '3001' }, 3000), portFrom({ PORT: '0' }, 3000)]).toEqual([3000, 3001, 0])
    expect(() => portFrom({ PORT: '3e99' })).toThrow('PORT is "3e99"')
  })

  it('comes from X or from X_FILE, not from both', () => {
    const file = path.join(directory, 'secret')
    writeFileSync(file, 'from a file\n')
    expect([secretFrom({ X: 'direct' }, 'X'), secretFrom({ X_FILE: file, X: '' }, 'X'), secretFrom({}, 'X')]).toEqual([
      'direct',
      'from a file',
      undefined,
    ])
    expect(() => secretFrom({ X: 'a', X_FILE: file }, 'X')).toThrow('Both X and X_FILE')
    expect(() => secretFrom({ X_FILE: `${file}.absent` }, 'X')).toThrow('ENOENT')
  })
})

describe('progress', () => {
  const record = async (isTTY, work, afterMs) => {
    let text = ''
    await step('Building', work, { afterMs, out: { isTTY, write: (part) => (text += part) } }).catch(() => {})
    return text
  }
  const briefly = () => new Promise((resolve) => setTimeout(resolve, 30))

  it('is one line without a terminal, and none for a short step', async () => {
    expect(await record(false, briefly, 5)).toBe('Building ...\n')
    expect(await record(false, briefly, 500)).toBe('')
  })

  it('ends with a mark and the time on a terminal', async () => {
    expect(await record(true, briefly, 5)).toMatch(/✓ Building 0\.\d s\n$/)
    expect(await record(true, () => briefly().then(() => Promise.reject(new Error('no'))), 5)).toMatch(/✗ Building 0\.\d s\n$/)
  })
})

describe('the tally of a test run', () => {
  const aTally = (options) => {
    let text = ''
    return Object.assign(makeTally({ skipsForbidden: false, out: { write: (part) => (text += part) }, ...options }), { text: () => text })
  }
  const report = (counts) => {
    const file = path.join(directory, 'report.json')
    writeFileSync(file, JSON.stringify({ numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 0, testResults: [], ...counts }))
    return file
  }
  const fails = () => Promise.reject(new Error('ended with 1'))

  it('adds steps and tests up', async () => {
    const tally = aTally()
    await tally.step('check', async () => {})
    await tally.tests('vitest', report({ numPassedTests: 41 }), async () => {})
    tally.report()
    expect(tally.text()).toMatch(/42 passed, 0 failed\n$/)
    expect(tally.isGood()).toBe(true)
  })

  it.each([
    ['a step fails', (tally) => tally.step('check', fails)],
    ['a test fails', (tally) => tally.tests('vitest', report({ numPassedTests: 1, numFailedTests: 1 }), fails)],
    ['a file cannot be loaded', (tally) => tally.tests('vitest', report({ numPassedTests: 1, numFailedTestSuites: 1 }), fails)],
    ['the runner breaks without a report', (tally) => tally.tests('vitest', path.join(directory, 'absent.json'), fails)],
    ['nothing was run', (tally) => tally.tests('vitest', report({}), async () => {})],
  ])('is not good when %s', async (_, work) => {
    const tally = aTally()
    await work(tally)
    tally.report()
    expect(tally.isGood()).toBe(false)
    expect(tally.text()).toMatch(/, 1 failed\n$/)
  })

  it('shows what was skipped, and fails where nothing may be', async () => {
    const skipped = report({ numPassedTests: 1, testResults: [{ assertionResults: [{ status: 'skipped', fullName: 'a thing' }] }] })
    for (const skipsForbidden of [false, true]) {
      const tally = aTally({ skipsForbidden })
      await tally.tests('vitest', skipped, async () => {})
      tally.report()
      expect(tally.text()).toContain('skipped: a thing, because')
      expect(tally.isGood()).toBe(!skipsForbidden)
    }
  })
})
