/** The shell: where one is, what can be done, whether it is still true. */
import type { Organization } from '@mortise/shared/organizations'
import { html } from 'lit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { complaints } from './axe.ts'
import { inside, next, show, texts } from './show.ts'

const found = vi.hoisted(() => ({ projects: [] as { id: string; name: string }[], asked: [] as unknown[] }))
vi.mock('../src/api.ts', () => ({
  api: {
    projects: {
      list: {
        query: async (input: unknown) => {
          found.asked.push(input)
          return { items: found.projects, nextCursor: null }
        },
      },
    },
  },
}))

await import('../src/shell/app-rail.ts')
await import('../src/shell/app-top.ts')
await import('../src/shell/app-offline.ts')
await import('../src/shell/app-help.ts')
const { AppPalette } = await import('../src/shell/app-palette.ts')
const { live } = await import('../src/controllers/subscription.ts')
const { router } = await import('../src/router.ts')

const organization: Organization = {
  id: 'o',
  name: 'Halden & Roe',
  slug: 'halden-roe',
  role: 'admin',
  createdAt: '',
  updatedAt: '',
  version: 1,
}
const person = { id: 'u', name: 'Maarten de Wit', kind: 'user' as const }
const run = vi.fn<(id: string) => void>()
const command = (id: string, label: string, keys?: string) => ({ id, label, keys, group: 'Commands', run: () => run(id) })

beforeEach(() => {
  run.mockReset()
  found.asked.length = 0
  found.projects = [{ id: 'p1', name: 'Tidewater library' }]
})

const presence = (is: typeof live.presence) => {
  live.presence = is
  live.dispatchEvent(new Event('change'))
}
afterEach(() => presence('idle'))

describe('the rail', () => {
  const rail = (current: string) =>
    show(
      html`<app-rail
        .organization=${organization}
        .org=${'halden-roe'}
        .organizations=${[organization]}
        .person=${person}
        .current=${current}
      ></app-rail>`,
    )

  it('says which place is current, and whose it is', async () => {
    const element = await rail('projects')
    expect(inside(element, '[aria-current="page"]', HTMLAnchorElement).textContent.trim()).toBe('Projects')
    expect(inside(element, '.me', HTMLElement).textContent).toContain('Admin')
    expect(await complaints()).toEqual([])
  })

  it('lists the organizations with the open one marked', async () => {
    const element = await rail('dashboard')
    const menu = inside(element, '#organizations', HTMLElement)
    await userEvent.click(inside(element, '.org', HTMLElement))
    expect(menu.matches(':popover-open')).toBe(true)
    expect(inside(menu, '[aria-current="true"]', HTMLAnchorElement).pathname).toBe('/orgs/halden-roe')
    expect(await complaints()).toEqual([])
  })
})

describe('the top bar', () => {
  it('says where one is', async () => {
    const top = await show(
      html`<app-top .organization=${organization} .above=${[{ label: 'Projects', href: '/p' }]} .here=${'Tidewater library'}></app-top>`,
    )
    expect([...top.querySelectorAll('.crumbs li')].map((crumb) => crumb.textContent.trim())).toEqual([
      'Halden & Roe',
      'Projects',
      'Tidewater library',
    ])
    expect(await complaints()).toEqual([])
  })

  it('says in words whether what is shown is still true', async () => {
    const top = await show(html`<app-top .organization=${organization}></app-top>`)
    for (const [is, word] of [
      ['live', 'Live'],
      ['reconnecting', 'Reconnecting'],
      ['offline', 'Offline'],
    ] as const) {
      presence(is)
      await vi.waitFor(() => expect(inside(top, '.presence', HTMLElement).textContent.trim()).toBe(word))
    }
  })
})

describe('the strip', () => {
  it('is there at once when there is no connection, only after a while when it is being made, and gone when it is back', async () => {
    const strip = await show(html`<app-offline></app-offline>`)
    presence('live')
    vi.useFakeTimers()
    presence('reconnecting')
    await vi.advanceTimersByTimeAsync(4_000)
    expect(strip.textContent).toBe('')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(strip.textContent).toContain('Reconnecting.')
    vi.useRealTimers()
    const told = next(document, 'ui-toast')
    presence('live')
    await told
    await vi.waitFor(() => expect(strip.textContent.trim()).toBe(''))
    presence('offline')
    await vi.waitFor(() => expect(strip.textContent).toContain('Try now'))
  })
})

describe('the palette', () => {
  const opened = async () => {
    const commands = [command('go', 'Projects', 'g p'), command('make', 'Create an organization'), command('theme', 'Switch theme')]
    const palette = await show<InstanceType<typeof AppPalette>>(
      html`<app-palette .org=${'halden-roe'} .commands=${commands}></app-palette>`,
    )
    await vi.waitFor(() => expect(texts(palette, '.hit')).toHaveLength(4))
    return { palette, input: inside(palette, 'input', HTMLInputElement) }
  }
  const taken = (palette: Element) => inside(palette, '[aria-selected="true"]', HTMLElement).textContent.trim()

  it('lists projects and commands, accessibly', async () => {
    const { palette } = await opened()
    expect(taken(palette)).toContain('Tidewater library')
    expect(await complaints()).toEqual([])
  })

  it('finds commands by the beginnings of their words, and asks the server for projects', async () => {
    const { palette, input } = await opened()
    found.projects = []
    await userEvent.type(input, 'org')
    await vi.waitFor(() => expect(texts(palette, '.hit')).toEqual([expect.stringContaining('Create an organization')]))
    expect(found.asked.at(-1)).toMatchObject({ org: 'halden-roe', q: 'org' })
  })

  it('takes what the arrows marked, and closes first', async () => {
    const { palette } = await opened()
    const closed = next(palette, 'ui-close')
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    await closed
    expect(run).toHaveBeenCalledExactlyOnceWith('make')
  })

  it('opens a project', async () => {
    const going = vi.spyOn(router, 'go').mockResolvedValue(undefined)
    await opened()
    await userEvent.keyboard('{Enter}')
    expect(going).toHaveBeenCalledWith('/orgs/halden-roe/projects/p1')
    going.mockRestore()
  })

  it('says when nothing matches, and tells its owner when it closes', async () => {
    const { palette, input } = await opened()
    found.projects = []
    await userEvent.type(input, 'pavillion')
    await vi.waitFor(() => expect(texts(palette, '.nothing')).toEqual(['Nothing matches “pavillion”.']))
    const closed = next(palette, 'ui-close')
    await userEvent.keyboard('{Escape}')
    await closed
    expect(run).not.toHaveBeenCalled()
  })
})

describe('the help', () => {
  it('lists every key by where it works, and has the switch for single keys', async () => {
    const help = await show(html`<app-help .commands=${[command('go', 'Projects', 'g p'), command('theme', 'Switch theme')]}></app-help>`)
    expect(texts(help, 'dt')).toEqual(['Projects', 'Next or previous', 'Move in a list', 'Open', 'Close or cancel'])
    expect(inside(help, '[role="switch"]', HTMLInputElement).checked).toBe(true)
    expect(await complaints()).toEqual([])
  })
})
