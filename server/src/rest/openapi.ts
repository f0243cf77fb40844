/** The OpenAPI 3.1 document of the REST door, made from the procedures. */
import { catalogue, type ErrorCode } from '@mortise/shared/errors'
import { z } from 'zod'
import { keyParameter, keyRefusals, replayedHeader, takesKey } from '../idempotency/openapi.ts'
import { release } from '../system/release.ts'
import { calls, notFound, type Call, type JsonSchema } from './calls.ts'

type Json = Record<string, unknown>

/** The document. zod writes JSON Schema 2020-12, which is what OpenAPI 3.1 speaks; schemas with an `id` become components. */
export function openApi(): Json {
  const schemas: Json = { Problem: problem }
  const paths: Record<string, Json> = {}
  for (const call of calls) (paths[call.path] ??= {})[call.method] = operation(call, schemas)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mortise',
      version: release.version,
      description: 'Organizations, projects and tasks. The same procedures are at `/trpc` for typed clients.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }],
    tags: [...new Set(calls.map(tagOf))].map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      parameters: { IdempotencyKey: keyParameter },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    },
  }
}

const tagOf = ({ procedure }: Call) => procedure.split('.')[0] as string

function operation(call: Call, schemas: Json): Json {
  const takesBody = call.method === 'post' || call.method === 'put'
  const inQuery = takesBody ? [] : Object.keys(call.fields).filter((name) => !call.inPath.includes(name))
  const parameter = (place: 'path' | 'query') => (name: string) => ({
    name,
    in: place,
    required: place === 'path' || call.required.includes(name),
    schema: localized(call.fields[name] ?? {}, schemas),
  })
  return {
    operationId: call.procedure,
    summary: call.summary,
    tags: [tagOf(call)],
    ...(call.isPublic ? { security: [] } : {}),
    parameters: [
      ...call.inPath.map(parameter('path')),
      ...inQuery.map(parameter('query')),
      ...(takesKey(call) ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ],
    ...(takesBody ? { requestBody: body(call, schemas) } : {}),
    responses: { [call.status]: success(call, schemas), ...refusals(call) },
  }
}

function body(call: Call, schemas: Json): Json {
  const fields = Object.entries(call.fields).filter(([name]) => !call.inPath.includes(name))
  const required = call.required.filter((name) => !call.inPath.includes(name))
  return {
    required: required.length > 0,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: Object.fromEntries(fields.map(([name, schema]) => [name, localized(schema, schemas)])),
          ...(required.length > 0 ? { required } : {}),
          additionalProperties: false,
        },
      },
    },
  }
}

function success(call: Call, schemas: Json): Json {
  const sent = { ...(call.location === undefined ? {} : location), ...(takesKey(call) ? replayedHeader : {}) }
  const headers = Object.keys(sent).length === 0 ? {} : { headers: sent }
  if (call.status === 204) return { description: 'Done', ...headers }
  if (call.kind === 'subscription') {
    return { description: 'Events with ids, until the caller goes', content: { 'text/event-stream': { schema: { type: 'string' } } } }
  }
  const schema = z.toJSONSchema(call.output ?? z.unknown(), { io: 'output', unrepresentable: 'any' })
  return {
    description: call.status === 201 ? 'Created' : 'Found or changed',
    ...headers,
    content: { 'application/json': { schema: localized(schema, schemas) } },
  }
}

const location = { Location: { description: 'Address of what was created', schema: { type: 'string' } } }

/** Every refusal that the call can give, by status. */
function refusals(call: Call): Json {
  const codes: ErrorCode[] = ['VALIDATION_FAILED', 'RATE_LIMITED', 'INTERNAL', 'UNAVAILABLE']
  if (!call.isPublic) codes.push('UNAUTHENTICATED', 'TOKEN_EXPIRED', 'SESSION_ENDED')
  if (call.procedure === 'sessions.refresh') codes.push('UNAUTHENTICATED', 'SESSION_ENDED')
  if (call.procedure === 'sessions.logout') codes.push('UNAUTHENTICATED', 'TOKEN_EXPIRED')
  if (call.method !== 'get') codes.push('MALFORMED_JSON', 'CROSS_SITE', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE')
  codes.push(...keyRefusals(call))
  if (call.inPath.length > 0) codes.push('FORBIDDEN')
  for (const name of call.inPath) codes.push(notFound[name] ?? 'ROUTE_NOT_FOUND')
  if (call.procedure === 'sessions.guest') codes.push('ORG_NOT_FOUND')
  if (call.procedure === 'invitations.accept') codes.push('INVITATION_NOT_FOUND', 'INVITATION_USED')
  if (call.procedure === 'tasks.move') codes.push('TASK_NOT_FOUND')
  if ('version' in call.fields) codes.push('VERSION_CONFLICT')
  if ('slug' in call.fields) codes.push('SLUG_TAKEN')
  if (tagOf(call) === 'members' && call.method !== 'get') codes.push('LAST_OWNER')
  const statuses = [...new Set(codes.map((code) => catalogue[code].status))]
  const named = (status: number) => [...new Set(codes)].filter((code) => catalogue[code].status === status).map((code) => `\`${code}\``)
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: named(status).join(', '), content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    ]),
  )
}

const problem = {
  type: 'object',
  properties: {
    error: { type: 'string', enum: Object.keys(catalogue) },
    message: { type: 'string' },
    requestId: { type: 'string' },
    issues: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } }, required: ['path', 'message'] },
    },
    current: { description: 'With VERSION_CONFLICT: the object as it is now' },
  },
  required: ['error', 'message', 'requestId'],
}

/** Moves the named schemas that zod keeps under `$defs` to the components of the document. */
function localized(schema: JsonSchema, schemas: Json): Json {
  const { $defs = {}, $schema: _, ...rest } = schema as { $defs?: Record<string, JsonSchema>; $schema?: string }
  for (const [name, definition] of Object.entries($defs)) schemas[name] ??= localized(definition, schemas)
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, inner]) => key !== 'id' || typeof inner !== 'string') // the name of a schema, not a property called id
        .map(([key, inner]) => [
          key,
          key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : moved(inner),
        ]),
    )
  }
  const result = moved(rest) as Json
  const name = (schema as { id?: unknown }).id
  if (typeof name !== 'string') return result
  schemas[name] ??= result
  return { $ref: `#/components/schemas/${name}` }
}
