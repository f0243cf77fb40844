/** One task beside its list: what is changed there, and what happens when two change the same. */
import type { LitElement } from 'lit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { aServer, openProject, threeTasks } from './a-project.ts'
import { complaints } from './axe.ts'
import { inputsOf } from './fake-api.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const task = threeTasks()[1]?.id ?? ''

async function opened(role: 'member' | 'viewer' = 'member') {
  const server = aServer()
  const { page } = await openProject(role, { task })
  const panel = () => page.shadowRoot?.querySelector<LitElement>('app-task-panel')
  await vi.waitFor(() => expect(panel()?.shadowRoot?.querySelector('h2')).toBeInstanceOf(HTMLElement))
  const inside = (selector: string) => {
    const found = panel()?.shadowRoot?.querySelector<HTMLElement>(selector)
    if (!found) throw new Error(`The panel has no ${selector}`)
    return found
  }
  const button = (label: string) =>
    [...(panel()?.shadowRoot?.querySelectorAll('button') ?? [])].find((each) => each.textContent.trim().startsWith(label))
  return { ...server, page, panel, inside, button }
}

describe('the panel of a task', () => {
  it('shows what is known, accessibly, and the page has one heading', async () => {
    const { page, inside } = await opened()
    expect(inside('h1').textContent).toBe('Book the crane')
    expect(inside('.props').textContent).toContain('late')
    expect(page.shadowRoot?.querySelector('h1')).toBeNull()
    expect(await complaints()).toEqual([])
  })

  it('saves status, assignee and date where they stand', async () => {
    const { tasks, inside } = await opened()
    await userEvent.selectOptions(inside('select[aria-label=Status]'), 'doing')
    await userEvent.selectOptions(inside('select[aria-label=Assignee]'), 'Ines Okafor')
    await userEvent.fill(inside('input[type=date]'), '2026-12-01')
    inside('input[type=date]').blur()
    await vi.waitFor(() => expect(tasks[1]).toMatchObject({ status: 'doing', dueOn: '2026-12-01', version: 4 }))
    expect(tasks[1]?.assigneeId).not.toBeNull()
  })

  it('writes a description and reads it as paragraphs and points', async () => {
    const { inside, button, panel } = await opened()
    button('Write')?.click()
    await vi.waitFor(() => expect(panel()?.shadowRoot?.activeElement?.localName).toBe('textarea'))
    await userEvent.keyboard('Closed road{Enter}{Enter}- ask the city')
    button('Save description')?.click()
    await vi.waitFor(() => expect(inside('.prose li').textContent).toBe('ask the city'))
  })

  it('shows a viewer the same without controls', async () => {
    const { panel } = await opened('viewer')
    expect(panel()?.shadowRoot?.querySelectorAll('select, input, .glyph-btn:is(button)')).toHaveLength(0)
  })
})

describe('two who change the same', () => {
  async function conflicted() {
    const server = await opened()
    const { tasks, inside, panel } = server
    inside('button[aria-label="Edit title"]').click()
    await vi.waitFor(() => expect(panel()?.shadowRoot?.activeElement?.localName).toBe('textarea'))
    Object.assign(tasks[1] ?? {}, { title: 'Book the big crane', version: 2 })
    await userEvent.keyboard('Book the small crane{Enter}')
    const both = () => panel()?.shadowRoot?.querySelector('app-conflict')?.shadowRoot
    await vi.waitFor(() => expect(both()?.textContent).toContain('Nothing is lost'))
    const choose = (label: string) =>
      [...(both()?.querySelectorAll('button') ?? [])].find((each) => each.textContent.includes(label))?.click()
    return { ...server, both, choose }
  }

  it('see both versions with the difference marked, and can keep theirs', async () => {
    const { both, choose, tasks, inside, calls } = await conflicted()
    expect([...(both()?.querySelectorAll('mark') ?? [])].map((mark) => mark.textContent)).toEqual(['small', 'big'])
    expect(await complaints()).toEqual([])
    choose('Keep theirs')
    await vi.waitFor(() => expect(both()).toBeUndefined())
    expect(inside('h1').textContent).toBe('Book the big crane')
    expect(inputsOf(calls, 'tasks.update')).toHaveLength(1)
    expect(tasks[1]?.title).toBe('Book the big crane')
  })

  it('can keep their own', async () => {
    const { choose, tasks } = await conflicted()
    choose('Keep yours')
    await vi.waitFor(() => expect(tasks[1]).toMatchObject({ title: 'Book the small crane', version: 3 }))
  })

  it('can make one of both', async () => {
    const { both, choose, tasks } = await conflicted()
    choose('Combine and edit')
    await vi.waitFor(() => expect(both()?.querySelector<HTMLInputElement>('input')?.value).toBe('Book the small crane'))
    await userEvent.fill(both()?.querySelector('input') as HTMLInputElement, 'Book both cranes')
    choose('Save this')
    await vi.waitFor(() => expect(tasks[1]?.title).toBe('Book both cranes'))
  })

  it('can decide later without losing anything', async () => {
    const { both, choose } = await conflicted()
    choose('Decide later')
    await vi.waitFor(() => expect(both()?.textContent).toContain('kept, but not saved'))
    choose('Show both')
    await vi.waitFor(() => expect(both()?.querySelectorAll('mark')).toHaveLength(2))
  })
})
