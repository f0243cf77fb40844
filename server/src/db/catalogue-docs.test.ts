import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { tablesInMarkdown } from './catalogue-docs.ts'
import { withConnection } from './provision-connection.ts'

const file = fileURLToPath(new URL('../../../docs/database.md', import.meta.url))
const place = /(?<=<!-- tables: written by a test, UPDATE_SCHEMA=1 rewrites them -->\n\n)[^]*?(?=\n\n<!-- end of tables -->)/

let database: TestDatabase
beforeAll(async () => void (database = await aDatabase()))
afterAll(() => database.drop())

describe('docs/database.md', () => {
  it('shows every table, whose it is and what the runtime role may do', async () => {
    const made = await withConnection(database.apiUrl, tablesInMarkdown)
    if (process.env['UPDATE_SCHEMA'] === '1')
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(place, () => made),
      )
    expect(readFileSync(file, 'utf8').match(place)?.[0], 'Review the change, then rewrite the table with UPDATE_SCHEMA=1').toBe(made)
  })
})
