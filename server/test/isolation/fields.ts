/** Which fields of an input may name a thing, read off its schema. */
import { z } from 'zod'

type Kind = 'query' | 'mutation' | 'subscription'
export type Definitions = Record<string, { _def: { type: Kind; inputs: z.ZodType[] } }>

/** A place for text in an input: `path` is dotted, with 0 for the items of a list. */
export type Field = { path: string; required: boolean }

type Schema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: Schema | boolean
  $ref?: string
  $defs?: Record<string, Schema>
}

/** Every field of a procedure. `text` may name a thing: free text, whatever its pattern, but no choice and no day. */
export function fieldsOf(definitions: Definitions, procedure: string): { text: Field[]; all: { name: string; required: boolean }[] } {
  const text: Field[] = []
  const all: { name: string; required: boolean }[] = []
  for (const input of definitions[procedure]?._def.inputs ?? []) {
    const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema
    const isRequired = (name: string) => schema.required?.includes(name) === true
    for (const name of Object.keys(schema.properties ?? {}))
      if (!all.some((one) => one.name === name)) all.push({ name, required: isRequired(name) })
    for (const path of places(schema, schema.$defs ?? {}, '')) {
      const required = isRequired(path.split('.')[0] as string)
      if (!text.some((field) => field.path === path)) text.push({ path, required })
    }
  }
  return { text, all }
}

function places(schema: Schema, definitions: Record<string, Schema>, path: string): string[] {
  const at = (inner: Schema, step?: string) => places(inner, definitions, [path, step].filter(Boolean).join('.'))
  const named = schema.$ref === undefined ? undefined : definitions[schema.$ref.replace('#/$defs/', '')]
  const inside = [
    ...(named ? at(named) : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => at(inner, name)),
    ...(schema.items ? at(schema.items, '0') : []),
    ...(typeof schema.additionalProperties === 'object' ? at(schema.additionalProperties, '*') : []),
    ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap((some) => (some ?? []).flatMap((inner) => at(inner))),
  ]
  const isText = [schema.type].flat().includes('string')
  const isChoice = schema.enum !== undefined || schema.const !== undefined || schema.format === 'date' || schema.format === 'date-time'
  return isText && !isChoice ? [...inside, path] : inside
}
