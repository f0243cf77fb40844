/** Data on a page: what is shown before, during and after, and what others change. */
import { LitElement, html } from 'lit'
import { describe, expect, it, vi } from 'vitest'
import { Mutation } from '../src/controllers/mutation.ts'
import { Query } from '../src/controllers/query.ts'
import { live } from '../src/controllers/subscription.ts'
import type { ToastEvent } from '../src/ui/events.ts'
import { next, show } from './show.ts'

type Page = { items: string[] }
type Answer = { resolve: (page: Page) => void; reject: (error: unknown) => void; signal: AbortSignal }

const answers: Answer[] = []
const fetchPage = (signal: AbortSignal) => new Promise<Page>((resolve, reject) => answers.push({ resolve, reject, signal }))

class ListUnderTest extends LitElement {
  static override properties = { org: {} }
  declare org: string
  query = new Query(this, fetchPage, { key: () => this.org }).follow('task.*', (event) => event.projectId === 'mine')
  rename = new Mutation(this, (name: string) => (name === 'refused' ? Promise.reject(new Error('no')) : Promise.resolve(name)), {
    optimistic: (name) => this.query.patch((page) => ({ items: [...page.items, name] })),
    said: (name) => `Added ${name}.`,
    undo: () => undefined,
  })

  override render() {
    return this.query.render({
      pending: () => html`<p>pending</p>`,
      error: () => html`<p>error</p>`,
      empty: () => html`<p>empty</p>`,
      complete: ({ items }) => html`<p>${items.join(',')}</p>`,
    })
  }
}
customElements.define('list-under-test', ListUnderTest)

const begun = async () => {
  answers.length = 0
  return show<ListUnderTest>(html`<list-under-test org="a"></list-under-test>`)
}
const text = (list: ListUnderTest) => list.shadowRoot?.textContent?.trim()
const shows = (list: ListUnderTest, words: string) => vi.waitFor(() => expect(text(list)).toBe(words))

describe('a query', () => {
  it('says pending, then what came', async () => {
    const list = await begun()
    expect(text(list)).toBe('pending')
    answers[0]?.resolve({ items: ['one'] })
    await shows(list, 'one')
  })

  it('says that there is nothing, and that it failed', async () => {
    const list = await begun()
    answers[0]?.resolve({ items: [] })
    await shows(list, 'empty')
    const other = await begun()
    answers[0]?.reject(new Error('down'))
    await shows(other, 'error')
    expect(other.query.error).toEqual(new Error('down'))
  })

  it('keeps the old answer under a new key, and drops an answer that comes too late', async () => {
    const list = await begun()
    answers[0]?.resolve({ items: ['old'] })
    await shows(list, 'old')
    list.org = 'b'
    await list.updateComplete
    list.org = 'c'
    await list.updateComplete
    expect(text(list)).toBe('old')
    expect(answers.slice(1).map(({ signal }) => signal.aborted)).toEqual([true, false])
    answers[2]?.resolve({ items: ['c'] })
    await shows(list, 'c')
    answers[1]?.resolve({ items: ['b'] })
    await new Promise((done) => setTimeout(done, 20))
    expect(text(list)).toBe('c')
  })

  it('gives up when its element goes, and asks again when it comes back', async () => {
    const list = await begun()
    const place = list.parentElement
    list.remove()
    expect(answers[0]?.signal.aborted).toBe(true)
    list.requestUpdate()
    await list.updateComplete
    expect(answers).toHaveLength(1)
    place?.append(list)
    list.requestUpdate()
    await list.updateComplete
    expect(answers).toHaveLength(2)
  })

  it('asks again, once, when others change what it shows; and leaves alone what does not concern it', async () => {
    const listen = vi.spyOn(live, 'listen')
    const list = await begun()
    const [, hear, catchUp] = listen.mock.calls.at(-1) ?? []
    answers[0]?.resolve({ items: ['one'] })
    await shows(list, 'one')
    const event = { type: 'task.created', organizationId: 'o', entityId: 't', version: 1, at: '', actorId: null } as const
    hear?.({ ...event, projectId: 'other' })
    await new Promise((done) => setTimeout(done, 120))
    expect(answers).toHaveLength(1)
    hear?.({ ...event, projectId: 'mine' })
    hear?.({ ...event, projectId: 'mine' })
    catchUp?.()
    await vi.waitFor(() => expect(answers).toHaveLength(2))
    await new Promise((done) => setTimeout(done, 120))
    expect(answers).toHaveLength(2)
  })
})

describe('a mutation', () => {
  const ready = async () => {
    const list = await begun()
    answers[0]?.resolve({ items: ['one'] })
    await shows(list, 'one')
    return list
  }

  it('shows the change at once, says what was done and keeps it until the truth has come', async () => {
    const list = await ready()
    const told = next<ToastEvent>(document, 'ui-toast')
    const done = list.rename.run('two')
    await shows(list, 'one,two')
    expect(await done).toBe('two')
    expect((await told).toast).toMatchObject({ said: 'Added two.' })
    expect(text(list)).toBe('one,two')
    answers[1]?.resolve({ items: ['one', 'two', 'three'] })
    await shows(list, 'one,two,three')
  })

  it('takes the change back when it is refused, and says why', async () => {
    const list = await ready()
    const told = next<ToastEvent>(document, 'ui-toast')
    expect(await list.rename.run('refused')).toBeUndefined()
    await shows(list, 'one')
    expect((await told).toast).toMatchObject({ tone: 'bad' })
  })

  it('is told of even when its page has gone', async () => {
    const list = await ready()
    const told = next<ToastEvent>(document, 'ui-toast')
    list.remove()
    await list.rename.run('late')
    expect((await told).toast.said).toBe('Added late.')
  })
})
