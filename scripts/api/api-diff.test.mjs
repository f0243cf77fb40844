/** What npm run api:diff notices, what it lets pass, and what it says of the document as it is. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { breakingChanges } from './breaking-changes.mjs'
import { entryFaults, isLater, undeclared } from './declared.mjs'

const program = fileURLToPath(new URL('../api-diff.mjs', import.meta.url))
const json = (content) => ({ 'application/json': { schema: content } })

/** A small document; each test changes a copy of it. */
const old = () => ({
  openapi: '3.1.0',
  info: { title: 'Test', version: '1.0.0' },
  servers: [{ url: '/api/v1' }],
  security: [{ bearer: [] }],
  paths: {
    '/things': {
      get: {
        operationId: 'things.list',
        parameters: [
          { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
          { $ref: '#/components/parameters/Key' },
        ],
        responses: {
          200: { content: json({ type: 'array', items: { $ref: '#/components/schemas/Thing' } }), headers: { Link: {} } },
          400: {},
        },
      },
      post: {
        operationId: 'things.create',
        requestBody: {
          required: true,
          content: json({
            type: 'object',
            properties: {
              name: { type: 'string', minLength: 1, maxLength: 100 },
              kind: { type: 'string', enum: ['large', 'small'] },
              owner: { anyOf: [{ type: 'string', format: 'uuid' }, { type: 'null' }] },
              size: { type: 'number' },
            },
            required: ['name'],
            additionalProperties: false,
          }),
        },
        responses: { 201: { content: json({ $ref: '#/components/schemas/Thing' }) } },
      },
    },
    '/open': { get: { operationId: 'open', security: [], responses: { 200: {} } } },
  },
  components: {
    parameters: { Key: { name: 'Key', in: 'header', schema: { type: 'string', maxLength: 64 } } },
    schemas: {
      Thing: {
        type: 'object',
        properties: {
          id: { type: 'string', format: 'uuid' },
          kind: { type: 'string', enum: ['large', 'small'] },
          part: { anyOf: [{ $ref: '#/components/schemas/Part' }, { type: 'null' }] },
        },
        required: ['id', 'kind', 'part'],
      },
      Part: {
        type: 'object',
        properties: { of: { $ref: '#/components/schemas/Thing' }, weight: { type: 'integer' } },
        required: ['weight'],
      },
    },
  },
})

/** What is said of a copy that `change` has changed. */
function said(change) {
  const now = old()
  change(now)
  return breakingChanges(old(), now)
}
const list = ({ paths }) => paths['/things'].get
const create = ({ paths }) => paths['/things'].post
const body = (document) => create(document).requestBody.content['application/json'].schema
const { Thing, Part } = { Thing: ({ components }) => components.schemas.Thing, Part: ({ components }) => components.schemas.Part }

const breaking = {
  'a call that is gone': [(d) => delete d.paths['/things'].post, 'POST /things is gone'],
  'an address that is gone': [(d) => delete d.paths['/open'], 'GET /open is gone'],
  'another place': [(d) => (d.servers = [{ url: '/api/v2' }]), 'Nothing is served at /api/v1 any more'],
  'another name of a call': [(d) => (list(d).operationId = 'things.all'), 'GET /things is called things.all and not things.list'],
  'a token that is needed': [(d) => delete d.paths['/open'].get.security, 'GET /open needs a token now'],
  'a parameter that is gone': [(d) => list(d).parameters.shift(), 'GET /things no longer takes the query parameter limit'],
  'a parameter that is needed': [
    (d) => list(d).parameters.push({ name: 'of', in: 'query', required: true, schema: {} }),
    'GET /things needs the query parameter of now',
  ],
  'a parameter that nobody had to give': [
    (d) => (list(d).parameters[0].required = true),
    'GET /things needs the query parameter limit now',
  ],
  'a lower limit': [
    (d) => (list(d).parameters[0].schema.maximum = 50),
    'GET /things: the query parameter limit has the narrower maximum 50',
  ],
  'a limit where there was none': [
    (d) => (body(d).properties.size.minimum = 0),
    'POST /things: size of the body has the narrower minimum 0',
  ],
  'a shorter text': [
    (d) => (d.components.parameters.Key.schema.maxLength = 32),
    'GET /things: the header parameter Key has the narrower maxLength 32',
  ],
  'another default': [
    (d) => (list(d).parameters[0].schema.default = 10),
    'GET /things: the query parameter limit is 20 no more where nobody says it',
  ],
  'a field that is taken no more': [(d) => delete body(d).properties.size, 'POST /things: the body no longer takes the field size'],
  'a field that is needed': [(d) => body(d).required.push('kind'), 'POST /things: the body needs the field kind now'],
  'a new field that is needed': [
    (d) => Object.assign(body(d), { properties: { ...body(d).properties, color: {} }, required: ['name', 'color'] }),
    'POST /things: the body needs the field color now',
  ],
  'a narrower type': [(d) => (body(d).properties.size.type = 'integer'), 'POST /things: size of the body can no longer be number'],
  'a choice that is gone': [(d) => body(d).properties.kind.enum.pop(), 'POST /things: kind of the body no longer takes "small"'],
  'a choice where there was none': [
    (d) => (body(d).properties.name.enum = ['x']),
    'POST /things: name of the body takes nothing but "x" now',
  ],
  'an alternative that is gone': [
    (d) => body(d).properties.owner.anyOf.pop(),
    'POST /things: owner of the body can no longer be {"type":"null"}',
  ],
  'a pattern where there was none': [(d) => (body(d).properties.name.pattern = '^x'), 'POST /things: name of the body has another pattern'],
  'a body that is gone': [(d) => delete create(d).requestBody, 'POST /things no longer takes a body'],
  'a body that is needed': [(d) => (list(d).requestBody = { required: true, content: json({}) }), 'GET /things needs a body now'],
  'another type of body': [
    (d) => (create(d).requestBody.content = { 'text/plain': {} }),
    'POST /things: the body is no longer application/json',
  ],
  'another status': [
    (d) => (create(d).responses = { 200: create(d).responses[201] }),
    'POST /things no longer answers 201',
    'POST /things can answer 200 now',
  ],
  'a header that is gone': [(d) => delete list(d).responses[200].headers.Link, 'GET /things: the answer 200 no longer has the header Link'],
  'an answer without a form': [
    (d) => delete create(d).responses[201].content,
    'POST /things: the answer 201 is no longer application/json',
  ],
  'a field that an answer lost': [
    (d) => delete Thing(d).properties.id,
    'GET /things: an item of the answer 200 no longer has the field id',
    'POST /things: the answer 201 no longer has the field id',
  ],
  'a field that an answer may lack': [
    (d) => Thing(d).required.shift(),
    'GET /things: an item of the answer 200 may lack the field id now',
    'POST /things: the answer 201 may lack the field id now',
  ],
  'a field that can be null': [
    (d) => (Thing(d).properties.kind.type = ['string', 'null']),
    'GET /things: kind of an item of the answer 200 can also be null',
    'POST /things: kind of the answer 201 can also be null',
  ],
  'another form of a text': [
    (d) => delete Thing(d).properties.id.format,
    'GET /things: id of an item of the answer 200 has another format',
    'POST /things: id of the answer 201 has another format',
  ],
  'a change deep inside': [
    (d) => (Part(d).properties.weight.type = 'string'),
    'GET /things: weight of a choice of part of an item of the answer 200 can also be string',
    'POST /things: weight of a choice of part of the answer 201 can also be string',
  ],
  'a keyword that nobody has thought of': [
    (d) => (body(d).not = { required: ['size'] }),
    'POST /things: the body has another not, which scripts/api/schema-changes.mjs cannot judge',
  ],
}

const harmless = {
  'a new address': (d) => (d.paths['/new'] = { get: { operationId: 'new', responses: {} } }),
  'a new call': (d) => (d.paths['/open'].post = { operationId: 'new', responses: {} }),
  'a parameter that may be given': (d) => list(d).parameters.push({ name: 'q', in: 'query', schema: {} }),
  'a field that may be given': (d) => (body(d).properties.color = { type: 'string' }),
  'a field that need not be given any more': (d) => (body(d).required = []),
  'another choice': (d) => body(d).properties.kind.enum.push('medium'),
  'a wider limit': (d) => (body(d).properties.name.maxLength = 200),
  'a rule less': (d) => delete body(d).properties.owner.anyOf[0].format,
  'a wider type': (d) => (list(d).parameters[0].schema.type = 'number'),
  'a field more in an answer': (d) => (Thing(d).properties.color = { type: 'string' }),
  'another value in an answer': (d) => Thing(d).properties.kind.enum.push('medium'),
  'another refusal': (d) => (list(d).responses[429] = {}),
  'other words': (d) => [list(d), Thing(d)].map((one) => Object.assign(one, { description: 'Other words' })),
  'no token that is needed': (d) => (list(d).security = []),
}

describe('a change that breaks a caller', () => {
  it.each(Object.entries(breaking))('is %s', (_, [change, ...sentences]) => {
    expect(said(change)).toEqual(sentences)
  })
})

describe('a change that breaks nobody', () => {
  it.each(Object.entries(harmless))('is %s', (_, change) => {
    expect(said(change)).toEqual([])
  })
})

describe('a declaration', () => {
  const entry = { version: '1.1.0', date: '2026-11-21', what: 'GET /open is gone', why: 'Nobody asked for it in a year' }

  it('excuses exactly what it names, in a version that comes after the released one', () => {
    expect(undeclared(['GET /open is gone', 'POST /things is gone'], [entry], '1.0.0')).toEqual(['POST /things is gone'])
    expect(undeclared(['GET /open is gone'], [entry], '1.1.0')).toEqual(['GET /open is gone'])
  })

  it.each(['version', 'date', 'what', 'why'])('without its %s is refused', (name) => {
    expect(entryFaults([entry])).toEqual([])
    expect(entryFaults([{ ...entry, [name]: undefined }])).toHaveLength(1)
  })

  it('counts versions as numbers', () => {
    expect([isLater('1.10.0', '1.9.0'), isLater('2.0.0', '1.9.9'), isLater('1.0.0', '1.0.0'), isLater('0.9.9', '1.0.0')]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

describe('npm run api:diff', () => {
  let folder
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'api-diff-'))))
  afterAll(() => rmSync(folder, { recursive: true }))
  const written = (name, value) => {
    writeFileSync(join(folder, name), JSON.stringify(value))
    return join(folder, name)
  }
  const run = (...words) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' })
    return { status, text: stdout + stderr }
  }

  it('finds nothing undeclared in the document of this checkout', () => {
    expect(run()).toMatchObject({ status: 0, text: expect.stringContaining('0 of them undeclared') })
  })

  it('ends with 1 and a sentence when something breaks, with 0 when it is declared, and with 0 when it was released', () => {
    const now = old()
    delete now.paths['/open']
    now.info.version = '1.1.0'
    const [after, before, none] = [written('now.json', now), written('old.json', old()), written('none.json', [])]
    const some = written('some.json', [{ version: '1.1.0', date: '2026-11-21', what: 'GET /open is gone', why: 'Nobody asked for it' }])
    expect(run(after, before, none)).toEqual({ status: 1, text: expect.stringContaining('  GET /open is gone\nUndo it, or declare it') })
    expect(run(after, before, some)).toMatchObject({ status: 0 })
    expect(run(after, before, written('wrong.json', [{ what: 'GET /open is gone' }]))).toMatchObject({ status: 1 })
    expect(run('--release', after, before, none)).toMatchObject({ status: 0 })
    expect(JSON.parse(readFileSync(before, 'utf8'))).toEqual(now)
  })
})
