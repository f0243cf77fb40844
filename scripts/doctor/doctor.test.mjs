import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkMode, checkSecrets } from './configuration.mjs'
import { checkDatabase, judge } from './database.mjs'
import { checkDisk, checkHome, checkInstalled, checkLeftOver, checkNode, checkNpm, checkPort, checkPrograms } from './machine.mjs'
import { checkRedis } from './redis.mjs'
import { startPostgres } from '../postgres/embedded.mjs'
import { root } from '../setup/home.mjs'
import { freePort } from '../process/ports.mjs'
import { run } from '../process/run.mjs'

let directory
let postgres

beforeAll(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'doctor '))
  chmodSync(directory, 0o755)
  postgres = await startPostgres({ home: path.join(directory, 'database'), ephemeral: true })
})
afterAll(async () => {
  await postgres.stop()
  rmSync(directory, { recursive: true, force: true })
})

const isBroken = (text, todo = /./) => ({ state: 'broken', says: expect.stringMatching(text), todo: expect.stringMatching(todo) })

// A server that answers every connection with the same bytes.
async function aServer(answer) {
  const server = net.createServer((socket) => socket.on('error', () => {}).on('data', () => socket.write(answer)))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: server.address().port, close: () => server.close() }
}

describe('the doctor looks at the machine and', () => {
  it('refuses an old Node.js', () => {
    expect(checkNode('18.20.0')).toEqual(isBroken(/needs Node\.js 20\.19/, /nodejs\.org/))
    expect(checkNode('20.18.9').state).toBe('broken')
    expect(checkNode('20.19.0').state).toBe('ok')
  })

  it('misses npm, or finds it too old', async () => {
    expect(await checkNpm(() => Promise.reject(Object.assign(new Error('no'), { code: 'ENOENT' })))).toEqual(isBroken(/npm cannot be run/))
    expect(await checkNpm(async () => ({ code: 0, stdout: '6.14.4\n' }))).toEqual(isBroken(/6\.14\.4 is too old/))
  })

  it('sees that node_modules is not what the lockfile says', () => {
    const checkout = path.join(directory, 'checkout')
    const packages = (version) =>
      JSON.stringify({ packages: { '': {}, 'node_modules/a': { version }, 'node_modules/b': { version: '1.0.0', optional: true } } })
    mkdirSync(path.join(checkout, 'node_modules'), { recursive: true })
    writeFileSync(path.join(checkout, 'package-lock.json'), packages('2.0.0'))
    expect(checkInstalled(checkout).state).toBe('note')
    writeFileSync(path.join(checkout, 'node_modules/.package-lock.json'), packages('1.0.0'))
    expect(checkInstalled(checkout)).toMatchObject({ state: 'note', says: expect.stringMatching(/differs/) })
    writeFileSync(
      path.join(checkout, 'node_modules/.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/a': { version: '2.0.0' } } }),
    )
    expect(checkInstalled(checkout).state).toBe('ok')
  })

  it('sees a full disk', () => {
    expect(checkDisk(directory, () => ({ bavail: 1000, bsize: 4096 }))).toEqual(isBroken(/Only 0\.0 GB/, /MORTISE_HOME/))
  })

  it('sees a home that cannot be written', () => {
    const file = path.join(directory, 'a file')
    writeFileSync(file, '')
    expect(checkHome(path.join(file, 'home'))).toEqual(isBroken(/Cannot write to .*ENOTDIR/))
  })

  it('sees a port that is taken, and one that is none', async () => {
    const { port, close } = await aServer('')
    expect(await checkPort({ PORT: String(port) }, directory)).toEqual(isBroken(/is in use/, new RegExp(`lsof -i :${port}`)))
    close()
    expect(await checkPort({ PORT: '70000' }, directory)).toEqual(isBroken(/from 0 to 65535/))
    expect(await checkPort({ PORT: '0', HOST: '203.0.113.1' }, directory)).toEqual(isBroken(/not an address of this machine/))
  })

  it('sees that programs may not run on this disk, or are for another system', async () => {
    const home = path.join(directory, 'database')
    const program = path.join(directory, 'postgres')
    const at = () => () => program
    expect(await checkPrograms({ home, findPrograms: at })).toEqual(isBroken(/C library/, /DATABASE_URL=/))
    writeFileSync(program, '#!/bin/sh\necho cannot >&2; exit 127\n')
    chmodSync(program, 0o644)
    expect(await checkPrograms({ home, findPrograms: at })).toEqual(isBroken(/noexec/))
    chmodSync(program, 0o755)
    expect(await checkPrograms({ home, findPrograms: at })).toEqual(isBroken(/127.*cannot/))
    expect((await checkPrograms({ home })).state).toBe('ok')
  })

  it('sees what an earlier run left: a running PostgreSQL, data of another version', () => {
    expect(checkLeftOver(path.join(directory, 'database'))).toMatchObject({
      state: 'note',
      todo: expect.stringContaining(`kill -INT ${postgres.pid}`),
    })
    const old = path.join(directory, 'old')
    mkdirSync(path.join(old, 'postgres-17'), { recursive: true })
    expect(checkLeftOver(old)).toEqual(isBroken(/PostgreSQL 17/))
  })
})

describe('the doctor reads the configuration and', () => {
  it('sees a secret that is given twice, unreadable, too short or no URL', () => {
    expect(checkSecrets({ TOKEN_SECRET: 'x'.repeat(40), TOKEN_SECRET_FILE: '/x' })).toEqual([isBroken(/Both/, /unset/)])
    expect(checkSecrets({ TOKEN_SECRET_FILE: path.join(directory, 'absent') })).toEqual([isBroken(/cannot be read \(ENOENT\)/)])
    expect(checkSecrets({ TOKEN_SECRET: 'short' })).toEqual([isBroken(/5 bytes; at least 32/)])
    expect(checkSecrets({ DATABASE_URL: 'mysql://a/b' })).toEqual([isBroken(/not a URL that begins/)])
    expect(checkSecrets({})).toMatchObject([{ state: 'ok' }])
  })

  it('never prints a secret', () => {
    const findings = checkSecrets({
      TOKEN_SECRET: 'hush-hush',
      DATABASE_URL: 'pgsql://me:hush-hush@there/db',
      REDIS_URL: 'http://:hush-hush@there',
    })
    expect(findings.map((finding) => finding.state)).toEqual(['broken', 'broken', 'broken'])
    expect(JSON.stringify(findings)).not.toContain('hush')
  })

  it('knows the three modes', () => {
    expect(checkMode({ NODE_ENV: 'prod' })).toEqual(isBroken(/does not know/))
  })
})

describe('the doctor asks the database and', () => {
  const check = (url, environment = {}) => checkDatabase({ name: 'DATABASE_URL', url, environment })

  it('finds nobody there, or somebody who does not answer', async () => {
    expect(await check(`postgres://a:b@127.0.0.1:${await freePort()}/x`)).toEqual([isBroken(/connection refused/)])
    expect(await check('postgres://a:b@no-such-host.invalid/x')).toEqual([isBroken(/no machine called|cannot be looked up/)])
  })

  it('is not let in, or finds no such database, or no TLS', async () => {
    expect(await check(postgres.adminUrl.replace(/:[^:@]+@/, ':wrong@'))).toEqual([isBroken(/does not accept the login postgres/)])
    expect(await check(postgres.adminUrl.replace(/\/postgres$/, '/absent'))).toEqual([isBroken(/no database "absent"/)])
    expect(await check(`${postgres.adminUrl}?sslmode=verify-full`)).toEqual([isBroken(/speaks no TLS/)])
  })

  it('accepts an administrator for npm start and refuses him as the runtime', async () => {
    expect(await check(postgres.adminUrl)).toMatchObject([{ state: 'note' }])
    expect(await check(postgres.adminUrl, { NODE_ENV: 'production' })).toEqual([isBroken(/above row level security/, /mortise_api/)])
    expect(await check(postgres.adminUrl, { MIGRATION_DATABASE_URL: 'postgres://m' })).toMatchObject([{ state: 'broken' }])
  })

  it('sees an old server, a wrong clock and plain text over the network', () => {
    const good = { version: '16.1', number: 160_001, login: 'mortise_api', isAboveRules: false, time: 0, now: 0, isEncrypted: true }
    const about = (row, url = 'postgres://a@db.example/x', environment = {}) =>
      judge({ name: 'DATABASE_URL', url, environment, row: { ...good, ...row } })
    expect(about({})).toMatchObject([{ state: 'ok' }])
    expect(about({ number: 140_010, version: '14.10' })).toEqual([isBroken(/14\.10; Mortise needs 15/)])
    expect(about({ time: 60_000 })).toEqual([isBroken(/60 s ahead/, /time/)])
    expect(about({ time: -6_000 })).toEqual([isBroken(/6 s behind/)])
    expect(about({ isEncrypted: false })).toMatchObject([{ state: 'note' }])
    expect(about({ isEncrypted: false }, 'postgres://a@db.example/x', { NODE_ENV: 'production' })).toEqual([
      isBroken(/not encrypted/, /verify-full/),
    ])
    expect(about({ isEncrypted: false }, 'postgres://a@127.0.0.1/x', { NODE_ENV: 'production' })).toMatchObject([{ state: 'ok' }])
  })

  it.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', /authority/, /sslrootcert/],
    ['CERT_HAS_EXPIRED', /expired/, /Renew/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /not for the name/, /name/],
  ])('explains %s', async (code, says, todo) => {
    const connect = () => Promise.reject(Object.assign(new Error('tls'), { code }))
    expect(await checkDatabase({ name: 'DATABASE_URL', url: 'postgres://a@db/x', environment: {}, connect })).toEqual([
      isBroken(says, todo),
    ])
  })
})

describe('the doctor asks Redis and', () => {
  it.each([
    ['+PONG\r\n', 'ok', /answers/],
    ['-NOAUTH Authentication required.\r\n', 'broken', /another name or password/],
    ['HTTP/1.1 400 Bad Request\r\n\r\n', 'broken', /not a Redis/],
  ])('understands %j', async (answer, state, says) => {
    const { port, close } = await aServer(answer)
    expect(await checkRedis(`redis://:secret@127.0.0.1:${port}`)).toMatchObject({ state, says: expect.stringMatching(says) })
    close()
  })

  it('finds nobody there', async () => {
    expect(await checkRedis(`redis://127.0.0.1:${await freePort()}`)).toEqual(isBroken(/no Redis can be reached/))
  })
})

describe('npm run doctor', () => {
  const doctor = (environment) =>
    run(process.execPath, [path.join(root, 'scripts/doctor.mjs')], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, MORTISE_HOME: path.join(directory, 'examined'), PORT: '0', ...environment },
    })

  it('ends with 0 when all is well and with 1 when something is broken, with a line that says what to do', async () => {
    const [well, ill] = await Promise.all([doctor({}), doctor({ TOKEN_SECRET: 'short', DATABASE_URL: 'postgres://a:hush@127.0.0.1:1/x' })])
    expect(well).toMatchObject({ code: 0, stdout: expect.stringContaining('All is well') })
    expect(ill).toMatchObject({ code: 1, stdout: expect.stringContaining('2 to mend') })
    expect(ill.stdout.match(/^broken /gm)).toHaveLength(2)
    expect(ill.stdout.match(/do this: /g).length).toBeGreaterThanOrEqual(2)
    expect(ill.stdout).not.toContain('hush')
  })
})
