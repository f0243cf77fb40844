/** Edits of shared rows by several people, and the look for updates that were lost. */
import type { Answer } from './caller.ts'

/** What an editor has seen of a row. `text` holds the mark of every edit so far. */
export type Seen = { version: number; text: string }

/** An edit that was acknowledged: the version it made, and its mark. */
export type Acknowledged = { version: number; mark: string }

export type Row = { name: string; acknowledged: Acknowledged[]; final: Seen }

/**
 * Sentences about edits that others wrote over: a mark that is gone, a version that two edits were given, or versions and edits that
 * do not come out even. Everybody adds to the text that they saw, so an edit that nobody wrote over is in the last text, in its place.
 */
export function lostUpdates({ name, acknowledged, final }: Row): string[] {
  const inOrder = acknowledged.toSorted((a, b) => a.version - b.version)
  const twice = inOrder.filter(({ version }, place) => version === inOrder[place + 1]?.version)
  const marks = final.text.split(' ').filter((mark) => mark !== '')
  const gone = inOrder.filter(({ mark }) => !marks.includes(mark))
  return [
    ...gone.map(({ mark, version }) => `${name}: edit ${mark}, acknowledged as version ${version}, was written over`),
    ...twice.map(({ version }) => `${name}: version ${version} was given twice`),
    ...(final.version === acknowledged.length + 1
      ? []
      : [`${name}: version ${final.version} after ${acknowledged.length} acknowledged edits of version 1`]),
    ...(gone.length > 0 || marks.join() === inOrder.map(({ mark }) => mark).join()
      ? []
      : [`${name}: the edits are not in the order of their versions`]),
  ]
}

export type Edit = (seen: Seen, text: string) => Promise<Answer>

/**
 * Edits as a person does who believes what was seen last: adds a mark and sends it with that version. Gives what was acknowledged, and
 * what is known of the row now, which after a refusal is the `current` of it. Errors: any other answer.
 */
export async function editOnce(edit: Edit, seen: Seen, mark: string): Promise<{ acknowledged?: Acknowledged; seen: Seen }> {
  const { status, body } = await edit(seen, `${seen.text} ${mark}`.trim())
  if (status === 200)
    return { acknowledged: { version: body.version as number, mark }, seen: { version: body.version, text: body.description } }
  if (status !== 409 || body.error !== 'VERSION_CONFLICT') throw new Error(`An edit was answered ${status} ${JSON.stringify(body)}`)
  if (!(body.current?.version > seen.version))
    throw new Error(`A conflict shows nothing newer than version ${seen.version}: ${JSON.stringify(body)}`)
  return { seen: { version: body.current.version, text: body.current.description } }
}
