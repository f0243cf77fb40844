/** Row level security alone and the predicates alone each keep organizations apart; neither is a decoration of the other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../src/db/catalogue-tables.ts'
import { appRouter } from '../../src/router.ts'
import { anAdministrator } from '../administrator.ts'
import { furnished, type Furnished } from './furnished.ts'
import { inProcess } from './in-process.ts'
import { definitions } from './over-http.ts'
import { life } from './mutation/story.ts'
import { functionsWithoutPredicate, predicatesOff, withoutPredicate } from './predicates-off.ts'
import { storm, type Storm } from './storm.ts'

let world: Furnished
beforeAll(async () => {
  world = await furnished()
})
afterAll(() => world.drop())

/** The whole suite in process, in a copy that `change` has weakened. */
async function stormWith(change: string): Promise<Storm> {
  const database = await world.copy(change)
  const administrator = await anAdministrator(database)
  const asker = inProcess(database.apiUrl, appRouter)
  const { owner, viewer } = world.own.staff
  const people = [
    { role: 'owner', who: owner },
    { role: 'viewer', who: viewer },
    { role: 'guest', who: world.newcomer },
  ]
  try {
    const { calls, leaks } = await storm({ ...world, administrator, definitions, people }, [asker], Object.keys(definitions))
    const { touched } = await life(asker, administrator, world) // which also writes, where all is the own
    return { calls, leaks: [...leaks, ...touched] }
  } finally {
    await Promise.all([asker.close(), administrator.close()])
    await database.drop()
  }
}

const say = (layer: string, { calls, leaks }: Storm) => process.stdout.write(`${layer} alone: ${calls} calls, ${leaks.length} leaks\n`)

const withoutRls = Object.entries(tables)
  .filter(([, { class: is }]) => is !== 'system')
  .map(([table]) => `alter table app.${table} disable row level security;`)
  .join(' ')

describe('what keeps organizations apart', () => {
  it('is row level security alone when no statement says which organization it means', async () => {
    const off = predicatesOff()
    try {
      const result = await stormWith(functionsWithoutPredicate)
      say('row level security', result)
      expect(result.leaks).toEqual([])
      expect(off.rewritten).toBeGreaterThan(200)
    } finally {
      off.restore()
    }
  }, 120_000)

  it('is the predicates alone when no table has row level security', async () => {
    const result = await stormWith(withoutRls)
    say('predicates', result)
    expect(result.leaks).toEqual([])
  }, 120_000)

  it('is nothing when both are gone, which the suite notices', async () => {
    const off = predicatesOff()
    try {
      const { leaks } = await stormWith(`${withoutRls} ${functionsWithoutPredicate}`)
      expect(leaks.join('\n')).toContain('a life in an organization changed memberships of the own side')
      const leaking = new Set(leaks.map((leak) => leak.split(' ')[0]))
      expect([...leaking]).toEqual(
        expect.arrayContaining(['organizations.stats', 'projects.list', 'members.list', 'invitations.list', 'events.onOrganization']),
      )
    } finally {
      off.restore()
    }
  }, 120_000)
})

describe('taking predicates out', () => {
  it.each([
    [
      'select 1 where "app"."tasks"."organization_id" = (select app.current_organization()) and "id" = $1',
      'select 1 where true and "id" = $1',
    ],
    ['left join app.projects p on p.organization_id = (select app.current_organization())', 'left join app.projects p on true'],
    [
      'update "app"."organizations" set x = 1 where "id" = (select app.entered_organization())',
      'update "app"."organizations" set x = 1 where true',
    ],
  ])('turns %s into %s', (sql, without) => {
    expect(withoutPredicate(sql)).toBe(without)
  })
})
