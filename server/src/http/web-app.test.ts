/** Files and pages: nothing outside the built app can be reached, whatever the address looks like. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { head, onTheWire } from '../../test/wire.ts'
import { readConfig } from '../config.ts'
import { answerErrors, nothingHere } from './answer-errors.ts'
import { requestId } from './request-id.ts'
import { webApp } from './web-app.ts'

const config = readConfig({
  DATABASE_URL: 'postgres://localhost/none',
  TOKEN_SECRET: 'a secret that is used in tests only, and nowhere else',
})

let directory: string
let server: Server
let url: string
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'web-app-'))
  const built = join(directory, 'dist')
  mkdirSync(join(built, 'assets'), { recursive: true })
  writeFileSync(join(directory, 'secret.txt'), 'secret of the machine')
  writeFileSync(join(built, 'index.html'), '<!doctype html><title>Shell</title>')
  writeFileSync(join(built, 'favicon.svg'), '<svg/>')
  writeFileSync(join(built, 'assets', 'app-1a2b.js'), 'let app')
  writeFileSync(join(built, '.env'), 'secret of a dot file')
  symlinkSync(join(directory, 'secret.txt'), join(built, 'link.txt'))
  const app = express()
    .use(requestId())
    .use(webApp({ config }, `${built}/`))
    .use(nothingHere())
    .use(answerErrors({ log: pino({ level: 'silent' }) }))
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(directory, { recursive: true })
})

/** Sends the path as it is written; a fetch would tidy it first. */
const get = async (path: string, headers: Record<string, string> = { Accept: 'text/html' }) =>
  (await onTheWire({ url }, head(`GET ${path}`, headers)))[0]

describe('a page', () => {
  it.each(['/', '/tidewater', '/tidewater/projects/new-wall', '/invite', '/a%20b', '/apiary', '/nowhere/api/v1'])(
    'at %s is the shell, asked for each time, under the strict policy',
    async (path) => {
      const answer = await get(path)
      expect({ status: answer?.status, cache: answer?.headers['cache-control'], body: answer?.body }).toEqual({
        status: 200,
        cache: 'no-cache',
        body: expect.stringContaining('Shell'),
      })
      expect(answer?.headers['content-security-policy']).toContain("require-trusted-types-for 'script'; trusted-types lit-html")
    },
  )

  it('is not given to programs that want no page', async () => {
    expect(await get('/tidewater', { Accept: 'application/json' })).toMatchObject({ status: 404 })
  })

  it.each(['/api', '/api/v1/nowhere', '/API/v1/nowhere', '/api/v2/orgs', '/trpc/nowhere'])(
    'is no answer to a program that asks for any content at %s, which the API does not know',
    async (path) => {
      for (const accept of ['*/*', 'text/html']) expect(await get(path, { Accept: accept })).toMatchObject({ status: 404 })
    },
  )
})

describe('a file', () => {
  it('with a hash in its name is kept for a year, any other is asked for each time', async () => {
    expect((await get('/assets/app-1a2b.js'))?.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await get('/favicon.svg'))?.headers['cache-control']).toBe('no-cache')
  })

  it.each(['/assets/gone-9f9f.js', '/nothing.css', '/index.php', '/favicon.ico', '/assets/app-1a2b.js.map'])(
    'that is not there, like %s, is 404 and not the shell',
    async (path) => {
      const answer = await get(path)
      expect(answer?.status).toBe(404)
      expect(answer?.body).not.toContain('Shell')
    },
  )
})

describe('an address that means to climb out', () => {
  const addresses = [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%5c..%5csecret.txt',
    '/..%c0%afsecret.txt',
    '/secret.txt%00.js',
    '/%00',
    '/link.txt',
    '/.env',
    '/assets/.%2e/.env',
    '/dist/.env',
    '//evil.example/%2e%2e',
    '/\\evil.example/..',
    '/assets',
    '/assets/',
    '/%',
    '/%E0%A4%A',
    '/' + 'a'.repeat(8_000),
  ]
  it.each(addresses)('%s finds nothing of the machine and leads nowhere else', async (path) => {
    const answer = await get(path)
    expect(answer?.body).not.toContain('secret of')
    expect(answer?.headers['location']).toBeUndefined()
    expect([200, 400, 404]).toContain(answer?.status)
    expect(answer?.status === 200 ? answer.body : 'Shell').toContain('Shell')
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('is nothing that takes %s', async (method) => {
    const [answer] = await onTheWire({ url }, head(`${method} /favicon.svg`))
    expect(answer?.status).toBe(404)
  })
})
