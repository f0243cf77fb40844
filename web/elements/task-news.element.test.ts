/** What others do to the tasks that the reader is looking at. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { aServer, openProject, rowOf, titles } from './a-project.ts'
import { complaints } from './axe.ts'
import { inputsOf } from './fake-api.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const held = (list: Element) => list.shadowRoot?.querySelector<HTMLElement>('.held button')

describe('what others do', () => {
  it('appears by itself, with the words for who did it', async () => {
    const { tasks, say, aTask, calls } = aServer()
    const { list } = await openProject('member')
    const made = aTask(4, { title: 'Theirs' })
    tasks.push(made)
    say('task.created', made)
    await vi.waitFor(() => expect(titles(list, 'todo')).toContain('Theirs'))
    expect(rowOf(list, 'Theirs').textContent).toContain('Ines added this')
    expect(inputsOf(calls, 'tasks.list')).toHaveLength(1) // only the new one was fetched
    for (const fading of rowOf(list, 'Theirs').getAnimations()) fading.cancel() // colours on their way are neither
    expect(await complaints()).toEqual([])
  })

  it('changes a row where it stands, and a row that leaves stays a while with the words', async () => {
    const { tasks, say } = aServer()
    const { list } = await openProject('member')
    const [, crane] = tasks
    if (!crane) throw new Error('There is no second task')
    Object.assign(crane, { status: 'done', version: 2 })
    say('task.updated', crane)
    await vi.waitFor(() => expect(rowOf(list, 'Book the crane').textContent).toContain('Ines moved this to Done'))
    expect(titles(list, 'todo')).toContain('Book the crane')
    await vi.waitFor(() => expect(titles(list, 'done')).toEqual(['Book the crane']), { timeout: 6_000 })
  })

  it('waits while it would move what the reader points at', async () => {
    const { tasks, say, aTask } = aServer()
    const { list } = await openProject('member')
    await userEvent.hover(rowOf(list, 'Choose furniture'))
    const made = aTask(4, { title: 'Theirs', status: 'doing' })
    tasks.push(made)
    say('task.created', made)
    await vi.waitFor(() => expect(held(list)?.textContent).toContain('Show 1 new task'))
    expect(titles(list, 'doing')).toEqual(['Order oak'])
    held(list)?.click()
    await vi.waitFor(() => expect(titles(list, 'doing')).toEqual(['Order oak', 'Theirs']))
    expect(held(list)).toBeNull()
  })

  it('comes in at once where it moves nothing under the pointer', async () => {
    const { tasks, say, aTask } = aServer()
    const { list } = await openProject('member')
    await userEvent.hover(rowOf(list, 'Order oak'))
    const made = aTask(4, { title: 'Theirs', status: 'done' })
    tasks.push(made)
    say('task.created', made)
    await vi.waitFor(() => expect(titles(list, 'done')).toEqual(['Theirs']))
  })

  it('does not repeat what the reader did', async () => {
    const { tasks, say, calls } = aServer()
    const { list } = await openProject('member')
    rowOf(list, 'Order oak').querySelector<HTMLElement>('.glyph-btn')?.click()
    await vi.waitFor(() => expect(tasks[0]?.status).toBe('done'))
    if (tasks[0]) say('task.updated', tasks[0])
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(inputsOf(calls, 'tasks.get')).toEqual([])
  })
})
