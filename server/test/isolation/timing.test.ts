/** How long a refusal takes does not tell whether there is something elsewhere. MORTISE_TIMING_PAIRS=2000 measures the figure of the documents. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withConnection } from '../../src/db/provision-connection.ts'
import { anAdministrator } from '../administrator.ts'
import { bearer } from '../doors.ts'
import { aServer, type TestServer } from '../server.ts'
import { nowhere } from './cases.ts'
import { isSeparable, rank, type Rank } from './rank.ts'
import { aSide, type Side } from './side.ts'

const pairs = Number(process.env['MORTISE_TIMING_PAIRS'] ?? 250)
const attempts = 3 // somebody else's work can fall on one lot; a difference that is there shows each time

let server: TestServer
let own: Side
let other: Side
beforeAll(async () => {
  server = await aServer({ env: { LOG_LEVEL: 'silent' } })
  const administrator = await anAdministrator(server.database)
  other = await aSide(server, administrator, 'a')
  own = await aSide(server, administrator, 'b')
  await administrator.close()
})
afterAll(() => server.close())

type Path = 'projects' | 'tasks' | 'orgs'
const kinds = { projects: 'project', tasks: 'task', orgs: 'organization' } as const

/** Milliseconds until the whole refusal was there. */
async function timed(path: Path, ref: string): Promise<number> {
  const started = performance.now()
  const response = await fetch(`${server.url}/api/v1/${path}/${ref}`, { headers: bearer(own.staff.owner.token) })
  await response.text()
  if (response.status !== 404) throw new Error(`Nothing was refused: ${response.status}`)
  return performance.now() - started
}

/** Asks for something of others and for something that is nowhere, in pairs, either first. */
async function measured(path: Path): Promise<Rank> {
  const foreign: number[] = []
  const absent: number[] = []
  const ref = other.things[kinds[path]][0] as string
  for (let pair = -20; pair < pairs; pair++) {
    const askForeign = async () => timed(path, ref)
    const askAbsent = async () => timed(path, pair % 2 === 0 ? nowhere(ref) : randomUUID())
    const isForeignFirst = Math.random() < 0.5
    const [one, two] = isForeignFirst ? [await askForeign(), await askAbsent()] : [await askAbsent(), await askForeign()]
    if (pair < 0) continue // to warm up
    foreign.push(isForeignFirst ? one : two)
    absent.push(isForeignFirst ? two : one)
  }
  return rank(absent, foreign)
}

const slowerWhereThereIsSomething = `do $$ begin
  execute replace(pg_get_functiondef('app.enter(uuid, uuid, uuid, text[], text)'::regprocedure), 'if held is null then',
                  'if organization is not null then perform pg_sleep(0.002); end if; if held is null then');
end $$`

const say = (path: Path, { auc, margin }: Rank) =>
  process.stdout.write(`timing of ${path}: AUC ${auc.toFixed(3)} ± ${margin.toFixed(3)} over ${pairs} pairs\n`)

describe('the time that a refusal takes', () => {
  it.each(['projects', 'tasks', 'orgs'] as const)(
    'does not tell whether others have such a thing: %s',
    async (path) => {
      const results: Rank[] = []
      for (let attempt = 0; attempt < attempts && (results.length === 0 || isSeparable(results.at(-1) as Rank)); attempt++)
        results.push(await measured(path))
      for (const result of results) say(path, result)
      expect(isSeparable(results.at(-1) as Rank), JSON.stringify(results)).toBe(false)
    },
    300_000,
  )

  it('would tell if the door took two milliseconds longer for what is there', async () => {
    await withConnection(server.database.adminUrl, (client) => client.query(slowerWhereThereIsSomething))
    const results: Rank[] = []
    for (let attempt = 0; attempt < attempts && !results.some((result) => isSeparable(result)); attempt++)
      results.push(await measured('projects'))
    expect(
      results.some((result) => isSeparable(result)),
      JSON.stringify(results),
    ).toBe(true)
  }, 300_000)
})

describe('the rank', () => {
  it('is one half for equal lots, one when all of the second are larger, nought when all are smaller', () => {
    const lot = Array.from({ length: 100 }, (_, place) => place)
    expect(rank(lot, lot).auc).toBeCloseTo(0.5)
    expect(
      rank(
        lot,
        lot.map((value) => value + 1_000),
      ).auc,
    ).toBe(1)
    expect(
      rank(
        lot,
        lot.map((value) => value - 1_000),
      ).auc,
    ).toBe(0)
    expect(rank([1, 1, 1], [1, 1, 1]).auc).toBe(0.5)
  })

  it('counts the pairs in which the second is larger', () => {
    expect(rank([1, 3, 5], [2, 4]).auc).toBeCloseTo(3 / 6)
    expect(rank([1, 3], [2, 4]).auc).toBeCloseTo(3 / 4)
  })

  it('has a margin that is that of chance', () => {
    expect(rank(Array.from({ length: 2_000 }, Math.random), Array.from({ length: 2_000 }, Math.random)).margin).toBeCloseTo(0.0179, 3)
  })
})
