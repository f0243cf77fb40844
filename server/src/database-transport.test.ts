/** Which URLs of PostgreSQL are refused in production. */
import { describe, expect, it } from 'vitest'
import { readConfig, weaknessesOf } from './config.ts'
import { transportComplaint } from './database-transport.ts'
import { readMigrateConfig } from './db/migrate-config.ts'

const far = 'postgres://mortise_api:hunter2@db.example/mortise'
const secret = { TOKEN_SECRET: 'x'.repeat(32), PUBLIC_URL: 'https://app.example' }

describe('PostgreSQL over a network', () => {
  it.each([
    '',
    '?sslmode=disable',
    '?sslmode=prefer',
    '?sslmode=require',
    '?sslmode=no-verify',
    '?sslmode=verify-ca',
    '?ssl=true',
    '?sslmode=',
  ])('with "%s" is refused in production, without a word of the URL', (query) => {
    expect(() => readConfig({ ...secret, DATABASE_URL: far + query })).toThrow(/^DATABASE_URL: is not encrypted/)
    expect(() => readConfig({ ...secret, DATABASE_URL: far + query })).not.toThrow(/hunter2/)
    for (const name of ['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'ADMIN_DATABASE_URL'])
      expect(() => readMigrateConfig({ NODE_ENV: 'production', [name]: far + query })).toThrow(`${name} is not encrypted`)
  })

  it('is taken with the proof of the server', () => {
    const url = `${far}?sslmode=verify-full&sslrootcert=/run/secrets/database_ca`
    expect(readConfig({ ...secret, DATABASE_URL: url }).DATABASE_URL).toBe(url)
    expect(readMigrateConfig({ NODE_ENV: 'production', DATABASE_URL: url }).DATABASE_URL).toBe(url)
  })

  it('is taken plain where the configuration says so, and then the log says so', () => {
    const config = readConfig({ ...secret, DATABASE_URL: far, DATABASE_PLAINTEXT: 'allow' })
    expect(weaknessesOf(config)).toEqual([expect.stringContaining('DATABASE_PLAINTEXT')])
    expect(readMigrateConfig({ NODE_ENV: 'production', DATABASE_URL: far, DATABASE_PLAINTEXT: 'allow' })).toEqual({ DATABASE_URL: far })
    expect(() => readConfig({ ...secret, DATABASE_URL: far, DATABASE_PLAINTEXT: 'yes' })).toThrow(/^DATABASE_PLAINTEXT/)
  })

  it('may be plain outside production', () => {
    expect(readConfig({ ...secret, NODE_ENV: 'development', DATABASE_URL: far }).DATABASE_URL).toBe(far)
  })
})

describe('PostgreSQL on the same machine', () => {
  it.each([
    '@localhost/m',
    '@127.0.0.1:5432/m',
    '@127.9.9.9/m',
    '@[::1]/m',
    '@%2Fvar%2Frun%2Fpostgresql/m',
    '@localhost/m?host=/var/run/postgresql',
  ])('%s may be plain', (rest) => {
    expect(transportComplaint(`postgres://a:b${rest}`, undefined)).toBeUndefined()
  })

  it.each(['@localhost.example/m', '@128.0.0.1/m', '@127.0.0.1.example/m', '@db/m', '@localhost/m?host=db.example'])(
    '%s is not there',
    (rest) => {
      expect(transportComplaint(`postgres://a:b${rest}`, undefined)).toMatch(/verify-full/)
    },
  )
})
