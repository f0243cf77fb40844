import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readMigrateConfig } from './migrate-config.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'mortise-config-'))
afterAll(() => rmSync(directory, { recursive: true }))

describe('the environment of the migrator', () => {
  it('takes a URL as it is, or from a file without its last newline', () => {
    const file = path.join(directory, 'url')
    writeFileSync(file, 'postgres://a:b@c/d\n')
    expect(readMigrateConfig({ DATABASE_URL: 'postgres://x:y@z/w', MIGRATION_DATABASE_URL_FILE: file, ADMIN_DATABASE_URL: '' })).toEqual({
      DATABASE_URL: 'postgres://x:y@z/w',
      MIGRATION_DATABASE_URL: 'postgres://a:b@c/d',
    })
  })

  it('complains about everything at once and never repeats a value', () => {
    const read = () =>
      readMigrateConfig({
        DATABASE_URL: 'mysql://user:hunter2@host/db',
        ADMIN_DATABASE_URL: 'postgres://a:hunter3@b/c',
        ADMIN_DATABASE_URL_FILE: 'x',
        MIGRATION_DATABASE_URL_FILE: path.join(directory, 'none'),
      })
    expect(read).toThrow(
      /ADMIN_DATABASE_URL is given twice.*MIGRATION_DATABASE_URL_FILE names cannot be read.*DATABASE_URL: Must be a URL/s,
    )
    expect(read).not.toThrow(/hunter/)
  })
})
