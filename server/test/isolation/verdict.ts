/** Asks a case and says what is wrong with the answer. */
import type { Administrator } from '../administrator.ts'
import type { Case } from './cases.ts'
import type { Definitions } from './fields.ts'
import { withVersion } from './inputs.ts'
import { essence, withoutSaid, type Asker, type Reply } from './reply.ts'
import { marksIn, type Marks } from './rows.ts'
import type { Person, Side } from './side.ts'

type Exception = { procedure: string; field: string; code: string; because: string }

/** The answers that do tell that something exists elsewhere. */
export const exceptions: readonly Exception[] = [
  {
    procedure: 'organizations.create',
    field: 'slug',
    code: 'SLUG_TAKEN',
    because: 'a slug is an address, and an address leads to one place',
  },
  {
    procedure: 'organizations.update',
    field: 'slug',
    code: 'SLUG_TAKEN',
    because: 'a slug is an address, and an address leads to one place',
  },
  {
    procedure: 'invitations.accept',
    field: 'token',
    code: 'INVITATION_USED',
    because: 'whoever holds a link may know that it has been followed',
  },
]

export type Trial = { asker: Asker; administrator: Administrator; definitions: Definitions; own: Side; marks: Marks }

/** Sentences about what a case gave away; empty when there is nothing. Asks twice: with what is foreign, and with what is nowhere. */
export async function verdict(
  { asker, administrator, definitions, own, marks }: Trial,
  who: Person,
  role: string,
  one: Case,
): Promise<string[]> {
  const ask = async (input: Case['foreign']) => asker.ask({ procedure: one.procedure, input: await withVersion(administrator, input), who })
  const foreign = await ask(one.foreign)
  const absent = await ask(one.absent)
  const isMutation = definitions[one.procedure]?._def.type === 'mutation'
  if (isMutation && foreign.status < 300) await giveBack(administrator, own, one.said.foreign)
  const complaints = [...shown(foreign, one.said.foreign, marks)]
  if (foreign.status === 401) complaints.push('was not signed in, so this proves nothing')
  if (foreign.status >= 500) complaints.push(`was answered ${foreign.status}`)
  const [got, wanted] = [essence(foreign, one.said.foreign, isMutation), essence(absent, one.said.absent, isMutation)]
  if (got !== wanted && !isException(one, foreign))
    complaints.push(`was answered otherwise than something that exists nowhere: ${brief(got)} instead of ${brief(wanted)}`)
  return complaints.map((complaint) => `${one.procedure} (${one.field}: ${one.what}) over ${asker.name} by ${role}: ${complaint}`)
}

/** Sentences about marks in an answer and in its log lines. */
export const shown = ({ text, headers, log }: Reply, said: readonly string[], marks: Marks): string[] =>
  Object.entries({ body: text, headers, log }).flatMap(([place, content]) =>
    marksIn(withoutSaid(content, said), marks).map((mark) => `${mark} of the other organization stands in the ${place}`),
  )

/** A slug that could be taken in the own organization is free again for the next one who tries. */
const giveBack = (administrator: Administrator, { organizations }: Side, slugs: string[]) =>
  administrator.rows(
    `update app.projects set slug = 'was-' || left(md5(id::text), 20) where organization_id = any ($1::uuid[]) and slug = any ($2)`,
    [organizations, slugs],
  )

const isException = ({ procedure, field }: Case, { text }: Reply) =>
  exceptions.some((one) => one.procedure === procedure && one.field === field && text.includes(`"error":"${one.code}"`))

const brief = (text: string) => text.replaceAll(/\s+/g, ' ').slice(0, 300)
