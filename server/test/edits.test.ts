/** Several people edit the same rows at once, and nobody's acknowledged edit is lost. `npm run drill:edits` makes 1,000. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from './administrator.ts'
import { callerWith, type Caller } from './caller.ts'
import { aDatabase, type TestDatabase } from './database.ts'
import { editOnce, lostUpdates, type Acknowledged, type Row, type Seen } from './edits.ts'
import { aProject, aStaffedOrganization, aTask, type Staffed } from './makers.ts'
import { aServer, type TestServer } from './server.ts'

const edits = Number(process.env['MORTISE_DRILL_EDITS'] ?? 100)

let database: TestDatabase
let servers: TestServer[]
let administrator: Administrator
let staff: Staffed
beforeAll(async () => {
  database = await aDatabase()
  servers = [await aServer({ database }), await aServer({ database })] // what one process keeps in memory would not do
  administrator = await anAdministrator(database)
  staff = await aStaffedOrganization(servers[0] as TestServer)
})
afterAll(async () => {
  await administrator.close()
  await Promise.all(servers.map((server) => server.close()))
  await database.drop()
})

type Shared = { path: string; event: string; id: string; acknowledged: Acknowledged[] }

/** Three tasks and two projects that everybody edits. */
async function sharedRows(): Promise<Shared[]> {
  const projects = [await aProject(staff.owner, staff.organization), await aProject(staff.owner, staff.organization)]
  const home = await aProject(staff.owner, staff.organization)
  const tasks = [await aTask(staff.owner, home), await aTask(staff.owner, home), await aTask(staff.owner, home)]
  return [
    ...projects.map(({ id }) => ({ path: `/projects/${id}`, event: 'project.updated', id, acknowledged: [] })),
    ...tasks.map(({ id }) => ({ path: `/tasks/${id}`, event: 'task.updated', id, acknowledged: [] })),
  ]
}

const look = async (who: Caller, path: string): Promise<Seen> => {
  const { body } = await who.get(path)
  return { version: body.version, text: body.description }
}

describe('rows that several people edit at once', () => {
  it('keep every edit that was acknowledged, and show everybody else what was first', async () => {
    const rows = await sharedRows()
    let left = edits
    let conflicts = 0
    const work = async (who: Caller, name: string) => {
      const seen = new Map<string, Seen>()
      for (let turn = 0; left > 0; turn++) {
        const row = rows[Math.floor(Math.random() * rows.length)] as Shared
        const before = seen.get(row.path) ?? (await look(who, row.path))
        const edit = ({ version }: Seen, text: string) => who.put(row.path, { version, description: text })
        const { acknowledged, seen: now } = await editOnce(edit, before, `${name}${turn.toString(36)}`)
        seen.set(row.path, now)
        if (acknowledged === undefined) conflicts++
        else {
          row.acknowledged.push(acknowledged)
          left--
        }
      }
    }
    const people = [staff.owner, staff.admin, staff.member]
    const startedAt = performance.now()
    await Promise.all(
      servers.flatMap((server, place) => people.map((who, number) => work(through(server, who), `${'ab'[place]}${number}-`))),
    )
    const seconds = (performance.now() - startedAt) / 1000

    const lost: string[] = []
    const history: string[] = []
    for (const { path, event, id, acknowledged } of rows) {
      const row: Row = { name: path, acknowledged, final: await look(staff.owner, path) }
      lost.push(...lostUpdates(row))
      const recorded = await administrator.rows<{ version: number }>(
        `select version from app.events where type = $1 and entity_id = $2 order by version`,
        [event, id],
      )
      const promised = acknowledged.map(({ version }) => version).toSorted((a, b) => a - b)
      if (recorded.map(({ version }) => version).join() !== promised.join()) history.push(`${path}: the history is not that of the edits`)
    }
    const count = rows.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0)
    process.stdout.write(
      `edits: ${count} acknowledged on ${rows.length} rows by ${2 * people.length} clients of two servers, ${conflicts} refused with what was first, ` +
        `${count} in the history, ${lost.length} lost updates, ${seconds.toFixed(1)} s\n`,
    )
    expect([...lost, ...history]).toEqual([])
    expect(count).toBeGreaterThanOrEqual(edits)
    expect(conflicts, 'refusals: the edits did meet').toBeGreaterThan(0)
  }, 600_000)
})

const through = ({ url }: TestServer, { token }: Caller): Caller => callerWith({ url }, token)

describe('the look for lost updates', () => {
  it('finds the one that happens when nobody compares versions', async () => {
    const task = await aTask(staff.owner, await aProject(staff.owner, staff.organization))
    const seen = await look(staff.owner, `/tasks/${task.id}`)
    const acknowledged: Acknowledged[] = []
    for (const mark of ['first', 'second']) {
      const [row] = await administrator.rows<{ version: number }>(
        'update app.tasks set description = $1, version = version + 1 where id = $2 returning version',
        [`${seen.text} ${mark}`.trim(), task.id],
      )
      acknowledged.push({ version: row?.version ?? 0, mark })
    }
    const final = await look(staff.owner, `/tasks/${task.id}`)
    expect(lostUpdates({ name: 'task', acknowledged, final })).toEqual(['task: edit first, acknowledged as version 2, was written over'])
  })

  const good: Row = {
    name: 'row',
    acknowledged: [
      { version: 3, mark: 'b' },
      { version: 2, mark: 'a' },
    ],
    final: { version: 3, text: 'a b' },
  }
  it.each<[string, Row, string[]]>([
    ['says nothing when all is well', good, []],
    [
      'finds a version that was given twice',
      { ...good, acknowledged: [...good.acknowledged, { version: 3, mark: 'a' }] },
      ['row: version 3 was given twice', expect.any(String), expect.any(String)],
    ],
    [
      'finds an edit that nobody was told of',
      { ...good, final: { version: 4, text: 'a b' } },
      ['row: version 4 after 2 acknowledged edits of version 1'],
    ],
    [
      'finds edits that changed places',
      { ...good, final: { version: 3, text: 'b a' } },
      ['row: the edits are not in the order of their versions'],
    ],
  ])('%s', (_, row, said) => {
    expect(lostUpdates(row)).toEqual(said)
  })
})
