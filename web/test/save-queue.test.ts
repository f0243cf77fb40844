/** Saving: nobody conflicts with themselves, nor over what the other did not touch. */
import type { Task } from '@mortise/shared/tasks'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Board } from '../src/tasks/board.ts'
import type { Edit } from '../src/tasks/conflict.ts'
import { SaveQueue, conflictOf } from '../src/tasks/save-queue.ts'
import { aTask } from './a-task.ts'

let saved: Task
let sent: number[]
const queue = () => new SaveQueue({ commit: () => undefined } as unknown as Board)

/** A server with one task, which refuses what was not made on top of it. */
const send = (edit: Edit) => async (version: number) => {
  sent.push(version)
  if (version !== saved.version) throw Object.assign(new Error('conflict'), { data: { error: 'VERSION_CONFLICT', current: saved } })
  saved = { ...saved, ...edit, version: version + 1 }
  return saved
}
const somebodyElse = (edit: Edit) => (saved = { ...saved, ...edit, version: saved.version + 1 })

beforeEach(() => {
  saved = aTask('a')
  sent = []
})

describe('the queue of saves', () => {
  it('sends changes made one after the other on top of each other', async () => {
    const [mine, base] = [queue(), saved]
    const edits = [{ status: 'doing' }, { status: 'done' }, { title: 'Other' }] satisfies Edit[]
    await Promise.all(edits.map((edit) => mine.save(base, edit, send(edit))))
    expect(saved).toMatchObject({ status: 'done', title: 'Other', version: 4 })
    expect(sent).toEqual([1, 2, 3])
  })

  it('saves beside somebody who changed something else', async () => {
    const [base, edit] = [saved, { status: 'done' } satisfies Edit]
    somebodyElse({ title: 'Theirs' })
    await queue().save(base, edit, send(edit))
    expect(saved).toMatchObject({ title: 'Theirs', status: 'done' })
  })

  it('lets the reader choose when both changed the same', async () => {
    const [base, edit] = [saved, { title: 'Mine' } satisfies Edit]
    somebodyElse({ title: 'Theirs' })
    const error: unknown = await queue()
      .save(base, edit, send(edit))
      .catch((refusal: unknown) => refusal)
    expect(conflictOf(error)).toMatchObject({ title: 'Theirs', version: 2 })
    expect(saved.title).toBe('Theirs')
  })

  it('does not carry an old edit over theirs because another one went in beside it', async () => {
    const [mine, base] = [queue(), saved]
    somebodyElse({ title: 'Theirs' })
    await mine.save(base, { status: 'done' }, send({ status: 'done' }))
    await expect(mine.save(base, { title: 'Mine' }, send({ title: 'Mine' }))).rejects.toThrow('conflict')
    expect(saved.title).toBe('Theirs')
  })

  it('goes on after a refusal', async () => {
    const [mine, base] = [queue(), saved]
    const refused = mine.save(base, {}, () => Promise.reject(new Error('no')))
    await Promise.all([expect(refused).rejects.toThrow('no'), mine.save(base, { status: 'done' }, send({ status: 'done' }))])
    expect(saved.status).toBe('done')
  })
})
