/** Puts the parts of a REST request together as the input of its procedure. */
import type { Request } from 'express'
import { AppError, invalid } from '../errors.ts'
import type { Call, JsonSchema } from './calls.ts'

/** Text of a query, as the type that the schema of its field asks for. What does not look like it stays text and is refused there. */
function typed(text: unknown, schema: JsonSchema | undefined): unknown {
  if (typeof text !== 'string' || schema === undefined) return text
  const types = new Set([schema, ...(schema.anyOf ?? [])].map(({ type }) => type))
  if (types.has('integer') && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

/**
 * Path parts, then query (GET and DELETE) or body (POST and PUT). A field that stands in the path cannot be given a second
 * time. Errors: VALIDATION_FAILED.
 */
export function inputOf({ method, inPath, fields, kind }: Call, req: Request): Record<string, unknown> {
  const fromPath = Object.fromEntries(inPath.map((name) => [name, req.params[name]]))
  const query = req.query as Record<string, unknown>
  const takesBody = method === 'post' || method === 'put'
  const body: unknown = req.body ?? {}
  if (takesBody && (typeof body !== 'object' || body === null || Array.isArray(body))) throw invalid('', 'The body must be an object')
  if (!takesBody && req.body !== undefined) throw invalid('', 'This call takes no body')
  if (takesBody && Object.keys(query).length > 0) throw invalid(Object.keys(query)[0] ?? '', 'This call takes no query')
  const given = takesBody
    ? (body as Record<string, unknown>)
    : Object.fromEntries(Object.entries(query).map(([name, text]) => [name, typed(text, fields[name])]))
  for (const name of inPath) if (Object.hasOwn(given, name)) throw invalid(name, 'Stands in the address already')
  const lastEventId = req.headers['last-event-id']
  return { ...given, ...(kind === 'subscription' && lastEventId !== undefined ? { lastEventId } : {}), ...fromPath }
}

/** A refused path part names nothing: 404 with the code of that part instead of 400. */
export function lookedUp(
  error: AppError,
  { inPath }: Call,
  input: Record<string, unknown>,
  codes: Record<string, AppError['error']>,
): AppError {
  const part = inPath.find((name) => error.extras.issues?.some(({ path }) => path === name))
  const code = part === undefined || input[part] === undefined ? undefined : codes[part]
  return code === undefined ? error : new AppError(code, { ref: String(input[part as string]) } as never)
}
