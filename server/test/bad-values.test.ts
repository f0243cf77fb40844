/** Values that look harmless and are not, in every field that takes them, through both doors: 400, nothing done, no look at the database. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest } from './caller.ts'
import { ask, type Door, type Input } from './doors.ts'
import { aServer, type TestServer } from './server.ts'
import { aServerWithoutDatabase } from './without-database.ts'

const id = '01890000-0000-7000-8000-000000000000'

let server: TestServer
let dead: TestServer
let token: string
beforeAll(async () => {
  server = await aServer()
  dead = await aServerWithoutDatabase()
  token = (await aGuest(server)).token
})
afterAll(async () => {
  await dead.close()
  await server.close()
})

/** Asks the server without a database, so that a 503 would tell that the value got through. */
async function outcomes(procedure: string, input: Input, doors: Door[] = ['REST', 'tRPC']) {
  const all = []
  for (const door of doors) {
    const { status, body } = await ask(door, { server: dead, procedure, input, token })
    all.push({ door, status, error: body.error as string, path: (body.issues as { path: string }[] | undefined)?.[0]?.path })
  }
  return all
}
const refused = (path: string, doors: Door[] = ['REST', 'tRPC']) =>
  doors.map((door) => ({ door, status: 400, error: 'VALIDATION_FAILED', path }))
const taken = [
  { door: 'REST', status: 503, error: 'UNAVAILABLE', path: undefined },
  { door: 'tRPC', status: 503, error: 'UNAVAILABLE', path: undefined },
]

type Field = [procedure: string, field: string, others: Input]
const lines: Field[] = [
  ['accounts.update', 'name', {}],
  ['organizations.create', 'name', {}],
  ['organizations.update', 'name', { org: id, version: 1 }],
  ['projects.create', 'name', { org: id }],
  ['projects.update', 'name', { project: id, version: 1 }],
  ['tasks.create', 'title', { project: id }],
  ['tasks.update', 'title', { task: id, version: 1 }],
]
const proses: Field[] = [
  ['projects.create', 'description', { org: id, name: 'x' }],
  ['tasks.create', 'description', { project: id, title: 'x' }],
  ['tasks.update', 'description', { task: id, version: 1 }],
]
const badLine: Record<string, unknown> = {
  'is empty': '',
  'is blank': ' \t ',
  'has a NUL': 'a\u0000b',
  'has a lone surrogate': 'a\ud800b',
  'ends in half a character': 'a\udbff',
  'has a line break': 'a\nb',
  'has a carriage return and a header': 'a\r\nSet-Cookie: x=y',
  'has an escape': 'a\u001b[31mb',
  'turns its direction': 'a\u202eb',
  'isolates a direction': 'a\u2066b',
  'has an Arabic letter mark': 'a\u061cb',
  'has a zero width space': 'a\u200bb',
  'has a zero width joiner': 'a\u200db',
  'has a byte order mark': 'a\ufeffb',
  'has a line separator': 'a\u2028b',
  'has a control of the upper half': 'a\u0085b',
  'is invisible as a whole': '\u3164',
  'is a Braille blank': '\u2800',
  'has tag characters': 'a\u{e0041}b',
  'has a soft hyphen': 'a\u00adb',
  'is a mark on nothing': '\u034f\ufe0f',
  'is too long': 'x'.repeat(201),
  'is too long in characters of four bytes': '😀'.repeat(201),
  'is a number': 1,
  'is a list': ['x'],
  'is an object': { toString: 'x' },
  'is null': null,
  'is true': true,
}
const badProse: Record<string, unknown> = Object.fromEntries(
  [
    'has a NUL',
    'has a lone surrogate',
    'has an escape',
    'turns its direction',
    'isolates a direction',
    'is a number',
    'is a list',
    'is null',
  ].map((what) => [what, badLine[what]]),
)

describe.each(lines)('a line for %s.%s', (procedure, field, others) => {
  it.each(Object.keys(badLine))('is refused when it %s', async (what) => {
    expect(await outcomes(procedure, { ...others, [field]: badLine[what] })).toEqual(refused(field))
  })

  it.each([
    'x',
    '  trimmed  ',
    'Ångström',
    '日本語',
    'שלום',
    '😀👍🏽',
    '❤\ufe0f',
    "Robert'); drop table users;--",
    '<img src=x onerror=alert(1)>',
    '=cmd()',
    '%_\\',
    '${x}',
    '{{x}}',
    '../../etc/passwd',
    'x'.repeat(100),
    '😀'.repeat(100),
  ])('is taken as %s', async (text) => {
    expect(await outcomes(procedure, { ...others, [field]: text })).toEqual(taken)
  })
})

describe.each(proses)('prose for %s.%s', (procedure, field, others) => {
  it.each(Object.keys(badProse))('is refused when it %s', async (what) => {
    expect(await outcomes(procedure, { ...others, [field]: badProse[what] })).toEqual(refused(field))
  })

  it.each(['', 'one\r\ntwo\n\tthree', 'a\u200db', 'שלום'])('is taken as %j', async (text) => {
    expect(await outcomes(procedure, { ...others, [field]: text })).toEqual(taken)
  })

  it('is refused one character beyond its limit', async () => {
    const limit = procedure.startsWith('projects') ? 2_000 : 10_000
    expect(await outcomes(procedure, { ...others, [field]: '😀'.repeat(limit) })).toEqual(taken)
    expect(await outcomes(procedure, { ...others, [field]: '😀'.repeat(limit + 1) })).toEqual(refused(field))
  })
})

describe('an id', () => {
  const fields: Field[] = [
    ['tasks.create', 'assigneeId', { project: id, title: 'x' }],
    ['tasks.update', 'assigneeId', { task: id, version: 1 }],
    ['tasks.move', 'beforeId', { task: id, version: 1 }],
    ['tasks.move', 'afterId', { task: id, version: 1 }],
    ['tasks.list', 'assignee', { project: id }],
  ]
  const bad = [
    '',
    'x',
    id.slice(1),
    `${id}0`,
    `{${id}}`,
    `urn:uuid:${id}`,
    id.replaceAll('-', ''),
    '01890000-0000-7000-8000-00000000000A',
    ` ${id}`,
    `${id}\n`,
    '０1890000-0000-7000-8000-000000000000',
    "' or '1'='1",
  ]
  it.each(fields)('in a body or a query of %s.%s is canonical or refused', async (procedure, field, others) => {
    for (const value of bad) expect(await outcomes(procedure, { ...others, [field]: value }), JSON.stringify(value)).toEqual(refused(field))
  })

  it('in the input of a tRPC call, where it is no path, is canonical or refused', async () => {
    for (const [procedure, field] of [
      ['projects.get', 'project'],
      ['tasks.get', 'task'],
      ['organizations.get', 'org'],
      ['tasks.list', 'project'],
    ] as const) {
      for (const value of [...bad.filter((one) => field !== 'org' || !/^[a-z0-9-]{3,40}$/.test(one)), 1, null, [id], { id }]) {
        const [only] = await outcomes(procedure, { [field]: value }, ['tRPC'])
        expect(only, JSON.stringify(value)).toMatchObject({ status: 400, error: 'VALIDATION_FAILED', path: field })
      }
    }
  })
})

describe('a number', () => {
  const bad = [0, -1, 1.5, 1e21, 2 ** 53 + 2, 2_147_483_648, '1', null, true, [1], {}]
  it.each([
    ['organizations.update', { org: id, name: 'x' }],
    ['projects.update', { project: id, name: 'x' }],
    ['tasks.update', { task: id, title: 'x' }],
    ['tasks.move', { task: id, to: 'end' }],
    ['members.setRole', { org: id, user: id, role: 'admin' }],
    ['accounts.update', { name: 'x' }],
  ] as [string, Input][])('as the version of %s is whole and in range, or refused', async (procedure, others) => {
    for (const version of bad)
      expect(await outcomes(procedure, { ...others, version }), JSON.stringify(version)).toEqual(refused('version'))
  })

  it('as hours of an invitation is whole and in range, or refused', async () => {
    for (const expiresInHours of [...bad.filter((one) => one !== 1e21), 169, 1e21]) {
      expect(await outcomes('invitations.create', { org: id, role: 'viewer', expiresInHours })).toEqual(refused('expiresInHours'))
    }
  })

  it('in a query is written in digits', async () => {
    for (const version of ['1.0', '1e0', '+1', '0x1', ' 1', '1 ', '１', '2147483648', '9007199254740993', '-0', 'Infinity', 'NaN']) {
      expect(await outcomes('projects.delete', { project: id, version }, ['REST'])).toEqual(refused('version', ['REST']))
    }
  })
})

describe('a date', () => {
  const fields: [string, Input][] = [
    ['tasks.create', { project: id, title: 'x' }],
    ['tasks.update', { task: id, version: 1 }],
  ]
  const bad = [
    '',
    'today',
    '2026-13-01',
    '2026-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-01-00',
    '0000-00-00',
    '1969-12-31',
    '2201-01-01',
    '294277-01-01',
    '-2026-01-01',
    '+002026-01-01',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00:00Z',
    '2026-01-01 ',
    '２０２６-01-01',
    20_260_101,
    true,
    ['2026-01-01'],
  ]
  it.each(fields)('for %s is a day that exists, between 1970 and 2200, or refused', async (procedure, others) => {
    for (const dueOn of bad) expect(await outcomes(procedure, { ...others, dueOn }), JSON.stringify(dueOn)).toEqual(refused('dueOn'))
    for (const dueOn of ['1970-01-01', '2200-12-31', '2028-02-29', null])
      expect(await outcomes(procedure, { ...others, dueOn })).toEqual(taken)
  })
})

describe('a slug', () => {
  const bad = [
    '',
    'ab',
    'x'.repeat(41),
    'Tide',
    'tide water',
    'tide_water',
    '-tide',
    'tide-',
    'ti--de',
    'tide/water',
    '..',
    '.hidden',
    'аcme',
    'ａcme',
    'İstanbul',
    'café',
    'tide\u0000',
    'tide\n',
    'api',
    'admin',
    'docs',
    'trpc',
    'health',
    'new',
    id,
    1,
    null,
  ]
  it.each([
    ['organizations.create', { name: 'x' }],
    ['organizations.update', { org: id, version: 1 }],
    ['projects.create', { org: id, name: 'x' }],
    ['projects.update', { project: id, version: 1 }],
  ] as [string, Input][])('for %s is plain ASCII, 3 to 40 long, and not reserved', async (procedure, others) => {
    for (const slug of bad) expect(await outcomes(procedure, { ...others, slug }), JSON.stringify(slug)).toEqual(refused('slug'))
    for (const slug of ['abc', 'x'.repeat(40), 'a-1-b', '123', '0-0']) expect(await outcomes(procedure, { ...others, slug })).toEqual(taken)
  })
})

describe('a choice', () => {
  it.each([
    ['tasks.create', 'status', { project: id, title: 'x' }, ['open', 'DONE', '', 'done ', null, 0]],
    ['tasks.list', 'status', { project: id }, ['open', 'DONE', '']],
    ['projects.list', 'archived', { org: id }, ['yes', 'TRUE', '', '1']],
    ['members.setRole', 'role', { org: id, user: id, version: 1 }, ['root', 'Owner', '', null, ['owner']]],
    ['invitations.create', 'role', { org: id }, ['root', 'ADMIN', '', null]],
    ['projects.update', 'archived', { project: id, version: 1 }, ['true', 1, null, 'yes']],
    ['invitations.accept', 'token', {}, ['', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}=`, null, 1]],
  ] as [string, string, Input, unknown[]][])('for %s.%s is one of those that exist', async (procedure, field, others, bad) => {
    for (const value of bad) expect(await outcomes(procedure, { ...others, [field]: value }), JSON.stringify(value)).toEqual(refused(field))
  })
})
