/** Puts mutants to the test: each in a transaction that is thrown away, or in a copy where the procedures have to be asked. */
import type { Client } from 'pg'
import { tables } from '../../../src/db/catalogue-tables.ts'
import { catalogueFaults } from '../../../src/db/catalogue.ts'
import { connect } from '../../../src/db/provision-connection.ts'
import { appRouter } from '../../../src/router.ts'
import { anAdministrator } from '../../administrator.ts'
import type { Furnished } from '../furnished.ts'
import { inProcess } from '../in-process.ts'
import { definitions } from '../over-http.ts'
import { storm } from '../storm.ts'
import { doorProbes } from './door-probes.ts'
import type { Mutant } from './mutant.ts'
import { life } from './story.ts'
import { tableProbes } from './table-probes.ts'

/** `killer`: what noticed it by behaviour, and in which words; undefined for a survivor. `isInCatalogue`: whether reading the catalogue would have told, too. */
export type Verdict = { mutant: Mutant; killer: { by: 'statements' | 'procedures'; saying: string } | undefined; isInCatalogue: boolean }

export type Laboratory = { world: Furnished; client: Client; close(): Promise<void> }

/** A database with both sides in which everything is tried and nothing kept. */
export async function laboratory(world: Furnished): Promise<Laboratory> {
  const database = await world.copy()
  const client = await connect(database.adminUrl)
  return {
    world,
    client,
    close: async () => {
      await client.end()
      await database.drop()
    },
  }
}

/** What becomes of a mutant. */
export async function put(lab: Laboratory, mutant: Mutant): Promise<Verdict> {
  const { complaints, isInCatalogue } = await inTransaction(lab, mutant)
  if (complaints.length > 0) return { mutant, killer: { by: 'statements', saying: complaints[0] as string }, isInCatalogue }
  const faults = await inCopy(lab.world, mutant.sql)
  return { mutant, killer: faults.length > 0 ? { by: 'procedures', saying: faults[0] as string } : undefined, isInCatalogue }
}

/** The same for a database that nothing was done to: whatever is said here is wrong. */
export const untouched = async (lab: Laboratory): Promise<string[]> => [
  ...(await inTransaction(lab, { name: '', of: '', table: null, sql: 'select 1' })).complaints,
  ...(await inCopy(lab.world, 'select 1')),
]

const guarded = Object.keys(tables).filter((table) => tables[table]?.class !== 'system')

async function inTransaction(
  { client, world }: Laboratory,
  { table, sql }: Mutant,
): Promise<{ complaints: string[]; isInCatalogue: boolean }> {
  const before = new Set(await catalogueFaults(client))
  await client.query('begin')
  try {
    await client.query(sql)
    const isInCatalogue = (await catalogueFaults(client)).some((fault) => !before.has(fault))
    const complaints: string[] = []
    for (const one of table === null ? guarded : [table]) {
      complaints.push(...(await tableProbes(client, world, one)))
      if (complaints.length > 0) break
    }
    if (complaints.length === 0) complaints.push(...(await doorProbes(client, world)))
    return { complaints, isInCatalogue }
  } finally {
    await client.query('rollback')
  }
}

async function inCopy(world: Furnished, sql: string): Promise<string[]> {
  const database = await world.copy(sql)
  const administrator = await anAdministrator(database)
  const asker = inProcess(database.apiUrl, appRouter)
  const people = [{ role: 'owner', who: world.own.staff.owner }]
  try {
    const { leaks } = await storm(
      { ...world, administrator, definitions, people },
      [asker],
      ['projects.list', 'tasks.update', 'members.list', 'organizations.get'],
    )
    const { faults, touched } = await life(asker, administrator, world)
    return [...leaks, ...faults, ...touched]
  } finally {
    await Promise.all([asker.close(), administrator.close()])
    await database.drop()
  }
}
