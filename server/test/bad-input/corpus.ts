/** Inputs that look for the weak place of a server: large, deep, many, ambiguous. One list, sent through both doors. */
import type { ErrorCode } from '@mortise/shared/errors'
import type { Door } from '../doors.ts'

export type Sent = { method: string; path: string; headers?: Record<string, string>; body?: string | Buffer }
export type BadInput = {
  /** Row of docs/bad-input.md. */
  row: number
  what: string
  /** How it must be refused, by either door. Undefined: it is allowed, and must be cheap all the same. */
  error: ErrorCode | undefined
  request(door: Door): Sent
}

const id = '01890000-0000-7000-8000-000000000000'
const json = { 'content-type': 'application/json' }

/** The body of a new organization. */
const written =
  (body: string | Buffer, headers: Record<string, string> = {}) =>
  (door: Door): Sent => ({
    method: 'POST',
    path: door === 'REST' ? '/api/v1/orgs' : '/trpc/organizations.create',
    headers: { ...json, ...headers },
    body,
  })
/** A field of a new task. */
const task =
  (fields: object) =>
  (door: Door): Sent => ({
    method: 'POST',
    path: door === 'REST' ? `/api/v1/projects/${id}/tasks` : '/trpc/tasks.create',
    headers: json,
    body: JSON.stringify(door === 'REST' ? fields : { project: id, ...fields }),
  })
/** What is asked of the list of projects. */
const listed =
  (fields: Record<string, string>) =>
  (door: Door): Sent => ({
    method: 'GET',
    path:
      door === 'REST'
        ? `/api/v1/orgs/${id}/projects?${new URLSearchParams(fields).toString()}`
        : `/trpc/projects.list?input=${encodeURIComponent(JSON.stringify({ org: id, ...fields }))}`,
  })
/** Below the address of a door, as it is written. */
const at =
  (path: string, method = 'GET') =>
  (door: Door): Sent => ({ method, path: `${door === 'REST' ? '/api/v1' : '/trpc'}${path}` })
/** A harmless question with a header. */
const asked =
  (headers: Record<string, string>) =>
  (door: Door): Sent => ({
    method: 'GET',
    path: door === 'REST' ? '/api/v1/auth/me' : '/trpc/accounts.me',
    headers,
  })

const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const keys = (count: number) => `{${Array.from({ length: count }, (_, n) => `"k${n}":1`).join()}}`
const fat = 'x'.repeat(99_900)

export const corpus: readonly BadInput[] = [
  { row: 1, what: 'a body of 5 MB', error: 'PAYLOAD_TOO_LARGE', request: written('x'.repeat(5_000_000)) },
  { row: 1, what: 'a body of blanks', error: 'MALFORMED_JSON', request: written(' '.repeat(100_000)) },
  { row: 2, what: 'lists in lists, 49,000 deep', error: 'MALFORMED_JSON', request: written('['.repeat(49_000) + ']'.repeat(49_000)) },
  { row: 2, what: 'objects in objects, 15,000 deep', error: 'MALFORMED_JSON', request: written(objects(15_000)) },
  { row: 2, what: 'as many keys as fit', error: 'VALIDATION_FAILED', request: written(keys(9_000)) },
  { row: 2, what: 'as many items as fit', error: 'VALIDATION_FAILED', request: written(`{"name":[${'1,'.repeat(49_000)}1]}`) },
  { row: 2, what: 'as many empty objects as fit', error: 'VALIDATION_FAILED', request: written(`{"name":[${'{},'.repeat(33_000)}1]}`) },
  { row: 2, what: 'a number of 99,000 digits', error: 'VALIDATION_FAILED', request: written(`{"name":${'9'.repeat(99_000)}}`) },
  { row: 2, what: 'a text that is all escapes', error: 'VALIDATION_FAILED', request: written(`{"name":"${'\\u0061'.repeat(16_000)}"}`) },
  { row: 2, what: 'a text of quotes that never ends', error: 'MALFORMED_JSON', request: written(`{"name":"${'\\"'.repeat(49_000)}`) },
  { row: 2, what: 'JSON inside of a text', error: 'VALIDATION_FAILED', request: written(JSON.stringify('{"name":"Inside"}')) },
  {
    row: 2,
    what: 'depth inside of a text',
    error: 'VALIDATION_FAILED',
    request: written(JSON.stringify('['.repeat(40_000) + ']'.repeat(40_000))),
  },
  { row: 2, what: 'an empty text', error: 'VALIDATION_FAILED', request: written('""') },
  { row: 3, what: 'a key of the prototype', error: 'VALIDATION_FAILED', request: written('{"name":"x","__proto__":{"isAdmin":true}}') },
  {
    row: 3,
    what: 'a key of the constructor',
    error: 'VALIDATION_FAILED',
    request: written('{"name":"x","constructor":{"prototype":{"isAdmin":true}}}'),
  },
  { row: 4, what: 'a NUL in a text', error: 'VALIDATION_FAILED', request: written('{"name":"a\\u0000b"}') },
  {
    row: 4,
    what: 'NULs only, as many as fit',
    error: 'VALIDATION_FAILED',
    request: task({ title: 'x', description: '\u0000'.repeat(16_000) }),
  },
  { row: 5, what: 'half a character', error: 'VALIDATION_FAILED', request: written('{"name":"a\\ud800b"}') },
  { row: 5, what: 'bytes that are no UTF-8', error: 'MALFORMED_JSON', request: written(Buffer.alloc(99_000, 0xff)) },
  { row: 6, what: 'an id that is none', error: 'VALIDATION_FAILED', request: task({ title: 'x', assigneeId: `{${id}}` }) },
  { row: 6, what: 'an id of 90,000 characters', error: 'VALIDATION_FAILED', request: task({ title: 'x', assigneeId: '0'.repeat(90_000) }) },
  { row: 7, what: 'a limit beyond all numbers', error: 'VALIDATION_FAILED', request: listed({ limit: '1e21' }) },
  { row: 7, what: 'a limit of 8,000 digits', error: 'VALIDATION_FAILED', request: listed({ limit: '9'.repeat(8_000) }) },
  { row: 8, what: 'a day that is not', error: 'VALIDATION_FAILED', request: task({ title: 'x', dueOn: '0000-00-00' }) },
  { row: 8, what: 'a day of 90,000 digits', error: 'VALIDATION_FAILED', request: task({ title: 'x', dueOn: '2026-'.repeat(18_000) }) },
  { row: 9, what: 'a slug of look-alikes', error: 'VALIDATION_FAILED', request: written('{"name":"x","slug":"аcme"}') },
  {
    row: 9,
    what: 'a slug that almost fits, again and again',
    error: 'VALIDATION_FAILED',
    request: written(`{"name":"x","slug":"${'a-'.repeat(45_000)}"}`),
  },
  {
    row: 9,
    what: 'a name of one letter and 24,000 marks',
    error: 'VALIDATION_FAILED',
    request: written(`{"name":"a${'\u0301'.repeat(24_000)}"}`),
  },
  {
    row: 9,
    what: 'a name that grows when it is composed',
    error: 'VALIDATION_FAILED',
    request: written(`{"name":"${'\ufb2c'.repeat(33_000)}"}`),
  },
  { row: 9, what: 'a name of joined emoji', error: 'VALIDATION_FAILED', request: written(`{"name":"${'👩‍'.repeat(12_000)}"}`) },
  { row: 9, what: 'a name that turns its direction', error: 'VALIDATION_FAILED', request: written('{"name":"a\\u202eb"}') },
  { row: 9, what: 'a long description of emoji', error: undefined, request: task({ title: 'x', description: '👍🏽'.repeat(5_000) }) },
  {
    row: 10,
    what: 'a cursor that nobody gave',
    error: 'VALIDATION_FAILED',
    request: listed({ cursor: 'bm90IG91cnM.AAAAAAAAAAAAAAAAAAAAAA' }),
  },
  { row: 10, what: 'a cursor of 8,000 dots', error: 'VALIDATION_FAILED', request: listed({ cursor: '.'.repeat(8_000) }) },
  { row: 13, what: 'an address of 8,000 characters', error: 'ROUTE_NOT_FOUND', request: at(`/${'x'.repeat(8_000)}`) },
  { row: 13, what: 'an address of 4,000 steps', error: 'ROUTE_NOT_FOUND', request: at('/a'.repeat(4_000)) },
  { row: 13, what: 'an address of a prototype', error: 'ROUTE_NOT_FOUND', request: at('/__proto__') },
  { row: 13, what: 'an address of dots', error: 'ROUTE_NOT_FOUND', request: at(`/${'..%2f'.repeat(2_000)}x`) },
  {
    row: 14,
    what: 'a type with 8,000 blanks',
    error: 'UNSUPPORTED_MEDIA_TYPE',
    request: written('{}', { 'content-type': `application/json${' '.repeat(8_000)};x` }),
  },
  {
    row: 14,
    what: 'a type with 3,000 parameters',
    error: 'UNSUPPORTED_MEDIA_TYPE',
    request: written('{}', { 'content-type': `application/json${';a=b'.repeat(3_000)}` }),
  },
  {
    row: 14,
    what: 'another character set',
    error: 'UNSUPPORTED_MEDIA_TYPE',
    request: written('{}', { 'content-type': 'application/json; charset=utf-7' }),
  },
  {
    row: 14,
    what: 'a compressed body',
    error: 'UNSUPPORTED_MEDIA_TYPE',
    request: written(Buffer.alloc(1_000), { 'content-encoding': 'gzip' }),
  },
  {
    row: 15,
    what: 'a method that changes too much',
    error: 'METHOD_NOT_ALLOWED',
    request: (door) => ({ ...asked({})(door), method: 'PATCH' }),
  },
  { row: 17, what: 'headers of 20 kB', error: 'HEADERS_TOO_LARGE', request: asked({ 'x-long': 'y'.repeat(20_000) }) },
  {
    row: 17,
    what: 'a hundred headers too many',
    error: 'HEADERS_TOO_LARGE',
    request: asked(Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`x-${n}`, 'y']))),
  },
  { row: 19, what: 'a token of 15,000 dots', error: 'UNAUTHENTICATED', request: asked({ authorization: `Bearer ${'.'.repeat(15_000)}` }) },
  { row: 19, what: 'a token of blanks', error: 'UNAUTHENTICATED', request: asked({ authorization: `Bearer${' '.repeat(15_000)}x` }) },
  {
    row: 19,
    what: 'a token whose parts are long',
    error: 'UNAUTHENTICATED',
    request: asked({ authorization: `Bearer ${'e'.repeat(7_000)}.${'e'.repeat(7_000)}.x` }),
  },
  { row: 20, what: 'a cookie of 5,000 pairs', error: undefined, request: asked({ cookie: 'a=;'.repeat(5_000) }) },
  {
    row: 21,
    what: 'a line break and a header in a name',
    error: 'VALIDATION_FAILED',
    request: written('{"name":"a\\r\\nSet-Cookie: x=y"}'),
  },
  {
    row: 21,
    what: 'a name for the request of 15,000 characters',
    error: undefined,
    request: asked({ 'x-request-id': 'x'.repeat(15_000) }),
  },
  { row: 25, what: 'ranges, thousands of them', error: undefined, request: asked({ range: `bytes=${'0-0,'.repeat(3_500)}0-1` }) },
  { row: 25, what: 'thousands of tags', error: undefined, request: asked({ 'if-none-match': '"x",'.repeat(3_500) }) },
  { row: 26, what: 'words that mean every sign', error: undefined, request: listed({ q: '%_'.repeat(50) }) },
  { row: 26, what: 'words that would stall a regular expression', error: undefined, request: listed({ q: '(a+)+$'.repeat(10) }) },
  { row: 26, what: 'words of 8,000 characters', error: 'VALIDATION_FAILED', request: listed({ q: 'a'.repeat(8_000) }) },
  {
    row: 26,
    what: 'fields to sort by, five hundred of them',
    error: 'VALIDATION_FAILED',
    request: listed(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`s${n}`, '1']))),
  },
  {
    row: 26,
    what: 'an object in place of a text',
    error: 'VALIDATION_FAILED',
    request: written(`{"name":{"toString":"${fat.slice(0, 90_000)}"}}`),
  },
]
