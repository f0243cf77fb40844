/** A request for every change that the router knows, by both doors, that would do something if it were let through. */
import { calls } from '../../src/rest/calls.ts'
import { procedures } from '../doors.ts'
import { inputOf } from '../isolation/inputs.ts'
import { definitions } from '../isolation/over-http.ts'
import type { Person, Side } from '../isolation/side.ts'

export type Target = { door: 'REST' | 'tRPC'; procedure: string; method: string; path: string; body: string; who: Person }

/** Changes that one door does not do: a token for the cookie is given by REST alone. */
const notOver: Record<string, Target['door']> = { 'sessions.refresh': 'tRPC' }

/** All of them, asked by the owner of `side`; an invitation is accepted by `newcomer`. */
export function targetsOf(side: Side, newcomer: Person): Target[] {
  const changing = procedures.filter(({ kind }) => kind === 'mutation')
  return changing.flatMap(({ name }) =>
    [rest(name, side, newcomer), trpc(name, side, newcomer)].filter(({ door }) => notOver[name] !== door),
  )
}

const whoFor = (procedure: string, { staff }: Side, newcomer: Person) => (procedure === 'invitations.accept' ? newcomer : staff.owner)

/** Fields that the suite of isolation leaves out, or fills with what is no longer good. */
function inputFor(procedure: string, side: Side): Record<string, unknown> {
  const input = inputOf(definitions, procedure, side)
  if (procedure === 'invitations.accept') return { token: side.tokens[0] }
  if (procedure.endsWith('.update')) return { ...input, [procedure === 'tasks.update' ? 'title' : 'name']: 'Forged' }
  return input
}

function rest(procedure: string, side: Side, newcomer: Person): Target {
  const call = calls.find((one) => one.procedure === procedure)
  if (call === undefined) throw new Error(`${procedure} is no REST call: say so in server/test/csrf/targets.ts.`)
  const fields = inputFor(procedure, side)
  const path = call.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const part = String(fields[name])
    delete fields[name]
    return part
  })
  const takesBody = call.method === 'post' || call.method === 'put'
  const query = takesBody || Object.keys(fields).length === 0 ? '' : `?${new URLSearchParams(fields as Record<string, string>).toString()}`
  const body = takesBody ? JSON.stringify(fields) : ''
  return {
    door: 'REST',
    procedure,
    method: call.method.toUpperCase(),
    path: `/api/v1${path}${query}`,
    body,
    who: whoFor(procedure, side, newcomer),
  }
}

const trpc = (procedure: string, side: Side, newcomer: Person): Target => ({
  door: 'tRPC',
  procedure,
  method: 'POST',
  path: `/trpc/${procedure}`,
  body: JSON.stringify(inputFor(procedure, side)),
  who: whoFor(procedure, side, newcomer),
})
