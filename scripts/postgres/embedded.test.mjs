import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres } from './embedded.mjs'
import { isAlive, signal, waitUntil } from '../process/processes.mjs'

let directory
let home
let running = []

beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'embedded postgres '))
  chmodSync(directory, 0o755)
  home = path.join(directory, 'a home')
})

afterAll(async () => {
  for (const postgres of running) {
    await postgres.stop()
    if (postgres.place.outside) rmSync(postgres.place.base, { recursive: true, force: true })
  }
  rmSync(directory, { recursive: true, force: true })
})

async function start(options = { home }) {
  const postgres = await startPostgres(options)
  running.push(postgres)
  return postgres
}

async function ask(postgres, text) {
  const client = new pg.Client(postgres.adminUrl)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

describe('the embedded PostgreSQL', () => {
  it('starts in a path with a space, is version 18 and closed to everyone else', async () => {
    const postgres = await start()
    const [row] = await ask(
      postgres,
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('listen_addresses') as addresses,
      current_setting('timezone') as zone, current_setting('fsync') as fsync, datlocprovider as provider, datcollversion
      from pg_database where datname = 'postgres'`,
    )
    expect(row).toMatchObject({ version: 18, addresses: '127.0.0.1', zone: 'UTC', fsync: 'on', provider: 'b' })
    expect(statSync(path.join(postgres.place.cluster, 'superuser.secret')).mode & 0o777).toBe(0o600)
    await expect(ask({ adminUrl: postgres.adminUrl.replace(/:[^:@]+@/, ':guess@') }, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    await ask(postgres, 'create table kept (n int); insert into kept values (1)')
  })

  it('is used again while it runs, in a group of its own that a Ctrl-C in the terminal does not reach', async () => {
    const [first] = running
    const again = await start()
    expect(again).toMatchObject({ pid: first.pid, port: first.port, reused: true })
    if (process.platform !== 'linux') return
    const fields = readFileSync(`/proc/${first.pid}/stat`, 'utf8').split(') ')[1].split(' ')
    expect(Number(fields[2])).toBe(first.pid)
  })

  it('recovers with its data when it was killed', async () => {
    const [{ pid }] = running
    signal(pid, 'SIGKILL')
    await waitUntil(() => !isAlive(pid), { timeoutMs: 5_000 })
    const again = await start()
    expect(again.reused).toBe(false)
    expect(await ask(again, 'select n from kept')).toEqual([{ n: 1 }])
  })

  it('starts although the note of the last one now names another living program', async () => {
    const postgres = running.at(-1)
    await postgres.stop()
    const note = path.join(postgres.place.cluster, 'data/postmaster.pid')
    writeFileSync(note, `${process.ppid}\n${path.join(postgres.place.cluster, 'data')}\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`)
    expect((await start()).reused).toBe(false)
  })

  it('throws a half-made data directory away', async () => {
    const other = path.join(directory, 'interrupted')
    const half = path.join(other, 'postgres-18.new')
    mkdirSync(path.join(half, 'data'), { recursive: true })
    writeFileSync(path.join(half, 'data/PG_VERSION'), '18\n')
    const postgres = await start({ home: other, ephemeral: true })
    expect(await ask(postgres, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(existsSync(half)).toBe(false)
  })

  it('keeps away from the data of the home that its own was copied from, even in a place that only root can enter', async () => {
    const original = path.join(directory, 'private', 'original')
    mkdirSync(path.dirname(original), { mode: 0o700 })
    const first = await start({ home: original, ephemeral: true })
    const copy = path.join(directory, 'private', 'copy')
    cpSync(original, copy, { recursive: true, filter: (file) => !file.endsWith('.pid') })
    const second = await start({ home: copy, ephemeral: true })
    expect(second.pid).not.toBe(first.pid)
    expect(second.place.base).not.toBe(first.place.base)
  })

  it('refuses data of another version and touches nothing', async () => {
    const { place, stop } = await start()
    await stop()
    const earlier = path.join(place.base, 'postgres-17')
    renameSync(place.cluster, earlier)
    await expect(startPostgres({ home })).rejects.toThrow(/holds data of PostgreSQL 17.*Nothing was changed/)
    expect(existsSync(place.cluster)).toBe(false)
    renameSync(earlier, place.cluster)
    writeFileSync(path.join(place.cluster, 'data/PG_VERSION'), '16\n')
    await expect(startPostgres({ home })).rejects.toThrow(/PostgreSQL 16/)
    writeFileSync(path.join(place.cluster, 'data/PG_VERSION'), '18\n')
  })

  it('leaves nothing of an ephemeral one', async () => {
    const postgres = await startPostgres({ home: path.join(directory, 'short life'), ephemeral: true })
    expect(await ask(postgres, 'show fsync')).toEqual([{ fsync: 'off' }])
    await postgres.stop()
    expect(isAlive(postgres.pid)).toBe(false)
    expect(existsSync(postgres.place.cluster)).toBe(false)
  })
})
