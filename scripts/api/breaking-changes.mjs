/** What of an OpenAPI document breaks those who wrote against the one before it. */
import { schemaChanges } from './schema-changes.mjs'

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace']

/** Sentences, one for each breaking change from `old` to `now`; additions are none. */
export function breakingChanges(old, now) {
  const resolvers = [old, now].map((document) => (value) => resolved(document, value))
  const changes = []
  for (const { url } of old.servers ?? [])
    if (!(now.servers ?? []).some((server) => server.url === url)) changes.push(`Nothing is served at ${url} any more`)
  for (const [path, calls] of Object.entries(old.paths)) {
    for (const method of methods.filter((one) => one in calls)) {
      const name = `${method.toUpperCase()} ${path}`
      const after = now.paths[path]?.[method]
      if (after === undefined) changes.push(`${name} is gone`)
      else changes.push(...callChanges(name, sideOf(old, calls[method], resolvers[0]), sideOf(now, after, resolvers[1])))
    }
  }
  return changes
}

const sideOf = (document, call, resolve) => ({ call, resolve, isOpen: (call.security ?? document.security ?? []).length === 0 })

function resolved(document, value) {
  let at = value
  while (at?.$ref !== undefined)
    at = at.$ref
      .replace('#/', '')
      .split('/')
      .reduce((part, step) => part?.[step], document)
  return at
}

function callChanges(name, old, now) {
  return [
    ...(old.call.operationId === now.call.operationId ? [] : [`${name} is called ${now.call.operationId} and not ${old.call.operationId}`]),
    ...(old.isOpen && !now.isOpen ? [`${name} needs a token now`] : []),
    ...parameterChanges(name, old, now),
    ...bodyChanges(name, old, now),
    ...answerChanges(name, old, now),
  ]
}

function parameterChanges(name, old, now) {
  const of = ({ call, resolve }) => new Map((call.parameters ?? []).map(resolve).map((one) => [`${one.in} parameter ${one.name}`, one]))
  const [before, after] = [of(old), of(now)]
  const added = [...after]
    .filter(([key, { required }]) => required && !before.get(key)?.required)
    .map(([key]) => `${name} needs the ${key} now`)
  const changed = [...before].flatMap(([key, parameter]) => {
    const other = after.get(key)
    if (other === undefined) return [`${name} no longer takes the ${key}`]
    return schemaChanges('request', { ...old, schema: parameter.schema }, { ...now, schema: other.schema }, `the ${key}`).map(saidOf(name))
  })
  return [...added, ...changed]
}

function bodyChanges(name, old, now) {
  const [before, after] = [old.resolve(old.call.requestBody), now.resolve(now.call.requestBody)]
  if (before === undefined) return after?.required ? [`${name} needs a body now`] : []
  if (after === undefined) return [`${name} no longer takes a body`]
  return [
    ...(after.required && !before.required ? [`${name} needs a body now`] : []),
    ...contentChanges('request', { ...old, content: before.content }, { ...now, content: after.content }, 'the body').map(saidOf(name)),
  ]
}

function answerChanges(name, old, now) {
  const [before, after] = [old.call.responses, now.call.responses]
  const isGood = (status) => /^[23]/.test(status)
  const gone = Object.keys(before).filter((status) => isGood(status) && !(status in after))
  const come = Object.keys(after).filter((status) => isGood(status) && !(status in before))
  const common = Object.keys(before).filter((status) => status in after)
  return [
    ...gone.map((status) => `${name} no longer answers ${status}`),
    ...come.map((status) => `${name} can answer ${status} now`),
    ...common.flatMap((status) => {
      const [one, other] = [old.resolve(before[status]), now.resolve(after[status])]
      const at = `the answer ${status}`
      const headers = Object.keys(one.headers ?? {}).filter((header) => !(header in (other.headers ?? {})))
      return [
        ...headers.map((header) => `${at} no longer has the header ${header}`),
        ...contentChanges('response', { ...old, content: one.content }, { ...now, content: other.content }, at),
      ].map(saidOf(name))
    }),
  ]
}

const saidOf = (name) => (sentence) => `${name}: ${sentence}`

const contentChanges = (side, old, now, at) =>
  Object.entries(old.content ?? {}).flatMap(([type, { schema }]) => {
    const other = now.content?.[type]
    return other === undefined
      ? [`${at} is no longer ${type}`]
      : schemaChanges(side, { ...old, schema }, { ...now, schema: other.schema }, at)
  })
