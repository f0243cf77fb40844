/** Where rows stand: what is laid out at once, what keeps its place, and what waits. */
import { describe, expect, it } from 'vitest'
import { arrange, headAnchor, lineAnchor, refreshed, rowOf, stands, waiting } from '../src/tasks/rows.ts'
import { aTask } from './a-task.ts'

const [a, b, c] = [aTask('a'), aTask('b'), aTask('c')]
const rows = [a, b, c].map(rowOf)
const ids = (some: { id: string }[]) => some.map(({ id }) => id).join('')

describe('the rows of a board', () => {
  it('follow the order and the groups of the tasks', () => {
    const laid = arrange([c, { ...a, status: 'done' }, b], rows)
    expect(ids(laid)).toBe('cab')
    expect(laid.map(({ group }) => group)).toEqual(['todo', 'done', 'todo'])
  })

  it('stay in their group while they are asked to, with the latest of their task', () => {
    const done = { ...b, status: 'done' as const, title: 'Other' }
    const [, row] = arrange([a, done, c], rows, ({ id }) => id === 'b')
    expect(row).toMatchObject({ group: 'todo', task: { title: 'Other', status: 'done' } })
  })

  it('stay in their place when their task is gone, while they are asked to', () => {
    const laid = arrange([a, c], rows, ({ id }) => id === 'b')
    expect(ids(laid)).toBe('abc')
    expect(laid[1]?.isGone).toBe(true)
    expect(ids(arrange([b, c], rows, ({ id }) => id === 'a'))).toBe('abc')
    expect(ids(arrange([a, c], rows))).toBe('ac')
  })

  it('take new values without coming, going or moving', () => {
    const held = refreshed([c, { ...a, title: 'New words', status: 'done' }, aTask('d')], rows)
    expect(ids(held)).toBe('abc')
    expect(held[0]).toMatchObject({ group: 'todo', task: { title: 'New words' } })
    expect(held[1]?.isGone).toBe(true)
  })
})

describe('what stands under a pointer', () => {
  const withNew = arrange([a, b, c, aTask('d')], rows)

  it('is not moved by what comes behind it, but by what comes before it', () => {
    expect(stands(rows, withNew, 'b')).toBe(true)
    expect(stands(rows, withNew, lineAnchor('todo'))).toBe(false)
    expect(stands(rows, arrange([aTask('d', { status: 'doing' }), a, b, c], rows), 'b')).toBe(false)
  })

  it('is moved when it changes its group or goes', () => {
    expect(stands(rows, arrange([a, { ...b, status: 'done' }, c], rows), 'b')).toBe(false)
    expect(stands(rows, arrange([a, c], rows), 'b')).toBe(false)
  })

  it('may be the head of a group, which only earlier groups move', () => {
    expect(stands(rows, withNew, headAnchor('todo'))).toBe(true)
    expect(stands(rows, withNew, headAnchor('done'))).toBe(false)
  })
})

describe('what waits', () => {
  it('is counted: new ones, and whatever else would move', () => {
    expect(waiting([a, b, c], rows)).toEqual({ fresh: 0, other: 0 })
    expect(waiting([a, b, c, aTask('d'), aTask('e')], rows)).toEqual({ fresh: 2, other: 0 })
    expect(waiting([b, a, c], rows)).toEqual({ fresh: 0, other: 1 })
    expect(waiting([a, c], refreshed([a, c], rows))).toEqual({ fresh: 0, other: 1 })
  })
})
