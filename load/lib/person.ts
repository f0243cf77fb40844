/** People: guests, each with an organization, a project and tasks of their own, so that no row is hot. */
import exec from 'k6/execution'
import http from 'k6/http'
import { cookieOf, request } from './client.ts'
import { preparation } from './metrics.ts'
import { isOrganization, isProject, isSignedIn, isTask, type Is } from './shapes.ts'

/** Somebody who is signed in. */
export type Guest = { token: string; expiresAt: string; userId: string; cookie: { name: string; value: string } }

export type Person = Guest & {
  org: string
  project: string
  /** The ids of the tasks of the project, in the order of the board. */
  tasks: string[]
}

/** With pages of five this is three pages, the last one not full. */
const tasksEach = 12

/** Makes `count` people. A target that cannot be reached is an error; one that answers wrongly is refused at once. */
export function makePeople(target: string, count: number): Person[] {
  const started = Date.now()
  const { status, error } = http.get(`${target}/api/v1/health`, { timeout: '10s', tags: { call: 'setup', name: 'setup' } })
  if (status === 0) throw new Error(`${target} cannot be reached: ${error}`)
  const people = Array.from({ length: count }, (_, at) => makePerson(target, at))
  preparation.add((Date.now() - started) / 1000)
  return people
}

/** The person of this virtual user: nobody else has it. */
export const personOfThisUser = (people: Person[]): Person => must(people[(exec.vu.idInTest - 1) % people.length], 'a person')

/** Signs a guest in. */
export function signIn(target: string, call: string): Guest | undefined {
  const answer = request({ target, call, method: 'POST', path: '/auth/guest', expected: { status: 201, is: isSignedIn } })
  if (!answer) return undefined
  const { token, expiresAt, user } = answer.body
  return { token, expiresAt, userId: user.id, cookie: must(cookieOf(answer.response), 'a refresh cookie') }
}

function makePerson(target: string, at: number): Person {
  const guest = must(signIn(target, 'setup'), 'a guest')
  const make = <T>(path: string, input: object, is: Is<T>): T => {
    const asking = { target, token: guest.token, call: 'setup', method: 'POST', path, input } as const
    return must(request({ ...asking, expected: { status: 201, is } }), `what was made at ${path}`).body
  }
  const org = make('/orgs', { name: `Load ${at}` }, isOrganization).id
  const project = make(`/orgs/${org}/projects`, { name: 'Harbour office', description: 'Made by a load test' }, isProject).id
  const tasks = Array.from({ length: tasksEach }, (_, at) => {
    const input = { title: `Task ${at + 1} of ${tasksEach}`, status: at % 3 === 0 ? 'done' : 'todo' }
    return make(`/projects/${project}/tasks`, input, isTask).id
  })
  return { ...guest, org, project, tasks }
}

function must<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value
  exec.test.abort(`The target did not give ${what}`) // exit code 108: it answered, and wrongly
  throw new Error(what)
}
