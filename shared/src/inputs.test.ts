/** What calls take: strict, with limits, and with the rules that join several fields. */
import { describe, expect, it } from 'vitest'
import { accountUpdate } from './accounts.ts'
import { eventStream } from './events.ts'
import { invitationAccept, invitationCreate } from './invitations.ts'
import { memberSetRole } from './members.ts'
import { organizationCreate, organizationGet } from './organizations.ts'
import { page, pageRequest } from './pages.ts'
import { projectCreate, projectList } from './projects.ts'
import { guestSignIn } from './sessions.ts'
import { taskCreate, taskList, taskMove, taskUpdate } from './tasks.ts'
import { z } from 'zod'

const id = '01890000-0000-7000-8000-00000000000a'
const inputs = {
  accountUpdate: [accountUpdate, { name: 'Ada' }],
  guestSignIn: [guestSignIn, {}],
  organizationCreate: [organizationCreate, { name: 'Tidewater' }],
  organizationGet: [organizationGet, { org: 'tidewater' }],
  memberSetRole: [memberSetRole, { org: id, user: id, role: 'viewer', version: 1 }],
  invitationCreate: [invitationCreate, { org: id, role: 'viewer' }],
  invitationAccept: [invitationAccept, { token: 'A'.repeat(43) }],
  projectCreate: [projectCreate, { org: 'tidewater', name: 'Wall' }],
  projectList: [projectList, { org: 'tidewater' }],
  taskCreate: [taskCreate, { project: id, title: 'Point it' }],
  taskUpdate: [taskUpdate, { task: id, version: 1 }],
  taskList: [taskList, { project: id }],
  taskMove: [taskMove, { task: id, to: 'end', version: 1 }],
  eventStream: [eventStream, { org: id }],
} as const satisfies Record<string, readonly [z.ZodType, object]>

describe.each(Object.entries(inputs))('%s', (_, [schema, least]) => {
  it('takes the least that is needed', () => {
    expect(schema.safeParse(least).success).toBe(true)
  })

  it('takes no field that it does not know, not even one that objects are born with', () => {
    for (const key of ['surprise', 'constructor', '__proto__', 'toString']) {
      const input = JSON.parse(JSON.stringify(least).replace('{', `{"${key}":1${Object.keys(least).length > 0 ? ',' : ''}`)) as unknown
      expect(schema.safeParse(input).success, key).toBe(false)
    }
  })

  it('takes nothing that is no object', () => {
    for (const other of [null, 1, 'x', [], [least], true]) expect(schema.safeParse(other).success).toBe(false)
  })

  it('lacks each field that it needs', () => {
    for (const name of Object.keys(least)) {
      const { [name]: _, ...rest } = least as Record<string, unknown>
      expect(schema.safeParse(rest).success, name).toBe(false)
    }
  })
})

describe('a move', () => {
  const move = (place: object) => taskMove.safeParse({ task: id, version: 1, ...place })
  it('names exactly one place', () => {
    for (const place of [{ beforeId: id }, { afterId: id }, { to: 'start' }, { to: 'end' }]) expect(move(place).success).toBe(true)
    for (const place of [{}, { beforeId: id, afterId: id }, { to: 'end', afterId: id }, { to: 'end', beforeId: id, afterId: id }]) {
      expect(move(place).error?.issues).toMatchObject([{ path: ['to'], message: 'Give exactly one of beforeId, afterId and to' }])
    }
  })
})

describe('a new task', () => {
  it('is open, unassigned, undated and without words unless it is said', () => {
    expect(taskCreate.parse({ project: id, title: 'x' })).toEqual({
      project: id,
      title: 'x',
      description: '',
      status: 'todo',
      assigneeId: null,
      dueOn: null,
    })
  })
})

describe('a page', () => {
  it('has 20 items unless somebody says how many, from 1 to 100', () => {
    const request = z.strictObject(pageRequest)
    expect(request.parse({})).toEqual({ limit: 20 })
    expect([0, 1, 100, 101].map((limit) => request.safeParse({ limit }).success)).toEqual([false, true, true, false])
    expect([512, 513].map((length) => request.safeParse({ cursor: 'x'.repeat(length) }).success)).toEqual([true, false])
  })

  it('answers items and where the next one begins', () => {
    expect(page(z.int()).parse({ items: [1], nextCursor: null })).toEqual({ items: [1], nextCursor: null })
    expect(page(z.int()).safeParse({ items: [1] }).success).toBe(false)
  })
})

describe('the id of an event', () => {
  it('counts from 0 without leading zeros', () => {
    for (const good of ['0', '1', '9007199254740991', null])
      expect(eventStream.safeParse({ org: id, lastEventId: good }).success, String(good)).toBe(true)
    for (const bad of ['', '-1', '01', '1.0', '1e3', '99999999999999999', 1])
      expect(eventStream.safeParse({ org: id, lastEventId: bad }).success, String(bad)).toBe(false)
  })
})
