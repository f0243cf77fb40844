/** The tasks of a project: what the reader does with pointer and keyboard, and who may. */
import type { LitElement } from 'lit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { listenToKeys } from '../src/keyboard.ts'
import type { ToastEvent } from '../src/ui/events.ts'
import { aProject, aServer, control, openProject, rowOf, titles } from './a-project.ts'
import { complaints } from './axe.ts'
import { inputsOf } from './fake-api.ts'
import { next } from './show.ts'

let stopKeys: (() => void) | undefined
const withKeys = () => (stopKeys = listenToKeys())

afterEach(() => {
  stopKeys?.()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const focused = (list: LitElement) => list.shadowRoot?.activeElement
const line = (list: LitElement) => list.shadowRoot?.querySelector<HTMLInputElement>('input[data-line]')

describe('the list of tasks', () => {
  it('shows doing before to do and done, accessibly', async () => {
    aServer()
    const { page, list } = await openProject('member')
    expect([...(list.shadowRoot?.querySelectorAll('h2') ?? [])].map((head) => head.textContent)).toEqual(['Doing', 'To do', 'Done'])
    expect(titles(list, 'todo')).toEqual(['Book the crane', 'Choose furniture'])
    expect(rowOf(list, 'Book the crane').textContent).toContain('Late:')
    expect(page.shadowRoot?.querySelector('.head')?.textContent).toContain('0 of 3 done')
    expect(await complaints()).toEqual([])
  })

  it('adds with Enter and keeps the line open', async () => {
    const { calls } = aServer()
    const { list } = await openProject('member')
    line(list)?.focus()
    await userEvent.keyboard('Oil the bench{Enter}Sharpen{Enter}')
    await vi.waitFor(() => expect(titles(list, 'todo')).toEqual(['Book the crane', 'Choose furniture', 'Oil the bench', 'Sharpen']))
    expect(focused(list)).toBe(line(list))
    await vi.waitFor(() => expect(inputsOf(calls, 'tasks.create').map(({ title }) => title)).toEqual(['Oil the bench', 'Sharpen']))
  })

  it('completes at once by its status, and undoes it', async () => {
    const { tasks } = aServer()
    const { list } = await openProject('member')
    const told = next<ToastEvent>(document.body, 'ui-toast')
    control(list, 'Order oak', '.glyph-btn').click()
    await vi.waitFor(() => expect(titles(list, 'done')).toEqual(['Order oak']))
    const { toast } = await told
    expect(toast.said).toBe('Moved “Order oak” to Done.')
    toast.undo?.()
    await vi.waitFor(() => expect(titles(list, 'doing')).toEqual(['Order oak']))
    expect(tasks[0]).toMatchObject({ status: 'doing', version: 3 })
  })

  it('takes a refused change back and says so', async () => {
    const { tasks } = aServer()
    const { list } = await openProject('member')
    tasks.splice(0, 1)
    const told = next<ToastEvent>(document.body, 'ui-toast')
    control(list, 'Order oak', '.glyph-btn').click()
    expect((await told).toast).toMatchObject({ tone: 'bad', said: expect.stringContaining('not here') as string })
    await vi.waitFor(() => expect(titles(list, 'doing')).toEqual(['Order oak']))
  })

  it('gives refused titles back to the line, one after the other', async () => {
    let refuse = () => undefined as void
    const { calls } = aServer({ refusesNew: new Promise<void>((resolve) => (refuse = resolve)) })
    const { list } = await openProject('member')
    line(list)?.focus()
    await userEvent.keyboard('One{Enter}Two{Enter}')
    refuse() // both were written before the first came back, however long the browser took
    await vi.waitFor(() => expect(line(list)?.value).toBe('One'))
    await vi.waitFor(() => expect(inputsOf(calls, 'tasks.create')).toHaveLength(2))
    await userEvent.keyboard('{Enter}')
    await vi.waitFor(() => expect(line(list)?.value).toBe('Two'))
  })

  it('is walked with the arrow keys, and a row is moved with Alt', async () => {
    const { tasks } = aServer()
    const { list } = await openProject('member')
    control(list, 'Book the crane', 'a').focus()
    await userEvent.keyboard('{ArrowDown}')
    expect(focused(list)?.textContent).toBe('Choose furniture')
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await vi.waitFor(() => expect(titles(list, 'todo')).toEqual(['Choose furniture', 'Book the crane']))
    expect(focused(list)?.textContent).toBe('Choose furniture')
    await vi.waitFor(() => expect(tasks.map(({ title }) => title)).toEqual(['Order oak', 'Choose furniture', 'Book the crane']))
    expect(list.shadowRoot?.querySelector('[role=status].vh')?.textContent).toContain('1 of 2 in To do')
  })

  it('edits in place with e: Enter saves, and focus returns to the row', async () => {
    const { calls } = aServer()
    withKeys()
    const { list } = await openProject('member')
    control(list, 'Choose furniture', 'a').focus()
    await userEvent.keyboard('e')
    await vi.waitFor(() => expect(focused(list)?.getAttribute('aria-label')).toBe('Title'))
    expect(await complaints()).toEqual([])
    await userEvent.keyboard('Choose handles{Enter}')
    await vi.waitFor(() => expect(focused(list)?.textContent).toBe('Choose handles'))
    await vi.waitFor(() =>
      expect(inputsOf(calls, 'tasks.update')).toEqual([expect.objectContaining({ title: 'Choose handles', version: 1 })]),
    )
  })

  it('leaves a row as it was with Escape', async () => {
    const { calls } = aServer()
    withKeys()
    const { list } = await openProject('member')
    control(list, 'Choose furniture', 'a').focus()
    await userEvent.keyboard('e')
    await vi.waitFor(() => expect(focused(list)?.getAttribute('aria-label')).toBe('Title'))
    await userEvent.keyboard('Other{Escape}')
    await vi.waitFor(() => expect(focused(list)?.textContent).toBe('Choose furniture'))
    expect(inputsOf(calls, 'tasks.update')).toEqual([])
  })

  it('selects with x, and does one thing to all of them', async () => {
    const { tasks } = aServer()
    withKeys()
    const { list } = await openProject('member')
    control(list, 'Book the crane', 'a').focus()
    await userEvent.keyboard('x{ArrowDown}x')
    const bar = () => list.shadowRoot?.querySelector('app-bulk-bar')?.shadowRoot
    await vi.waitFor(() => expect(bar()?.textContent).toContain('2 selected'))
    expect(await complaints()).toEqual([])
    ;[...(bar()?.querySelectorAll('button') ?? [])].find((button) => button.textContent.includes('Complete'))?.click()
    await vi.waitFor(() => expect(titles(list, 'done')).toEqual(['Book the crane', 'Choose furniture']))
    await vi.waitFor(() => expect(tasks.filter(({ status }) => status === 'done')).toHaveLength(2))
    expect(list.shadowRoot?.querySelector('app-bulk-bar')).toBeNull()
  })

  it('keeps the focus in the group when the row that has it leaves', async () => {
    aServer()
    const { list } = await openProject('member')
    const glyph = control(list, 'Book the crane', '.glyph-btn')
    glyph.focus()
    await userEvent.keyboard('{Enter}')
    await vi.waitFor(() => expect(titles(list, 'done')).toEqual(['Book the crane']))
    expect(focused(list)?.closest('li')?.textContent).toContain('Choose furniture')
  })

  it('asks before it deletes, naming what goes', async () => {
    const { tasks } = aServer()
    const { list } = await openProject('member')
    control(list, 'Choose furniture', '.more').click()
    await vi.waitFor(() => expect(list.shadowRoot?.querySelector('ui-menu')?.textContent).toContain('Delete task'))
    list.shadowRoot?.querySelector<HTMLElement>('ui-menu .danger')?.click()
    const question = () => list.shadowRoot?.querySelector('ui-confirm')?.shadowRoot
    await vi.waitFor(() => expect(question()?.textContent).toContain('Choose furniture'))
    expect(tasks).toHaveLength(3)
    question()?.querySelector<HTMLElement>('.btn.solid')?.click()
    await vi.waitFor(() => expect(tasks).toHaveLength(2))
    expect(titles(list, 'todo')).toEqual(['Book the crane'])
  })
})

describe('a viewer', () => {
  it('sees the same tasks, nothing to change them with, and why', async () => {
    aServer()
    withKeys()
    const { page, list } = await openProject('viewer')
    expect(titles(list, 'todo')).toEqual(['Book the crane', 'Choose furniture'])
    expect(list.shadowRoot?.querySelectorAll('li button, li input')).toHaveLength(0)
    expect(page.shadowRoot?.textContent).toContain('You can read this, but not change it.')
    control(list, 'Order oak', 'a').focus()
    await userEvent.keyboard('ex')
    expect(list.shadowRoot?.querySelector('.is-edit, app-bulk-bar')).toBeNull()
    expect(await complaints()).toEqual([])
  })
})

describe('an archived project', () => {
  it('is read, not changed, and can be restored from where it says so', async () => {
    aServer({ project: aProject({ archivedAt: '2026-11-01T10:00:00.000Z' }) })
    const { page, list } = await openProject('owner')
    expect(list.shadowRoot?.querySelectorAll('li button')).toHaveLength(0)
    expect(page.shadowRoot?.querySelector('.note')?.textContent).toContain('Restore project')
  })
})
