/** Makes an input for a procedure out of the things of one side. */
import type { Administrator } from '../administrator.ts'
import { fieldsOf, type Definitions } from './fields.ts'
import { kindOf } from './kinds.ts'
import type { Side } from './side.ts'

export type Input = Record<string, unknown>

/** What a field gets that names nothing. A field that is required and stands neither here nor among the kinds fails the build. */
const samples: Record<string, unknown> = { role: 'member', version: 1 }

/** Where some fields exclude others. */
const amends: Record<string, (input: Input) => Input> = {
  'tasks.move': (input) => ('beforeId' in input || 'afterId' in input ? input : { ...input, to: 'start' }),
}

/** The value that means something of `side` in a field; undefined for content. */
export function valueFor(side: Side, procedure: string, path: string): unknown {
  const kind = kindOf(procedure, path)
  if (kind === 'content') return `${side.word} ${path}`
  if (kind === 'cursor') return cursorFor(side, procedure)
  return side.things[kind][0]
}

/** The cursor of a list. Errors: a sentence when the list is new. */
export function cursorFor({ cursors }: Side, procedure: string): string {
  const cursor = cursors[procedure]
  if (cursor === undefined) throw new Error(`${procedure} has pages and no cursor to try: read one in server/test/isolation/side.ts.`)
  return cursor
}

/** All that a procedure requires, and the fields of `also`, from one side. */
export function inputOf(definitions: Definitions, procedure: string, side: Side, also: Record<string, unknown> = {}): Input {
  const { text, all } = fieldsOf(definitions, procedure)
  let input: Input = {}
  for (const { name, required } of all) if (required && name in samples) input[name] = samples[name]
  for (const { path, required } of text) if (required) input = given(input, path, valueFor(side, procedure, path))
  for (const [path, value] of Object.entries(also)) input = given(input, path, value)
  const missing = all.find(({ name, required }) => required && !(name in input))
  if (missing !== undefined) throw new Error(`${procedure} requires ${missing.name}: give it a value in server/test/isolation/inputs.ts.`)
  return amends[procedure]?.(input) ?? input
}

/** `input` with a value at a dotted path; 0 makes a list of one, * a field of any name. */
function given(input: Input, path: string, value: unknown): Input {
  const [step = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...input, [step]: value }
  const inner = given((input[step] as Input | undefined) ?? {}, rest.join('.'), value)
  return { ...input, [step]: rest[0] === '0' ? [inner['0']] : inner }
}

const versioned: Record<string, string> = {
  user: 'select version from app.memberships where user_id::text = $1',
  org: 'select version from app.organizations where id::text = $1 or slug = $1',
  project: 'select version from app.projects where id::text = $1',
  task: 'select version from app.tasks where id::text = $1',
}

/** The input with the version that its thing has now, whosever it is: a stale version would hide what a write could do. */
export async function withVersion(administrator: Administrator, input: Input): Promise<Input> {
  const named = Object.keys(versioned).find((name) => name in input)
  if (!('version' in input) || named === undefined) return input
  const [row] = await administrator.rows<{ version: number }>(versioned[named] ?? '', [input[named]])
  return { ...input, version: row?.version ?? 1 }
}
