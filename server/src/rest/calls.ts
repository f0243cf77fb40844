/** The REST calls, read off the procedures: one definition, two doors. */
import type { ErrorCode } from '@mortise/shared/errors'
import { z } from 'zod'
import { appRouter } from '../router.ts'
import type { Meta } from './meta.ts'

/** What a REST call is made of. */
export type Call = {
  procedure: string
  kind: 'query' | 'mutation' | 'subscription'
  method: 'get' | 'post' | 'put' | 'delete'
  /** With input fields in braces, below `/api/v1`. */
  path: string
  /** The input fields that stand in the path. */
  inPath: string[]
  input: z.ZodType
  output: z.ZodType | undefined
  status: 200 | 201 | 204
  location: string | undefined
  summary: string
  isPublic: boolean
  /** JSON Schema of every input field, as a caller sends it. */
  fields: Record<string, JsonSchema>
  required: string[]
}

export type JsonSchema = { [key: string]: unknown; type?: string | string[]; anyOf?: JsonSchema[] }

/** What a path part that names nothing answers with. */
export const notFound: Record<string, ErrorCode> = {
  org: 'ORG_NOT_FOUND',
  project: 'PROJECT_NOT_FOUND',
  task: 'TASK_NOT_FOUND',
  user: 'MEMBER_NOT_FOUND',
  invitation: 'INVITATION_NOT_FOUND',
  session: 'SESSION_NOT_FOUND',
}

type Definition = { type: Call['kind']; meta?: Meta; inputs: z.ZodType[]; output?: z.ZodType }

/** Procedures without a session; a test compares this list with what nobody can call. */
const open = new Set(['system.about', 'sessions.guest', 'sessions.refresh', 'sessions.logout'])

/** Every procedure that says it is a REST call. */
export const calls: readonly Call[] = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: Definition }>).flatMap(
  ([procedure, { _def: definition }]) => {
    const { rest, status = 200, location, summary = '' } = definition.meta ?? {}
    if (rest === undefined) return []
    const [method, path] = rest.split(' ') as [string, string]
    const input = definition.inputs[0] ?? z.strictObject({})
    const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as {
      properties?: Record<string, JsonSchema>
      required?: string[]
    }
    return {
      procedure,
      kind: definition.type,
      method: method.toLowerCase() as Call['method'],
      path,
      inPath: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string),
      input,
      output: definition.output,
      status,
      location,
      summary,
      isPublic: open.has(procedure),
      fields: properties,
      required,
    }
  },
)
