/** Words planted in every header, cookie, claim and field that the code knows, read off the code: none turns up in a log, a refusal or a table. */
import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../src/rest/calls.ts'
import { anAdministrator, type Administrator } from './administrator.ts'
import { fieldsOf } from './isolation/fields.ts'
import { headersOfTheServer } from './isolation/headers.ts'
import { inputOf, withVersion } from './isolation/inputs.ts'
import { definitions, overRest, overTrpc } from './isolation/over-http.ts'
import { aSide, type Side } from './isolation/side.ts'
import { procedures } from './doors.ts'
import { aServer, type TestServer } from './server.ts'
import { head, onTheWire } from './wire.ts'

let server: TestServer
let administrator: Administrator
let side: Side
let headers: string[]
beforeAll(async () => {
  server = await aServer()
  administrator = await anAdministrator(server.database)
  side = await aSide(server, administrator, 'a')
  headers = [...new Set([...(await headersOfTheServer()), ...alwaysTried])]
})
afterAll(async () => {
  await administrator.close()
  await server.close()
})

/** Read by nobody today, and sent by proxies and clients with something in them that is nobody's business. */
const alwaysTried = [
  'x-api-key',
  'proxy-authorization',
  'x-forwarded-for',
  'forwarded',
  'referer',
  'x-csrf-token',
  'traceparent',
  'baggage',
]

/** Said back or kept by intention: the name of a request, and the program in the list of sessions and in the log. */
const told = new Set(['x-request-id', 'user-agent'])

const word = (place: string) => `planted-${place}-7f3a91c2`
const asked: [door: string, line: string][] = [
  ['REST', 'GET /api/v1/auth/me'],
  ['REST', 'POST /api/v1/auth/refresh'],
  ['tRPC', 'GET /trpc/accounts.me'],
  ['REST', 'POST /api/v1/auth/guest'],
  ['tRPC', 'POST /trpc/sessions.guest'],
]

/** Asks with these headers, with and without the token of somebody; what was answered, as far as it was a refusal. */
async function refusals(extra: Record<string, string>): Promise<string[]> {
  const texts = []
  for (const [, line] of asked) {
    const lower = Object.fromEntries(
      Object.entries({
        authorization: `Bearer ${side.staff.owner.token}`,
        'x-requested-with': 'x',
        'content-type': 'application/json',
        ...extra,
      }),
    )
    const answers = await onTheWire(server, head(line, lower))
    texts.push(...answers.filter(({ status }) => status >= 400).map((answer) => JSON.stringify(answer)))
  }
  return texts
}
const logged = () => JSON.stringify(server.log)

/** The tables that hold a text somewhere. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await administrator.rows<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const found = []
  for (const { name } of tables) {
    const [row] = await administrator.rows<{ count: number }>(
      `select count(*)::int as count from ${name} t where strpos(t::text, $1) > 0`,
      [text],
    )
    if (row !== undefined && row.count > 0) found.push(name)
  }
  return found
}

describe('a word in a header', () => {
  it('turns up nowhere, whichever header it is, in logs, refusals and tables', async () => {
    for (const name of headers.filter((one) => !told.has(one))) {
      const texts = await refusals({ [name]: word(`header-${name}`) })
      expect([name, texts.filter((text) => text.includes('planted-'))]).toEqual([name, []])
    }
    expect(headers.length).toBeGreaterThan(15)
    expect(logged()).not.toContain('planted-header')
    expect(await tablesWith('planted-header')).toEqual([])
  })

  it('turns up in the log where it is the name of a program, so the search would find others', async () => {
    await refusals({ 'user-agent': word('program') })
    expect(logged()).toContain('planted-program')
    expect(await tablesWith('planted-program')).toEqual(['app.sessions'])
  })
})

describe('a word in a cookie', () => {
  it.each(['mortise-refresh', '__Host-mortise-refresh', 'session', 'other'])('turns up nowhere, also in %s', async (name) => {
    const texts = await refusals({ cookie: `${name}=${word('cookie')}`, authorization: '' })
    expect(texts.filter((text) => text.includes('planted-'))).toEqual([])
    expect(logged()).not.toContain('planted-cookie')
    expect(await tablesWith('planted-cookie')).toEqual([])
  })
})

describe('a word in a token', () => {
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  /** Signed by our own key, so that nothing but its content is wrong. */
  const signed = (header: object, claims: object) => {
    const body = `${base64({ alg: 'HS256', typ: 'at+jwt', ...header })}.${base64(claims)}`
    return `${body}.${createHmac('sha256', server.r.keys.access.export()).update(body).digest('base64url')}`
  }
  const good = () => {
    const now = Math.floor(Date.now() / 1_000)
    return { sub: side.staff.owner.userId, sid: randomUUID(), iss: 'mortise', aud: 'mortise-api', iat: now, exp: now + 600 }
  }

  it('turns up nowhere, whichever claim it stands in', async () => {
    const claims = ['sub', 'sid', 'iss', 'aud', 'iat', 'exp', 'nbf', 'jti', 'email', 'name', 'org', 'role']
    const parameters = ['alg', 'typ', 'kid', 'jku', 'x5u', 'crit', 'cty']
    const tokens = [
      ...claims.map((name) => signed({}, { ...good(), [name]: word(`claim-${name}`) })),
      ...parameters.map((name) => signed({ [name]: word(`claim-${name}`) }, good())),
    ]
    const known = new Set(
      Object.keys(JSON.parse(Buffer.from(side.staff.owner.token.split('.')[1] ?? '', 'base64url').toString()) as object),
    )
    expect(
      [...known].filter((name) => !claims.includes(name)),
      'claims of ours that are not tried',
    ).toEqual([])
    for (const token of tokens) {
      const texts = await refusals({ authorization: `Bearer ${token}` })
      expect(texts.length).toBeGreaterThan(0)
      expect(texts.filter((text) => text.includes('planted-') || text.includes(token.split('.')[2] ?? '-'))).toEqual([])
    }
    expect(logged()).not.toContain('planted-claim')
    expect(tokens.filter((token) => logged().includes(token.split('.')[1] ?? '-'))).toEqual([])
    expect(await tablesWith('planted-claim')).toEqual([])
  })
})

describe('a word in a field', () => {
  /** Text, and also numbers and choices, where a word is wrong. */
  const pathsOf = (name: string) => {
    const { text, all } = fieldsOf(definitions, name)
    return new Set([...text.map(({ path }) => path), ...all.map((field) => field.name)])
  }
  const fields = procedures.flatMap(({ name }) => [...pathsOf(name)].map((path) => [name, path] as const))

  it.each(fields)('of %s, %s, turns up in no log and no refusal, but for the name of what was not found', async (procedure, path) => {
    const place = `field-${procedure.replace('.', '-').toLowerCase()}`
    const call = calls.find((one) => one.procedure === procedure)
    const isName = call?.inPath.includes(path) === true
    const doors = [overTrpc(server), ...(call === undefined ? [] : [overRest(server)])]
    for (const value of [word(place), word(place).padEnd(43, 'x').slice(0, 43)]) {
      for (const door of doors) {
        const input = await withVersion(administrator, inputOf(definitions, procedure, side, { [path]: value }))
        const { status, text, log } = await door.ask({ procedure, input, who: side.staff.owner })
        const said = log.replaceAll(/"path":"[^"]*"/g, '') // an address is logged, for it names what went wrong
        expect([door.name, said.includes('planted-')]).toEqual([door.name, false])
        const repeated = status >= 400 && text.includes('planted-')
        expect([door.name, status, repeated && !(isName && status === 404)]).toEqual([door.name, status, false])
      }
    }
  })

  it('was every field that can be sent', () => {
    expect(fields.length).toBeGreaterThan(60)
  })
})

describe('what opens a door', () => {
  it('stands in no table and no log as it is: tokens, cookies, links', async () => {
    const { owner } = side.staff
    const secrets = [owner.token, owner.token.split('.')[2] ?? '', owner.cookie.split('=')[1] ?? '', ...side.tokens]
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(20)
      expect([await tablesWith(secret), logged().includes(secret)]).toEqual([[], false])
    }
  })
})
