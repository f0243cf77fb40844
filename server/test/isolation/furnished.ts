/** A database with both sides in it that can be copied, for tests that break something. */
import { randomBytes } from 'node:crypto'
import { databaseIn, name, withConnection, withDatabase } from '../../src/db/provision-connection.ts'
import { closeDatabase } from '../../src/db/provision-database.ts'
import { loginUrl } from '../../src/db/provision.ts'
import { anAdministrator } from '../administrator.ts'
import { aDatabase, type TestDatabase } from '../database.ts'
import { aServer } from '../server.ts'
import { marksOf, type Marks } from './rows.ts'
import { aPerson, aSide, type Person, type Side } from './side.ts'

export type Furnished = {
  own: Side
  other: Side
  newcomer: Person
  /** The marks of the other side. */
  marks: Marks
  /** The marks of the own side. */
  ownMarks: Marks
  /** Copies the database, changed by `sql`; takes about 100 ms. Drop the copy when done. */
  copy(sql?: string): Promise<TestDatabase>
  drop(): Promise<void>
}

/** Makes both sides through a server, which is stopped again, because PostgreSQL copies only what nobody looks at. */
export async function furnished(): Promise<Furnished> {
  const database = await aDatabase()
  const server = await aServer({ database })
  const administrator = await anAdministrator(database)
  const other = await aSide(server, administrator, 'a', { eventsBefore: 10_000 })
  const own = await aSide(server, administrator, 'b')
  const newcomer = await aPerson(server, 'nobody', 'newcomer')
  const [marks, ownMarks] = [await marksOf(administrator, other), await marksOf(administrator, own)]
  await administrator.close()
  await server.close()
  return { own, other, newcomer, marks, ownMarks, copy: (sql) => copied(database, sql), drop: () => database.drop() }
}

async function copied({ adminUrl: original }: TestDatabase, sql?: string): Promise<TestDatabase> {
  const template = databaseIn(original)
  const adminUrl = withDatabase(original, `${template.slice(0, 40)}_${randomBytes(5).toString('hex')}`)
  const administration = withDatabase(original, 'postgres')
  const database = name(databaseIn(adminUrl))
  await withConnection(administration, (client) => client.query(`create database ${database} template ${name(template)}`))
  await withConnection(adminUrl, async (client) => {
    await closeDatabase(client) // a copy has the tables of its template and not its doors
    if (sql !== undefined) await client.query(sql)
  })
  return {
    adminUrl,
    apiUrl: loginUrl(adminUrl, 'mortise_api'),
    migratorUrl: loginUrl(adminUrl, 'mortise_migrator'),
    drop: () =>
      withConnection(administration, async (client) => void (await client.query(`drop database if exists ${database} with (force)`))),
  }
}
