/** Tampering with an audit trail, by somebody whom nothing in the database holds, and what the verifier says. */
import type { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aGuest, type Caller } from '../../test/caller.ts'
import { aProject, anOrganization } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { loginUrl } from '../db/provision.ts'
import { withConnection } from '../db/provision-connection.ts'
import { keysFrom } from '../tokens/keys.ts'
import { hashOf, origin, type Head } from './chain.ts'
import { exportHeads, readHeads } from './heads.ts'
import { linksOf } from './reading.ts'
import { verify, type Verdict } from './verify.ts'

const key = keysFrom('a secret that is used in tests only, and nowhere else').audit
let server: TestServer
let backupUrl: string
let organization: string

beforeAll(async () => {
  server = await aServer()
  backupUrl = loginUrl(server.database.adminUrl, 'mortise_backup')
})
afterAll(() => server.close())

/** An organization with ten entries: itself, its owner, four projects, four changes. */
beforeEach(async () => {
  const owner = await aGuest(server)
  organization = (await anOrganization(owner)).id
  for (let i = 0; i < 4; i++) {
    const { id } = await aProject(owner, { id: organization }, { description: 'längst, "quoted"\n' })
    await owner.put(`/projects/${id}`, { name: `Changed ${i}`, archived: i % 2 === 0, version: 1 })
  }
})

/** Does what it likes: no trigger, no key of another table, no policy. */
const tamper = (...statements: string[]) =>
  withConnection(server.database.adminUrl, async (admin) => {
    await admin.query('set session_replication_role = replica')
    for (const statement of statements)
      await admin.query(statement.includes('$1') ? { text: statement, values: [organization] } : statement)
  })

async function verdict(exported: ReadonlyMap<string, Head>[] = []): Promise<Verdict> {
  const seen: Verdict[] = []
  await verify(backupUrl, { only: organization, exported }, (one) => void seen.push(one))
  return seen[0] as Verdict
}
const brokenAt = async (exported: ReadonlyMap<string, Head>[] = []) => {
  const { broken } = await verdict(exported)
  return broken && [broken.seq, broken.kind]
}
const headsNow = async () => readHeads(JSON.stringify(await exportHeads(backupUrl, key)), key).of

/** Computes the chain anew from an entry on, as somebody who has read our code would. */
const recompute = (from: number) =>
  withConnection(server.database.adminUrl, async (admin: Client) => {
    await admin.query('set session_replication_role = replica')
    const links = []
    for await (const link of linksOf(admin, organization)) links.push(link)
    let previous = links[from - 2]?.hash ?? origin
    for (const link of links.slice(from - 1)) {
      const hash = hashOf({ ...link, prev_hash: previous })
      await admin.query(
        `update app.audit_entries set prev_hash = decode($3, 'hex'), hash = decode($4, 'hex') where organization_id = $1 and seq = $2`,
        [organization, link.seq, previous, hash],
      )
      previous = hash
    }
    await admin.query(`update app.audit_heads set seq = $2, hash = decode($3, 'hex') where organization_id = $1`, [
      organization,
      links.length,
      previous,
    ])
  })

const forged = (seq: string) =>
  `insert into app.audit_entries select (jsonb_populate_record(e, jsonb_build_object('seq', ${seq}, 'actor_name', 'Nobody'))).*
   from app.audit_entries e where organization_id = $1 and seq = 4`
const entries = 'app.audit_entries'
const ours = 'where organization_id = $1'

it('a trail that nobody touched is whole, also against heads of every age', async () => {
  const early = await headsNow()
  expect(await verdict([early])).toEqual({ organization, slug: expect.any(String), checked: 10 })
  await tamper(`select 1`)
  await withConnection(server.database.adminUrl, (admin) =>
    admin.query(`update app.projects set name = name || '!' where organization_id = $1`, [organization]),
  )
  expect(await verdict([early, await headsNow()])).toMatchObject({ checked: 14 })
})

describe('the verifier names the first broken entry', () => {
  const columns: Record<string, string> = {
    at: `at + interval '1 microsecond'`,
    actor_id: 'gen_random_uuid()',
    actor_name: `'Somebody else'`,
    session_id: 'null',
    request_id: `request_id || ' '`,
    address: `'10.0.0.1'`,
    user_agent: `''`,
    login: `'mortise_worker'`,
    procedure: `'projects.delete'`,
    action: `'deleted'`,
    entity: `'task'`,
    entity_id: 'gen_random_uuid()',
    entity_name: 'null',
    before: `'{"name": "x"}'`,
    after: `after - 'name'`,
    prev_hash: 'hash',
    hash: 'prev_hash',
  }
  it.each(Object.entries(columns))('where %s was edited', async (column, value) => {
    await tamper(`update ${entries} set ${column} = ${value} ${ours} and seq = 6`)
    expect(await brokenAt()).toEqual([6, 'edited'])
  })

  it('which are all the columns that there are', async () => {
    const { rows } = await withConnection(server.database.adminUrl, (admin) =>
      admin.query<{ column: string }>(
        `select attname as column from pg_attribute where attrelid = 'app.audit_entries'::regclass and attnum > 0 and not attisdropped`,
      ),
    )
    expect([...Object.keys(columns), 'organization_id', 'seq'].toSorted()).toEqual(rows.map(({ column }) => column).toSorted())
  })

  it('where one was edited and its own hash made to fit', async () => {
    await tamper(`update ${entries} set actor_name = 'Somebody else' ${ours} and seq = 6`)
    await withConnection(server.database.adminUrl, async (admin) => {
      await admin.query('set session_replication_role = replica')
      for await (const link of linksOf(admin, organization))
        await admin.query(`update app.audit_entries set hash = decode($1, 'hex') where organization_id = $2 and seq = $3`, [
          hashOf(link),
          organization,
          link.seq,
        ])
    })
    expect(await brokenAt()).toEqual([6, 'edited'])
  })

  it('where one was deleted', async () => {
    await tamper(`delete from ${entries} ${ours} and seq = 4`)
    expect(await brokenAt()).toEqual([4, 'missing'])
  })

  it('where the first one was deleted', async () => {
    await tamper(`delete from ${entries} ${ours} and seq = 1`)
    expect(await brokenAt()).toEqual([1, 'missing'])
  })

  it('where one was deleted and the rest moved up', async () => {
    await tamper(
      `delete from ${entries} ${ours} and seq = 4`,
      `update ${entries} set seq = -seq ${ours} and seq > 4`,
      `update ${entries} set seq = -seq - 1 ${ours} and seq < 0`,
    )
    expect(await brokenAt()).toEqual([4, 'out of order'])
  })

  it('where one was put in between', async () => {
    await tamper(
      `update ${entries} set seq = -seq ${ours} and seq > 6`,
      `update ${entries} set seq = -seq + 1 ${ours} and seq < 0`,
      forged('7'),
      `update app.audit_heads set seq = 11 ${ours}`,
    )
    await recomputeOne(7)
    expect(await brokenAt()).toEqual([7, 'inserted'])
  })

  it('where one was put in front, or behind the end', async () => {
    await tamper(forged('0'))
    expect(await brokenAt()).toEqual([0, 'inserted'])
    await tamper(`delete from ${entries} ${ours} and seq = 0`, forged('11'))
    expect(await brokenAt()).toEqual([11, 'inserted'])
    await recomputeOne(11)
    expect(await brokenAt()).toEqual([11, 'inserted'])
  })

  it('where two changed places', async () => {
    await tamper(
      `update ${entries} set seq = -1 ${ours} and seq = 3`,
      `update ${entries} set seq = 3 ${ours} and seq = 8`,
      `update ${entries} set seq = 8 ${ours} and seq = -1`,
    )
    expect(await brokenAt()).toEqual([3, 'out of order'])
  })

  it('where two neighbours changed places', async () => {
    await tamper(
      `update ${entries} set seq = -1 ${ours} and seq = 3`,
      `update ${entries} set seq = 3 ${ours} and seq = 4`,
      `update ${entries} set seq = 4 ${ours} and seq = -1`,
    )
    expect(await brokenAt()).toEqual([3, 'out of order'])
  })

  it('where the tail was cut off', async () => {
    await tamper(`delete from ${entries} ${ours} and seq > 7`)
    expect(await brokenAt()).toEqual([8, 'cut off'])
  })

  it('where everything was cut off', async () => {
    await tamper(`delete from ${entries} ${ours}`)
    expect(await brokenAt()).toEqual([1, 'cut off'])
  })

  it('where the tail was cut off and somebody wrote since', async () => {
    await tamper(`delete from ${entries} ${ours} and seq > 7`)
    await withConnection(server.database.adminUrl, (admin) =>
      admin.query(`update app.organizations set name = 'Later' where id = $1`, [organization]),
    )
    expect(await brokenAt()).toEqual([8, 'missing'])
  })

  it('where the head is missing, with or without the tail', async () => {
    await tamper(`delete from app.audit_heads ${ours}`)
    expect(await brokenAt()).toEqual([11, 'cut off'])
  })

  it('where an entry came from another organization', async () => {
    const other = (await anOrganization(await aGuest(server))).id
    await tamper(`delete from ${entries} where organization_id = '${other}'`)
    await tamper(`update ${entries} set organization_id = '${other}' ${ours} and seq = 10`)
    expect(await brokenAt()).toEqual([10, 'cut off'])
  })
})

/** Makes one entry consistent in itself and with the one before. */
const recomputeOne = (seq: number) =>
  withConnection(server.database.adminUrl, async (admin) => {
    await admin.query('set session_replication_role = replica')
    let previous = origin
    for await (const link of linksOf(admin, organization)) {
      if (Number(link.seq) === seq)
        await admin.query(
          `update app.audit_entries set prev_hash = decode($1, 'hex'), hash = decode($2, 'hex') where organization_id = $3 and seq = $4`,
          [previous, hashOf({ ...link, prev_hash: previous }), organization, seq],
        )
      previous = link.hash
    }
  })

describe('with heads that were exported, it also notices', () => {
  it('that the tail was cut off and the head moved back', async () => {
    const exported = await headsNow()
    await tamper(
      `delete from ${entries} ${ours} and seq > 7`,
      `update app.audit_heads h set seq = 7, hash = e.hash from ${entries} e where h.organization_id = $1 and e.organization_id = $1 and e.seq = 7`,
    )
    expect(await brokenAt()).toBeUndefined()
    expect(await brokenAt([exported])).toEqual([8, 'cut off'])
  })

  it('that the head was taken away with everything else', async () => {
    const exported = await headsNow()
    await tamper(`delete from ${entries} ${ours}`, `delete from app.audit_heads ${ours}`)
    expect(await brokenAt()).toBeUndefined()
    expect(await brokenAt([exported])).toEqual([1, 'cut off'])
  })

  it('that the whole chain was computed anew, and up to where it is as it was', async () => {
    const before = await headsNow()
    await withConnection(server.database.adminUrl, (admin) =>
      admin.query(`update app.projects set name = name || '?' where organization_id = $1`, [organization]),
    )
    const after = await headsNow()
    await tamper(`update ${entries} set actor_name = 'Somebody else' ${ours} and seq = 12`)
    await recompute(12)
    expect(await brokenAt()).toBeUndefined()
    expect(await verdict([before, after])).toMatchObject({
      broken: { seq: 14, kind: 'rewritten', because: expect.stringContaining('entries up to 10 are as exported') },
    })
  })

  it('that an organization is gone, which may be as it should', async () => {
    const exported = await headsNow()
    await withConnection(server.database.adminUrl, (admin) => admin.query(`delete from app.organizations where id = $1`, [organization]))
    expect(await verdict([exported])).toEqual({ organization, slug: null, checked: 0, isGone: true })
  })

  it('and refuses a file that somebody changed, or that another secret signed', async () => {
    const text = JSON.stringify(await exportHeads(backupUrl, key))
    const [{ seq } = { seq: 0 }] = JSON.parse(text).heads as Head[]
    expect(() => readHeads(text.replace(`"seq":${seq}`, `"seq":${seq + 1}`), key)).toThrow(/signature/)
    expect(() => readHeads(text, keysFrom('another secret, also long enough to be taken').audit)).toThrow(/signature/)
  })
})

it('nobody who may see only a part can call it whole', async () => {
  for (const url of [server.database.apiUrl, server.database.migratorUrl])
    await expect(verify(url, {}, () => undefined)).rejects.toMatchObject({ code: '42501' })
})

it('four who write at once raise no false alarm, and leave a chain without a gap', async () => {
  const writers = await Promise.all(Array.from({ length: 4 }, () => aGuest(server)))
  const [first] = writers
  const shared = await anOrganization(first as Caller)
  for (const writer of writers.slice(1)) {
    const { body } = await (first as Caller).post(`/orgs/${shared.id}/invitations`, { role: 'admin' })
    await writer.post('/invitations/accept', { token: body.token })
  }
  const statuses: number[] = []
  const write = async (writer: Caller, place: number) => {
    for (let i = 0; i < 25; i++) {
      const { status, body } = await writer.post(`/orgs/${shared.id}/projects`, { name: `Project ${place} ${i}` })
      statuses.push(status, (await writer.put(`/projects/${body.id}`, { name: `Changed ${i}`, version: 1 })).status)
    }
  }
  const looks: Verdict[] = []
  const exported: ReadonlyMap<string, Head>[] = []
  const look = async (): Promise<void> => {
    exported.push(await headsNow())
    await verify(backupUrl, { only: shared.id, exported }, (one) => void looks.push(one))
    if (statuses.length < 4 * 25 * 2) await look()
  }
  await Promise.all([look(), ...writers.map(write)])
  await verify(backupUrl, { only: shared.id, exported }, (one) => void looks.push(one))
  expect(new Set(statuses)).toEqual(new Set([200, 201]))
  expect(looks.filter(({ broken }) => broken)).toEqual([])
  expect(looks.at(-1)?.checked).toBe(2 + 3 * 3 + 4 * 25 * 2)
})
