/** Every question with which somebody of one side can reach for the other, made from the schemas. */
import { randomBytes, randomUUID } from 'node:crypto'
import { fieldsOf, type Definitions } from './fields.ts'
import { cursorFor, inputOf, type Input } from './inputs.ts'
import { kindOf, lookAlikes, type Kind } from './kinds.ts'
import type { Side } from './side.ts'

export type Case = {
  procedure: string
  /** The field, or fields, that name something foreign. */
  field: string
  /** How it is foreign, for a reader. */
  what: string
  foreign: Input
  /** The same question with something in its place that exists nowhere. */
  absent: Input
  /** What `foreign` and `absent` say in the fields in question. */
  said: { foreign: string[]; absent: string[] }
}

/** All cases of a procedure: somebody of `own` means things of `other`. */
export function casesOf(definitions: Definitions, procedure: string, own: Side, other: Side): Case[] {
  const fields = fieldsOf(definitions, procedure).text.filter(({ path }) => kindOf(procedure, path) !== 'content')
  const make = (what: string, values: Record<string, string>): Case => {
    const absent = Object.fromEntries(Object.entries(values).map(([path, value]) => [path, nowhere(value)]))
    const field = Object.keys(values).join(' and ')
    const inputs = { foreign: inputOf(definitions, procedure, own, values), absent: inputOf(definitions, procedure, own, absent) }
    return { procedure, field, what, ...inputs, said: { foreign: Object.values(values), absent: Object.values(absent) } }
  }
  const single = fields.flatMap(({ path }) => {
    const kind = kindOf(procedure, path)
    const right = rightOnes(other, procedure, kind).map((value) => make(`${kind} of another organization`, { [path]: value }))
    const wrong = wrongOnes(other, procedure, kind).map(([what, value]) =>
      make(`${what} of another organization instead of ${kind}`, { [path]: value }),
    )
    return [...right, ...wrong]
  })
  const required = fields.filter((field) => field.required)
  if (required.length < 2) return single
  const all = Object.fromEntries(required.map(({ path }) => [path, rightOnes(other, procedure, kindOf(procedure, path))[0] as string]))
  return [...single, make('everything of another organization', all)]
}

function rightOnes(side: Side, procedure: string, kind: Kind): string[] {
  if (kind === 'content') return []
  return kind === 'cursor' ? [cursorFor(side, procedure)] : side.things[kind]
}

function wrongOnes(side: Side, procedure: string, kind: Kind): [what: string, value: string][] {
  if (kind === 'cursor')
    return Object.entries(side.cursors).flatMap(([list, cursor]) => (list === procedure ? [] : [[`cursor of ${list}`, cursor]]))
  return lookAlikes(kind).map((one) => [one, side.things[one][0] as string])
}

const letters = (length: number) => randomBytes(length).toString('hex').slice(0, length)

/** Something of the same form and length that does not exist. */
export function nowhere(value: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/.test(value)) return `${value.slice(0, 9)}${randomUUID().slice(9, 14)}7${randomUUID().slice(15)}`
  if (/^\d+$/.test(value)) return '9'.repeat(15)
  if (/^[\w-]+\.[\w-]{22}$/.test(value)) return `${value.split('.')[0]}.${randomBytes(17).toString('base64url').slice(0, 22)}`
  if (/^[\w-]{43}$/.test(value)) return randomBytes(32).toString('base64url')
  return `x${letters(value.length - 1)}`
}
