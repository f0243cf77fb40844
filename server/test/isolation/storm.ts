/** Everybody of one side reaches for everything of the other one, procedure by procedure. */
import { randomUUID } from 'node:crypto'
import type { Administrator } from '../administrator.ts'
import { casesOf } from './cases.ts'
import { controls } from './controls.ts'
import { fieldsOf, type Definitions } from './fields.ts'
import { inputOf } from './inputs.ts'
import type { Asker } from './reply.ts'
import { checksumsOf, type Marks } from './rows.ts'
import type { Person, Side } from './side.ts'
import { shown, verdict } from './verdict.ts'

export type Somebody = { role: string; who: Person }

export type Battlefield = {
  administrator: Administrator
  definitions: Definitions
  own: Side
  other: Side
  /** The marks of the other side. */
  marks: Marks
  people: Somebody[]
}

export type Storm = { calls: number; leaks: string[] }

/** Asks every case of the procedures through every door, and compares the rows of the other side before and after each procedure. */
export async function storm(field: Battlefield, doors: readonly Asker[], procedures: readonly string[]): Promise<Storm> {
  const { administrator, other } = field
  const result: Storm = { calls: 0, leaks: [] }
  for (const procedure of procedures) {
    const before = await checksumsOf(administrator, other)
    for (const asker of doors) {
      for (const somebody of field.people) {
        const { calls, leaks } = await reach(field, asker, somebody, procedure)
        result.calls += calls
        result.leaks.push(...leaks)
      }
    }
    const changed = Object.entries(await checksumsOf(administrator, other)).filter(([table, sum]) => before[table] !== sum)
    result.leaks.push(
      ...changed.map(([table, sum]) => `${procedure} changed ${table} of the other organization: ${before[table]} became ${sum}`),
    )
  }
  return result
}

async function reach(field: Battlefield, asker: Asker, { role, who }: Somebody, procedure: string): Promise<Storm> {
  const { administrator, definitions, own, other, marks } = field
  const cases = casesOf(definitions, procedure, own, other) // made anew for each: what is nowhere for one may exist for the next
  if (cases.length === 0) return { calls: 1, leaks: await withoutFields(asker, { role, who }, procedure, marks) }
  const leaks: string[] = []
  for (const one of cases) leaks.push(...(await verdict({ asker, administrator, definitions, own, marks }, who, role, one)))
  if (definitions[procedure]?._def.type === 'mutation') return { calls: cases.length, leaks }
  leaks.push(...(await ofTheirOwn(field, asker, { role, who }, procedure)))
  return { calls: cases.length + 1, leaks }
}

/** Who asks for what is their own may be given too much. */
async function ofTheirOwn(
  { definitions, own, marks }: Battlefield,
  asker: Asker,
  { role, who }: Somebody,
  procedure: string,
): Promise<string[]> {
  const hasPages = fieldsOf(definitions, procedure).all.some(({ name }) => name === 'limit')
  const wide = { ...(hasPages ? { limit: 100 } : {}), ...controls[procedure]?.also }
  const reply = await asker.ask({ procedure, input: inputOf(definitions, procedure, own, wide), who })
  return shown(reply, [], marks).map((complaint) => `${procedure} (of their own) over ${asker.name} by ${role}: ${complaint}`)
}

/**
 * A procedure that takes nothing may still say too much. What ends or steps a session is asked by nobody, or those who come later
 * would not be who they are.
 */
async function withoutFields(asker: Asker, { role, who }: Somebody, procedure: string, marks: Marks): Promise<string[]> {
  const signedOut = { ...who, cookie: '', token: '', sessionId: randomUUID() }
  const reply = await asker.ask({
    procedure,
    input: {},
    who: ['sessions.logout', 'sessions.refresh'].includes(procedure) ? signedOut : who,
  })
  return shown(reply, [], marks).map((complaint) => `${procedure} over ${asker.name} by ${role}: ${complaint}`)
}
