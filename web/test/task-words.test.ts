/** What is said about tasks: who did what, what both changed, when it is due. */
import type { StreamEvent } from '@mortise/shared/events'
import { describe, expect, it } from 'vitest'
import { changesOf, disputed, reverseOf } from '../src/tasks/conflict.ts'
import { deedOf } from '../src/tasks/deeds.ts'
import { isLate, lateWords } from '../src/tasks/due.ts'
import { filterFrom, isFiltering, matcher, noFilter, searchOf } from '../src/tasks/filter.ts'
import { noteOf } from '../src/tasks/notes.ts'
import { newsSentence } from '../src/tasks/polite.ts'
import { blocksOf } from '../src/tasks/prose.ts'
import { saidOfEdit, saidOfEdits } from '../src/tasks/sentences.ts'
import { difference } from '../src/tasks/word-difference.ts'
import { aTask } from './a-task.ts'

const task = aTask('a', { title: 'Order oak' })
const nameOf = (id: string | null) => ({ i: 'Ines Okafor' })[id ?? '']

describe('what somebody did', () => {
  it.each([
    [{ title: 'Order ash' }, 'renamed this'],
    [{ status: 'done' as const }, 'moved this to Done'],
    [{ assigneeId: 'i' }, 'assigned Ines'],
    [{ dueOn: '2026-11-27' }, 'set the date'],
    [{ description: 'More' }, 'edited the description'],
    [{ title: 'Order ash', status: 'doing' as const }, 'changed this'],
  ])('%o is said as %s', (change, words) => expect(deedOf(task, { ...task, ...change }, nameOf)).toBe(words))

  const event = (type: StreamEvent['type']) => ({ type, actorId: 'i' }) as StreamEvent

  it('is noted with the name and what to tint', () => {
    expect(noteOf(event('task.created'), undefined, task, nameOf)).toMatchObject({ kind: 'new', words: 'Ines added this' })
    expect(noteOf(event('task.deleted'), task, undefined, nameOf)).toMatchObject({ kind: 'leaving', words: 'Ines deleted this' })
    expect(noteOf(event('task.updated'), task, { ...task, dueOn: '2026-11-27' }, nameOf)).toMatchObject({
      kind: 'changed',
      fields: ['dueOn'],
    })
    expect(noteOf(event('task.updated'), task, { ...task, version: 2 }, nameOf)).toBeUndefined()
    expect(noteOf({ type: 'task.moved', actorId: 'x' } as StreamEvent, task, task, nameOf)?.words).toBe('Somebody moved this')
  })

  it('is told in one sentence, however much it was', () => {
    const note = (name: string) => ({ name, words: `${name} did this` })
    expect(newsSentence([note('Ines Okafor')])).toBe('Ines Okafor did this')
    expect(newsSentence([note('Ines Okafor'), note('Tomasz W'), note('Ines Okafor')])).toBe('3 changes by Ines and Tomasz')
  })
})

describe('what the reader did', () => {
  it('is said with the name of the task, or with a count', () => {
    expect(saidOfEdit(task, { status: 'done' }, nameOf)).toBe('Moved “Order oak” to Done.')
    expect(saidOfEdit(task, { title: 'Order ash' }, nameOf)).toBe('Renamed to “Order ash”.')
    expect(saidOfEdit(task, { assigneeId: null }, nameOf)).toBe('Unassigned “Order oak”.')
    expect(saidOfEdits(3, { assigneeId: 'i' }, nameOf)).toBe('Assigned 3 tasks to Ines.')
  })
})

describe('two edits from one version', () => {
  const theirs = { ...task, title: 'Order beech', dueOn: '2026-11-27', version: 2 }

  it('are in dispute only where both changed the same to something else', () => {
    expect(disputed({ base: task, edit: { title: 'Order ash' }, theirs })).toEqual(['title'])
    expect(disputed({ base: task, edit: { title: 'Order beech' }, theirs })).toEqual([])
    expect(disputed({ base: task, edit: { status: 'done' }, theirs })).toEqual([])
  })

  it('consist of what differs, and are taken back by what was', () => {
    expect(changesOf(task, { title: 'Order oak', status: 'doing' })).toEqual({ status: 'doing' })
    expect(reverseOf(task, { status: 'doing', dueOn: '2026-11-27' })).toEqual({ status: 'todo', dueOn: null })
  })

  it('are marked where their words differ', () => {
    const { mine, theirs: others } = difference('Agree the acoustic ceiling with him', 'Agree the ceiling and sprinklers with him')
    expect(mine.filter(({ isDifferent }) => isDifferent).map(({ text }) => text)).toEqual(['acoustic ceiling'])
    expect(others.map(({ text }) => text).join('')).toBe('Agree the ceiling and sprinklers with him')
    expect(difference('same', 'same').mine).toEqual([{ text: 'same', isDifferent: false }])
  })
})

describe('a filter', () => {
  const filter = { ...noFilter, q: 'OAK', assignee: 'me' }

  it('lets through what the server would', () => {
    expect(matcher(filter, 'me-1')({ ...task, assigneeId: 'me-1' })).toBe(true)
    expect(matcher(filter, 'me-1')(task)).toBe(false)
    expect(matcher({ ...noFilter, assignee: 'none', status: 'todo' }, 'me-1')(task)).toBe(true)
    expect(matcher({ ...noFilter, status: 'done' }, 'me-1')(task)).toBe(false)
    expect(isFiltering(noFilter)).toBe(false)
  })

  it('survives the address, and an address that makes no sense', () => {
    expect(filterFrom(searchOf(filter))).toEqual(filter)
    expect(searchOf(noFilter)).toBe('')
    expect(filterFrom('?status=later&q=')).toEqual(noFilter)
  })
})

describe('a due date', () => {
  it('is late from the next day on, until the task is done', () => {
    const due = (dueOn: string | null, status: 'todo' | 'done' = 'todo') => isLate({ dueOn, status }, '2026-11-21')
    expect([due('2026-11-20'), due('2026-11-21'), due(null), due('2026-11-20', 'done')]).toEqual([true, false, false, false])
    expect([lateWords('2026-11-20', '2026-11-21'), lateWords('2026-11-18', '2026-11-21')]).toEqual(['late 1 day', 'late 3 days'])
  })
})

describe('a description', () => {
  it('is read as paragraphs and points, whatever else it holds', () => {
    expect(blocksOf('One\ntwo\n\n- a\n- b\nthree <b>')).toEqual([
      { isList: false, lines: ['One', 'two'] },
      { isList: true, lines: ['a', 'b'] },
      { isList: false, lines: ['three <b>'] },
    ])
    expect(blocksOf('')).toEqual([])
  })
})
