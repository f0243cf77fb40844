/** The scope: what a transaction may do, what a failed one leaves behind, and who is told why. */
import type { Knex } from 'knex'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aGuest, type Caller as Person } from '../../test/caller.ts'
import { aProject, aStaffedOrganization, type Staffed } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { AppError } from '../errors.ts'
import { ProjectRow } from '../projects/model.ts'
import { verifyAccessToken } from '../tokens/access.ts'
import { createCallerFactory, orgProcedure, router } from '../trpc.ts'
import { enterAccount, enterOrganization, enterProject } from './entrances.ts'
import { openPool } from './knex.ts'
import { withConnection } from './provision-connection.ts'
import { scopes, type Entrance, type Scope, type Transact } from './scope.ts'

let server: TestServer
let staff: Staffed
let pool: Knex
let transact: Transact
const signalled: string[] = []
beforeAll(async () => {
  server = await aServer()
  staff = await aStaffedOrganization(server)
  pool = openPool(server.database.apiUrl, 2)
  transact = scopes(pool, (organizationId) => void signalled.push(organizationId))
})
afterAll(async () => {
  await pool.destroy()
  await server.close()
})
beforeEach(() => void signalled.splice(0))

const asking = (person: Person) => verifyAccessToken(server.r.keys.access, person.token)
const doorOf = (person: Person, permission: 'project:read' | 'project:write' = 'project:write') =>
  enterOrganization(asking(person), staff.organization.id, permission)

const insert = ({ tx }: Scope, name: string) =>
  tx.raw(`insert into app.projects (organization_id, name, slug) values (app.current_organization(), ?, ?) returning id`, [
    name,
    `s-${crypto.randomUUID()}`.slice(0, 40),
  ])

/** What is really there, past row level security. */
const projectsNamed = (name: string): Promise<number> =>
  withConnection(server.database.adminUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from app.projects where name = $1', [name])
    return rows[0]?.count ?? -1
  })

describe('a transaction', () => {
  it('that reads cannot write', async () => {
    await expect(transact('read', doorOf(staff.owner), (scope) => insert(scope, 'smuggled'))).rejects.toMatchObject({ code: '25006' })
    expect(await projectsNamed('smuggled')).toBe(0)
  })

  it('that writes keeps what it wrote, and tells the organization once', async () => {
    const steps: string[] = []
    await transact('write', doorOf(staff.owner), async (scope) => {
      const { rows } = await insert(scope, 'kept')
      scope.afterCommit(() => void steps.push('committed'))
      scope.announce({ type: 'project.created', entityId: rows[0].id, version: 1 })
      scope.announce({ type: 'project.updated', entityId: rows[0].id, version: 2 })
    })
    expect({ there: await projectsNamed('kept'), steps, signalled }).toEqual({
      there: 1,
      steps: ['committed'],
      signalled: [staff.organization.id],
    })
  })

  const failures: Record<string, { work: (scope: Scope) => Promise<unknown>; with: object }> = {
    'its work throws after the write': {
      work: async (scope) => {
        await insert(scope, 'undone')
        throw new Error('a change of mind')
      },
      with: { message: 'a change of mind' },
    },
    'a check that was sent and not waited for is refused': {
      work: async (scope) => {
        scope.send({
          text: 'select app.enter_project($1, $2, $3, $4)',
          values: [asking(staff.owner).userId, asking(staff.owner).sessionId, crypto.randomUUID(), ['owner']],
        })
        await insert(scope, 'undone')
      },
      with: { error: 'PROJECT_NOT_FOUND' },
    },
    'a constraint is violated': {
      work: async (scope) => {
        await insert(scope, 'undone')
        await insert(scope, '')
      },
      with: { code: '23514' },
    },
    'a constraint is violated while a check behind it is on its way': {
      work: async (scope) => {
        await insert(scope, 'undone')
        const violated = insert(scope, '')
        await Promise.resolve().then(() => Promise.resolve()) // lets the insertion leave first
        scope.send({ text: 'select 1', values: [] })
        await violated
      },
      with: { code: '23514' },
    },
    'its events cannot be recorded': {
      work: async (scope) => {
        await insert(scope, 'undone')
        scope.announce({ type: 'project.created', entityId: 'not an id', version: 1 })
      },
      with: { code: '22P02' },
    },
    'an error inside was caught and forgotten': {
      work: async (scope) => {
        await insert(scope, 'undone')
        await insert(scope, '').catch(() => 'forgotten')
      },
      with: { message: 'The transaction had failed and was rolled back' },
    },
  }
  for (const [when, { work, with: told }] of Object.entries(failures)) {
    it(`leaves nothing when ${when}, and the caller learns why`, async () => {
      const steps: string[] = []
      const run = transact('write', doorOf(staff.owner), async (scope) => {
        scope.afterCommit(() => void steps.push('committed'))
        await work(scope)
      })
      await expect(run).rejects.toMatchObject(told)
      expect({ there: await projectsNamed('undone'), steps, signalled }).toEqual({ there: 0, steps: [], signalled: [] })
    })
  }

  it('is over when its work is: nothing that was kept of it reaches the connection of the next borrower', async () => {
    let kept: Scope | undefined
    await transact('write', doorOf(staff.owner), async (scope) => void (kept = scope))
    await expect(kept?.tx.raw('select 1')).rejects.toThrow(/already complete/)
    expect(() => kept?.send({ text: 'select 1', values: [] })).toThrow('The scope is closed')
    expect(() => kept?.announce({ type: 'project.created', entityId: crypto.randomUUID(), version: 1 })).toThrow('The scope is closed')
  })
})

describe('a procedure', () => {
  const door = orgProcedure('project:write', z.object({ org: z.string() }))
  const procedures = router({
    query: door.output(z.string()).query(async ({ ctx: { scope } }) => String(await insert(scope, 'through a query'))),
    failing: door.output(z.string()).mutation(async ({ ctx: { scope } }) => {
      await insert(scope, 'through a failure')
      throw new AppError('SLUG_TAKEN', {})
    }),
    unfit: door
      .output(z.string())
      .mutation(async ({ ctx: { scope } }) => (await insert(scope, 'through a broken answer')) as unknown as string),
    asking: door.output(z.string()).mutation(() => 'nothing was asked'),
  })
  const as = (person: Person) =>
    createCallerFactory(procedures)({
      r: server.r,
      requestId: 'test',
      authenticate: () => asking(person),
      tellSpent: () => undefined,
    } as unknown as Context)
  const here = () => ({ org: staff.organization.slug })

  it('that is a query cannot write', async () => {
    await expect(as(staff.owner).query(here())).rejects.toMatchObject({ error: 'INTERNAL', cause: { code: '25006' } })
    expect(await projectsNamed('through a query')).toBe(0)
  })

  it('that fails leaves no write, although tRPC gives failures back instead of throwing them', async () => {
    await expect(as(staff.owner).failing(here())).rejects.toMatchObject({ error: 'SLUG_TAKEN' })
    expect(await projectsNamed('through a failure')).toBe(0)
  })

  it('whose answer breaks its own schema leaves no write either', async () => {
    await expect(as(staff.owner).unfit(here())).rejects.toMatchObject({ error: 'INTERNAL' })
    expect(await projectsNamed('through a broken answer')).toBe(0)
  })

  it('that asks the database nothing is refused all the same', async () => {
    expect(await as(staff.owner).asking(here())).toBe('nothing was asked')
    await expect(as(staff.viewer).asking(here())).rejects.toMatchObject({ error: 'FORBIDDEN' })
  })
})

describe('a door', () => {
  it('that refuses does the next borrower of the connection no harm', async () => {
    const stranger = await aGuest(server)
    const refused = () => transact('read', doorOf(stranger), () => Promise.resolve()).catch(({ error }: { error: unknown }) => error)
    const welcome = () => transact('read', doorOf(staff.viewer, 'project:read'), ({ tx }) => tx.raw('select 1')).then(() => 'welcome')
    // one answer in one packet with the next: the end of the first is heard when the second has failed already (tried)
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all(Array.from({ length: 30 }, (_, turn) => (turn % 3 === 2 ? welcome() : refused())))
      expect([...new Set(answers)]).toEqual(['ORG_NOT_FOUND', 'welcome'])
    }
  })

  const refusals: Record<string, () => Promise<{ door: Entrance; code: string }>> = {
    'a stranger, as if there were nothing': async () => ({ door: doorOf(await aGuest(server)), code: 'ORG_NOT_FOUND' }),
    'a member whose role does not suffice': async () => ({ door: doorOf(staff.viewer), code: 'FORBIDDEN' }),
    'whoever asks for a project that is not there': async () => ({
      door: enterProject(asking(staff.owner), crypto.randomUUID(), 'project:read'),
      code: 'PROJECT_NOT_FOUND',
    }),
    'whoever has signed out': async () => {
      const guest = await aGuest(server)
      await guest.post('/auth/logout')
      return { door: enterAccount(asking(guest)), code: 'SESSION_ENDED' }
    },
  }
  for (const [whom, make] of Object.entries(refusals)) {
    it(`refuses ${whom}: with its own code, whether the work asks, asks and forgets, or does not ask at all`, async () => {
      const { door, code } = await make()
      for (const mode of ['read', 'write'] as const) {
        for (const work of [
          ({ tx }: Scope) => tx.raw('select 1'),
          ({ tx }: Scope) => tx.raw('select 1').catch(() => 'forgotten'),
          () => Promise.resolve('nothing asked'),
          () => Promise.reject(new Error('the work failed as well')),
        ]) {
          await expect(transact(mode, door, work)).rejects.toMatchObject({ error: code })
        }
      }
    })
  }

  it('lets nobody see what belongs to another organization, however the question is put', async () => {
    const other = await aStaffedOrganization(server)
    const foreign = await aProject(other.owner, other.organization)
    await transact('read', doorOf(staff.owner, 'project:read'), async (scope) => {
      expect(await ProjectRow.of(scope).where({ id: foreign.id })).toEqual([])
      expect(await ProjectRow.query(scope.tx).where({ id: foreign.id })).toEqual([]) // without the predicate: the policy alone
    })
  })

  it('that is not there lets nobody see anything: a forgotten one is an error and no empty answer', async () => {
    await expect(transact('read', null, ({ tx }) => tx.raw('select * from app.projects'))).rejects.toMatchObject({ code: 'MO500' })
  })
})
