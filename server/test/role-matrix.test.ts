/** Every procedure, asked by everybody, through both doors; whoever is refused has changed nothing. */
import { grants, permissions, type Role } from '@mortise/shared/permissions'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from './administrator.ts'
import { aGuest, nobody, type Answer } from './caller.ts'
import { ask, bearer, procedures, type Door, type Input } from './doors.ts'
import { anOrganization, aStaffedOrganization } from './makers.ts'
import { everybody, roleRows, type RoleRow, type Stage, type Who } from './role-table.ts'
import { aServer, type TestServer } from './server.ts'

let server: TestServer
let administrator: Administrator
let shared: Stage
beforeAll(async () => {
  server = await aServer()
  administrator = await anAdministrator(server.database)
  shared = await aStage()
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

async function aStage(): Promise<Stage> {
  const [staff, stranger, guest] = await Promise.all([aStaffedOrganization(server), aGuest(server), aGuest(server)])
  await anOrganization(guest)
  return { server, ...staff, stranger, guest, nobody: nobody(server) }
}

const isRole = (who: Who): who is Role => who !== 'stranger' && who !== 'guest' && who !== 'nobody'

/** What `who` must be answered: 'ok' or a code. */
function expected({ needs, but }: RoleRow, who: Who, input: Input = {}): string {
  if (needs === 'nothing') return 'ok'
  if (who === 'nobody' || needs === 'refresh cookie') return 'UNAUTHENTICATED'
  if (needs === 'session') return 'ok'
  if (!isRole(who)) return missing(input)
  return but?.[who] ?? (grants(who, needs) ? 'ok' : 'FORBIDDEN')
}

const missing = (input: Input) => ('org' in input ? 'ORG_NOT_FOUND' : 'project' in input ? 'PROJECT_NOT_FOUND' : 'TASK_NOT_FOUND')

const mayGetIn = (row: RoleRow, who: Who) => expected(row, who) === 'ok' || (isRole(who) && row.but?.[who] !== undefined)

const outcomeOf = ({ status, body }: Answer): string => (status < 300 ? 'ok' : (body as { error: string }).error)

/** Opens the stream and leaves at once. */
async function follow(stage: Stage, who: Who): Promise<string> {
  const response = await fetch(`${server.url}/api/v1/orgs/${stage.organization.id}/events`, { headers: bearer(stage[who].token) })
  if (response.status !== 200) return ((await response.json()) as { error: string }).error
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  await response.body?.cancel()
  return 'ok'
}

const names: Record<Who, string> = {
  owner: 'an owner',
  admin: 'an admin',
  member: 'a member',
  viewer: 'a viewer',
  stranger: 'a stranger',
  guest: 'a guest of elsewhere',
  nobody: 'nobody in particular',
}

const doorsOf = ({ procedure }: RoleRow): Door[] => (procedure === 'events.onOrganization' ? ['REST'] : ['REST', 'tRPC'])

for (const row of roleRows) {
  const name = `${row.procedure}${row.when === undefined ? '' : ` (${row.when})`}`
  describe(`${name}, which needs ${row.needs},`, () => {
    for (const door of doorsOf(row)) {
      it.each(everybody)(`answers %s over ${door} as the table says`, async (who) => {
        const stage = row.ends && mayGetIn(row, who) ? await aStage() : shared
        const input = (await row.input?.(stage, who)) ?? {}
        const before = await administrator.fingerprint()
        const token = stage[who].token
        const got =
          row.procedure === 'events.onOrganization'
            ? await follow(stage, who)
            : outcomeOf(await ask(door, { server, procedure: row.procedure, input, token }))
        expect(got, `${names[who]} called ${name} over ${door}`).toBe(expected(row, who, input))
        const after = got === 'ok' ? before : await administrator.fingerprint()
        expect(after, `${names[who]} was refused and changed something all the same`).toBe(before)
      })
    }
  })
}

const advice = (name: string) =>
  `${name} has no row in server/test/role-table.ts: add one that says which permission it needs and what to call it with`
const withoutRow = (all: readonly string[]) => all.filter((name) => !roleRows.some(({ procedure }) => procedure === name)).map(advice)

describe('the table of this matrix', () => {
  it('has a row for every procedure', () => {
    expect(withoutRow(procedures.map(({ name }) => name))).toEqual([])
  })

  it('notices a procedure without a row', () => {
    expect(withoutRow(['projects.create', 'projects.duplicate'])).toEqual([advice('projects.duplicate')])
  })

  it('names no procedure that is gone', () => {
    const known = new Set(procedures.map(({ name }) => name))
    expect(roleRows.filter(({ procedure }) => !known.has(procedure))).toEqual([])
  })

  it('asks for every permission', () => {
    const asked = new Set<string>(roleRows.map(({ needs }) => needs))
    expect(Object.keys(permissions).filter((permission) => !asked.has(permission))).toEqual([])
  })
})
