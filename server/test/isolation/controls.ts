/** What the same question shows to those whom it concerns: without this a refusal to others proves nothing. */
import type { Administrator } from '../administrator.ts'
import { fieldsOf, type Definitions } from './fields.ts'
import { cursorFor, inputOf, withVersion, type Input } from './inputs.ts'
import { kindOf } from './kinds.ts'
import type { Asker } from './reply.ts'
import { checksumsOf, marksIn, type Marks } from './rows.ts'
import type { Person, Side } from './side.ts'

/** `marks`: the answer shows some. `rows`: rows of the side change. `taken`: the value is known to be taken. */
type Shows = 'marks' | 'rows' | 'taken' | { nothing: string }

type Control = {
  shows: Shows
  /** The side is worth nothing afterwards. */
  ends?: true
  /** What else the question must say to be shown anything. */
  also?: Input
  /** Fields that show something else. */
  but?: Record<string, Shows>
}

/** One row for each procedure. */
export const controls: Record<string, Control> = {
  'system.about': { shows: { nothing: 'it tells about the installation' } },
  'sessions.guest': { shows: { nothing: 'it makes somebody new' } },
  'sessions.refresh': { shows: 'marks' },
  'sessions.logout': { shows: 'rows', ends: true },
  'sessions.list': { shows: 'marks' },
  'sessions.end': { shows: 'rows', ends: true },
  'accounts.me': { shows: 'marks' },
  'accounts.update': { shows: 'marks' },
  'organizations.create': { shows: 'marks', but: { slug: 'taken' } },
  'organizations.list': { shows: 'marks' },
  'organizations.get': { shows: 'marks' },
  'organizations.update': { shows: 'marks' },
  'organizations.delete': { shows: 'rows', ends: true },
  'organizations.stats': { shows: 'marks' },
  'members.list': { shows: 'marks' },
  'members.setRole': { shows: 'marks' },
  'members.remove': { shows: 'rows', ends: true },
  'invitations.create': { shows: 'rows' },
  'invitations.list': { shows: 'marks' },
  'invitations.revoke': { shows: 'rows', ends: true },
  'invitations.accept': { shows: 'marks', ends: true },
  'projects.create': { shows: 'marks', but: { slug: 'taken' } },
  'projects.list': { shows: 'marks' },
  'projects.get': { shows: 'marks' },
  'projects.update': { shows: 'marks', but: { slug: 'taken' } },
  'projects.delete': { shows: 'rows', ends: true },
  'tasks.create': { shows: 'marks' },
  'tasks.list': { shows: 'marks' },
  'tasks.get': { shows: 'marks' },
  'tasks.update': { shows: 'marks' },
  'tasks.move': { shows: 'marks' },
  'tasks.delete': { shows: 'rows', ends: true },
  'audit.list': { shows: 'marks' },
  'events.onOrganization': { shows: 'marks', also: { lastEventId: '0' } },
}

/** Sentences about procedures that nobody said how to see at work. */
export const withoutControl = (procedures: readonly string[]): string[] =>
  procedures
    .filter((name) => controls[name] === undefined)
    .map(
      (name) =>
        `${name} has no row in server/test/isolation/controls.ts: add what it shows to a member, or strangers prove nothing by seeing nothing.`,
    )

export type Setting = { asker: Asker; administrator: Administrator; definitions: Definitions; side: Side; marks: Marks; newcomer: Person }

/** Sentences about fields whose own values show nothing to the owner. Asks each in turn; one good value of a field suffices. */
export async function controlFaults(setting: Setting, procedure: string): Promise<string[]> {
  const { definitions, side } = setting
  const control = controls[procedure]
  if (control === undefined) return withoutControl([procedure])
  const fields = fieldsOf(definitions, procedure)
    .text.map(({ path }) => path)
    .filter((path) => kindOf(procedure, path) !== 'content')
  const faults: string[] = []
  if (fields.length === 0) faults.push(...(await shows(setting, procedure, inputOf(definitions, procedure, side), control.shows)))
  for (const path of fields) {
    const tried: string[] = []
    for (const value of valuesOf(side, procedure, path)) {
      const complaints = await shows(
        setting,
        procedure,
        inputOf(definitions, procedure, side, { ...control.also, [path]: value }),
        control.but?.[path] ?? control.shows,
      )
      if (complaints.length === 0) break
      tried.push(...complaints)
    }
    if (tried.length === valuesOf(side, procedure, path).length) faults.push(...tried.map((complaint) => `${path}: ${complaint}`))
  }
  return faults
}

function valuesOf(side: Side, procedure: string, path: string): string[] {
  const kind = kindOf(procedure, path)
  if (kind === 'content') return []
  if (kind === 'cursor') return [cursorFor(side, procedure)]
  return kind === 'token' ? side.tokens.slice(0, 1) : side.things[kind]
}

async function shows(
  { asker, administrator, side, marks, newcomer }: Setting,
  procedure: string,
  input: Input,
  what: Shows,
): Promise<string[]> {
  const before = await checksumsOf(administrator, side)
  const who = 'token' in input ? newcomer : side.staff.owner
  const reply = await asker.ask({ procedure, input: await withVersion(administrator, input), who })
  const complain = (missing: string) => [
    `${procedure} over ${asker.name} by the owner ${missing}: ${reply.status} ${reply.text.slice(0, 200)}`,
  ]
  if (what === 'taken') return reply.text.includes('SLUG_TAKEN') ? [] : complain('did not find the address taken')
  if (reply.status >= 300) return complain('was refused')
  if (what === 'marks') return marksIn(reply.text, marks).length > 0 ? [] : complain('showed nothing')
  if (what === 'rows')
    return JSON.stringify(before) === JSON.stringify(await checksumsOf(administrator, side)) ? complain('changed nothing') : []
  return []
}
