/** What of a JSON Schema breaks those who wrote against the one before: a request may ask for no more, an answer may hold no less. */

const lowest = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']
const highest = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']
/** A rule that holds or does not: more of them break a caller, fewer of them a reader. */
const rules = ['pattern', 'format', 'multipleOf', 'uniqueItems', 'contentEncoding', 'contentMediaType']
const words = ['title', 'description', 'examples', 'example', 'deprecated', '$id', '$comment']
const judged = new Set([
  ...lowest,
  ...highest,
  ...rules,
  ...words,
  'type',
  'enum',
  'const',
  'anyOf',
  'properties',
  'required',
  'items',
  'default',
  'additionalProperties',
])

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other)
const listOf = (value) => (value === undefined ? [] : [value].flat())
const quoted = (value) => JSON.stringify(value)

/**
 * Sentences, one for each change that breaks. `side` is 'request' or 'response'; `old` and `now` give the two schemas and a
 * `resolve` for references each; `at` names the place for a reader.
 */
export function schemaChanges(side, old, now, at, seen = new Set()) {
  const pair = `${quoted(old.schema)} ${quoted(now.schema)}`
  if (seen.has(pair)) return [] // a schema that contains itself
  const within = new Set([...seen, pair])
  const [before, after] = [old.resolve(old.schema), now.resolve(now.schema)]
  if (before === undefined) return []
  if (after === undefined) return [`${at} says nothing of its form any more`]
  const inner = (one, other, place) => schemaChanges(side, { ...old, schema: one }, { ...now, schema: other }, place, within)
  if (before.anyOf || after.anyOf) return choices(side, old, now, at, inner)
  return [
    ...types(side, before, after, at),
    ...values(side, before, after, at),
    ...(side === 'request' ? limits(before, after, at) : []),
    ...rulesOf(side, before, after, at),
    ...fields(side, before, after, at, inner),
    ...(before.items || after.items ? inner(before.items ?? {}, after.items ?? {}, `an item of ${at}`) : []),
    ...(side === 'request' && 'default' in before && !isSame(before.default, after.default)
      ? [`${at} is ${quoted(before.default)} no more where nobody says it`]
      : []),
    ...strangers(before, after, at),
  ]
}

/** Alternatives: those that are equal cancel out, a single pair that is left is compared, everything else is new or gone. */
function choices(side, old, now, at, inner) {
  const options = ({ schema, resolve }) => (resolve(schema).anyOf ?? [schema]).map((one) => ({ one, text: quoted(resolve(one)) }))
  const [before, after] = [options(old), options(now)]
  const gone = before.filter(({ text }) => after.every((option) => option.text !== text))
  const come = after.filter(({ text }) => before.every((option) => option.text !== text))
  // what it refers to may have changed all the same
  const deeper = before
    .filter(({ text }) => after.some((option) => option.text === text))
    .flatMap(({ one }) => inner(one, one, `a choice of ${at}`))
  if (gone.length === 1 && come.length === 1) return [...deeper, ...inner(gone[0].one, come[0].one, `a choice of ${at}`)]
  if (side === 'request') return [...deeper, ...gone.map(({ text }) => `${at} can no longer be ${text}`)]
  return [...deeper, ...come.map(({ text }) => `${at} can also be ${text}`)]
}

function types(side, before, after, at) {
  const [old, now] = [listOf(before.type), listOf(after.type)]
  const holds = (all, one) => all.length === 0 || all.includes(one) || (one === 'integer' && all.includes('number'))
  if (side === 'request') {
    if (old.length === 0 && now.length > 0) return [`${at} must be ${now.join(' or ')} now`]
    return old.filter((type) => !holds(now, type)).map((type) => `${at} can no longer be ${type}`)
  }
  if (old.length > 0 && now.length === 0) return [`${at} can be anything now`]
  return now.filter((type) => !holds(old, type)).map((type) => `${at} can also be ${type}`)
}

/** An answer may get new values, which readers must expect; a request may lose none. */
function values(side, before, after, at) {
  const of = (schema) => schema.enum ?? ('const' in schema ? [schema.const] : undefined)
  const [old, now] = [of(before), of(after)]
  if (side === 'response' || now === undefined) return []
  if (old === undefined) return [`${at} takes nothing but ${now.map(quoted).join(', ')} now`]
  return old.filter((value) => !now.includes(value)).map((value) => `${at} no longer takes ${quoted(value)}`)
}

const limits = (before, after, at) =>
  [
    ...lowest.filter((name) => (after[name] ?? -Infinity) > (before[name] ?? -Infinity)),
    ...highest.filter((name) => (after[name] ?? Infinity) < (before[name] ?? Infinity)),
  ].map((name) => `${at} has the narrower ${name} ${after[name]}`)

function rulesOf(side, before, after, at) {
  const breaks = (name) => !isSame(before[name], after[name]) && (side === 'request' ? after : before)[name] !== undefined
  return rules.filter(breaks).map((name) => `${at} has another ${name}`)
}

function fields(side, before, after, at, inner) {
  const [old, now] = [before.properties ?? {}, after.properties ?? {}]
  const [oldRequired, nowRequired] = [before.required ?? [], after.required ?? []]
  const gone = Object.keys(old).filter((name) => !(name in now))
  const common = Object.keys(old).filter((name) => name in now)
  return [
    ...gone.map((name) => `${at} ${side === 'request' ? 'no longer takes' : 'no longer has'} the field ${name}`),
    ...(side === 'request'
      ? nowRequired.filter((name) => !oldRequired.includes(name)).map((name) => `${at} needs the field ${name} now`)
      : oldRequired.filter((name) => name in now && !nowRequired.includes(name)).map((name) => `${at} may lack the field ${name} now`)),
    ...(side === 'request' && after.additionalProperties === false && before.additionalProperties !== false && 'properties' in before
      ? [`${at} takes no other fields any more`]
      : []),
    ...common.flatMap((name) => inner(old[name], now[name], `${name} of ${at}`)),
  ]
}

/** A keyword that nobody has thought of here is not waved through. */
const strangers = (before, after, at) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !judged.has(name) && !name.startsWith('x-') && !isSame(before[name], after[name]))
    .map((name) => `${at} has another ${name}, which scripts/api/schema-changes.mjs cannot judge`)
