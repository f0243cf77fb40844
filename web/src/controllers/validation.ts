/** What zod complains of, in words that people use. (That it generates no code is settled in public/before-paint.js.) */
import { config, type core } from 'zod'

type RawIssue = core.$ZodRawIssue
type Issue = { path: PropertyKey[]; message: string }

const letters = (count: unknown) => `${String(count)} ${count === 1 ? 'character' : 'characters'}`

/** Words for the complaints that schemas leave to the default; undefined keeps what the schema says. */
function inWords(issue: RawIssue): string | undefined {
  if (issue.code === 'too_small' && issue.origin === 'string')
    return issue.minimum === 1 ? 'Fill this in.' : `Use at least ${letters(issue.minimum)}.`
  if (issue.code === 'too_big' && issue.origin === 'string') return `Use at most ${letters(issue.maximum)}.`
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'Fill this in.' : 'This is not in the right form.'
  if (issue.code === 'invalid_format' && issue.format === 'date') return 'Write a date as year, month and day.'
  return undefined
}

config({ customError: inWords })

/** The first complaint of each field, by the first part of its path. */
export function firstComplaints(issues: readonly Issue[]): Map<string, string> {
  const complaints = new Map<string, string>()
  for (const { path, message } of issues) {
    const field = String(path[0] ?? '')
    if (!complaints.has(field)) complaints.set(field, message)
  }
  return complaints
}
