import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { isAdministrator, loginUrl, provision } from './provision.ts'
import { databaseIn, name, withConnection, withDatabase } from './provision-connection.ts'
import { verifierOf } from './provision-password.ts'

let database: TestDatabase
beforeAll(async () => void (database = await aDatabase()))
afterAll(() => database.drop())

const firstRow = (url: string, sql: string) => withConnection(url, async (client) => (await client.query(sql)).rows[0])

describe('provisioning', () => {
  it('makes a database that does not exist, and is done twice at once without harm', async () => {
    const url = withDatabase(database.adminUrl, `${databaseIn(inject('templateUrl'))}_${randomBytes(4).toString('hex')}`)
    const [one, two] = await Promise.all([provision(url), provision(url)])
    expect(one).toEqual(two)
    expect(await firstRow(one.apiUrl, 'select current_user "is"')).toEqual({ is: 'mortise_api' })
    expect(await firstRow(one.migratorUrl, 'do $$ begin set local role mortise_owner; create schema mine; end $$')).toBeUndefined()
  })

  it('gives the runtime role time limits and nothing that passes by row level security', async () => {
    expect(
      await firstRow(
        database.apiUrl,
        `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit "powerful", current_setting('statement_timeout') statement,
           current_setting('lock_timeout') lock, current_setting('idle_in_transaction_session_timeout') idle from pg_roles where rolname = current_user`,
      ),
    ).toEqual({ powerful: false, statement: '5s', lock: '2s', idle: '10s' })
  })

  it('lets nobody but the owner create or keep temporary tables', async () => {
    await expect(firstRow(database.apiUrl, 'create temp table t (x int)')).rejects.toThrow(/permission denied/)
    await expect(firstRow(database.apiUrl, 'create table public.t (x int)')).rejects.toThrow(/permission denied/)
    await expect(firstRow(database.apiUrl, 'create schema s')).rejects.toThrow(/permission denied/)
    await expect(firstRow(database.apiUrl, 'set role mortise_owner')).rejects.toThrow(/permission denied/)
    await expect(firstRow(database.migratorUrl, 'create schema s')).rejects.toThrow(/permission denied/)
  })

  it('corrects a role that somebody has given more than it should have', async () => {
    await withConnection(database.adminUrl, (admin) => admin.query('alter role mortise_readonly inherit createdb'))
    await provision(database.adminUrl)
    expect(
      await firstRow(database.apiUrl, `select rolinherit or rolcreatedb "more" from pg_roles where rolname = 'mortise_readonly'`),
    ).toEqual({ more: false })
  })

  it('says which logins are administrators', async () => {
    expect(await Promise.all([database.adminUrl, database.apiUrl, database.migratorUrl].map(isAdministrator))).toEqual([true, false, false])
  })

  it('refuses an administrator without a password, whose derived passwords everybody could compute', () => {
    expect(() => loginUrl('postgres://postgres@127.0.0.1/x', 'mortise_api')).toThrow(/no password/)
  })

  it('takes the database mortise where the URL names one that every server has', () => {
    const databases = ['', '/', '/postgres', '/template1', '/other'].map((path) =>
      databaseIn(loginUrl(`postgres://a:b@localhost${path}`, 'mortise_api')),
    )
    expect(databases).toEqual(['mortise', 'mortise', 'mortise', 'mortise', 'other'])
  })

  it('keeps the settings of the URL', () => {
    expect(new URL(loginUrl('postgres://a:b@db.example:5433/x?sslmode=verify-full', 'mortise_api')).search).toBe('?sslmode=verify-full')
  })

  it('tells the server a verifier that says nothing about the password', () => {
    // That it is the right one is proved by every login of these tests.
    expect(verifierOf('pencil')).toMatch(/^SCRAM-SHA-256\$4096:[\w+/]{22}==\$[\w+/]{43}=:[\w+/]{43}=$/)
    expect(verifierOf('pencil')).not.toBe(verifierOf('pencil'))
  })
})

describe('an administrator who is no superuser', () => {
  it('can provision all the same', async () => {
    const { version } = await firstRow(database.adminUrl, `select current_setting('server_version_num')::int "version"`)
    const limited = `limited_${randomBytes(4).toString('hex')}`
    const own = `${databaseIn(inject('templateUrl'))}_${randomBytes(4).toString('hex')}`
    const { password } = new URL(database.adminUrl)
    const url = new URL(withDatabase(database.adminUrl, own))
    url.username = limited
    await withConnection(database.adminUrl, async (admin) => {
      await admin.query(`create role ${name(limited)} login createrole createdb password '${decodeURIComponent(password)}'`)
      // What it would have by itself, had it made the roles. Before version 16 it has a say over all of them anyway.
      const theirs = version < 160_000 ? [] : ['owner', 'doorkeeper', 'migrator', 'api', 'worker', 'readonly', 'backup']
      for (const role of theirs) {
        await admin.query(`grant mortise_${role} to ${name(limited)} with admin true, inherit false, set false`)
      }
    })
    try {
      expect(await isAdministrator(url.href)).toBe(true)
      const { apiUrl } = await provision(url.href)
      expect(await firstRow(apiUrl, 'select current_database() "is"')).toEqual({ is: own })
    } finally {
      await withConnection(database.adminUrl, async (admin) => {
        await admin.query(`drop database if exists ${name(own)} with (force)`)
        await admin.query(`drop role ${name(limited)}`)
      })
    }
  })
})
