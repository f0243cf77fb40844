/** A project with 500 tasks: what is drawn at once, what is drawn anew, and what moves. Counted, never timed. */
import type { LitElement } from 'lit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { taskRow } from '../src/tasks/task-row.ts'
import { aServer, control, openProject, rowOf } from './a-project.ts'

vi.mock('../src/tasks/task-row.ts', { spy: true })

const many = 500
const screenful = Math.ceil(screen.height / 32)

/** Nothing is done in idle moments until `go` is called. */
function holdIdle() {
  const held: (() => void)[] = []
  vi.stubGlobal('requestIdleCallback', (work: () => void) => held.push(work))
  vi.stubGlobal('cancelIdleCallback', (at: number) => (held[at - 1] = () => undefined))
  const go = async (list: LitElement) => {
    for (let at = 0; at < held.length; at += 1) {
      held[at]?.()
      await list.updateComplete
    }
  }
  return { go }
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** Every third task is in progress, done, or to do; the first in progress is `Task 0`. */
async function aLongList() {
  const { aTask, ...server } = aServer({ tasks: [] })
  const statuses = ['doing', 'todo', 'done'] as const
  for (let count = 0; count < many; count += 1) {
    server.tasks.push(aTask(count, { title: `Task ${count}.`, status: statuses[count % 3], dueOn: '2031-03-04' }))
  }
  const { page, list } = await openProject('member')
  return { ...server, page, list }
}

const drawn = (list: LitElement) => list.shadowRoot?.querySelectorAll('li[data-row]').length ?? 0
const isWhole = (list: LitElement) => vi.waitFor(() => expect(drawn(list)).toBe(many), { timeout: 20_000 })

/** How many rows are drawn anew by `act`, once the page has had two pictures to do it. */
async function drawnAnew(act: () => unknown): Promise<number> {
  vi.mocked(taskRow).mockClear()
  await act()
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame)
  return vi.mocked(taskRow).mock.calls.length
}

/** The layout shift while `act` goes on. */
async function shiftDuring(act: () => Promise<unknown>): Promise<number> {
  let sum = 0
  const add = (entries: PerformanceEntryList) => {
    for (const entry of entries) sum += (entry as PerformanceEntry & { value: number }).value
  }
  const observer = new PerformanceObserver((list) => add(list.getEntries()))
  observer.observe({ type: 'layout-shift' })
  await act()
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame)
  add(observer.takeRecords())
  observer.disconnect()
  return sum
}

describe('a list of 500 tasks', () => {
  it('begins with what fills the window, says how many there are, and becomes whole', async () => {
    const idle = holdIdle()
    const { list } = await aLongList()
    await vi.waitFor(() => expect(drawn(list)).toBe(screenful))
    // Whatever is known later (members, a name) may draw them once more.
    expect(vi.mocked(taskRow).mock.calls.length).toBeLessThanOrEqual(3 * screenful)
    expect([...(list.shadowRoot?.querySelectorAll('.group-head .num') ?? [])].map((number) => number.textContent)).toEqual([
      '167',
      '167',
      '166',
    ])
    await idle.go(list)
    expect(drawn(list)).toBe(many)
    expect(vi.mocked(taskRow).mock.calls.length).toBeLessThanOrEqual(many + 2 * screenful)
  })

  it('takes the focus to its last row before that is drawn', async () => {
    holdIdle()
    const { list } = await aLongList()
    control(list, 'Task 0.', '.title a').focus()
    await userEvent.keyboard('{ArrowDown}')
    expect(drawn(list)).toBe(screenful)
    await userEvent.keyboard('{End}')
    await vi.waitFor(() => expect(list.shadowRoot?.activeElement?.textContent.trim()).toBe('Task 497.'))
    expect(drawn(list)).toBe(screenful + 1)
  })

  it('draws the two rows anew that a step concerns, and the one that is completed', async () => {
    const { list } = await aLongList()
    await isWhole(list)
    control(list, 'Task 0.', '.title a').focus()
    await list.updateComplete
    expect(await drawnAnew(() => userEvent.keyboard('{ArrowDown}'))).toBeLessThanOrEqual(2)
    expect(await drawnAnew(() => control(list, 'Task 6.', '.glyph-btn').click())).toBeLessThanOrEqual(6)
    await vi.waitFor(() => expect(rowOf(list, 'Task 6.').className).toContain('is-done'))
  })

  it('draws all of them anew when all of them change: the count sees it', async () => {
    const { list } = await aLongList()
    await isWhole(list)
    expect(await drawnAnew(() => Object.assign(list, { me: 'somebody else' }))).toBe(many)
  })

  it('grows without moving what is looked at', async () => {
    expect(
      await shiftDuring(async () => {
        const { list } = await aLongList()
        await shiftDuring(() => isWhole(list)).then((shift) => expect(shift).toBe(0))
      }),
    ).toBeLessThan(0.02)
  })

  it('would be caught moving', async () => {
    const { page, list } = await aLongList()
    await isWhole(list)
    const shift = await shiftDuring(async () => {
      await new Promise(requestAnimationFrame)
      const block = document.createElement('p')
      block.append(...Array.from({ length: 9 }, () => document.createElement('br')))
      page.before(block)
    })
    expect(shift).toBeGreaterThan(0.02)
  })
})
