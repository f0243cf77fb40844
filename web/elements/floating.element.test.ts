/** What floats: dialogs, menus and toasts, with the keyboard. */
import { html } from 'lit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { UiDialog } from '../src/ui/ui-dialog.ts'
import { UiMenu } from '../src/ui/ui-menu.ts'
import type { UiToasts } from '../src/ui/ui-toasts.ts'
import { inside, next, show, texts } from './show.ts'
import '../src/ui/ui-toasts.ts'

afterEach(() => void vi.useRealTimers())

describe('a dialog', () => {
  const withButton = async () => {
    const place = await show(
      html`<div>
        <button id="opener">Open</button><ui-dialog heading="Rename"><input aria-label="Name" /></ui-dialog>
      </div>`,
    )
    const opener = inside(place, '#opener', HTMLButtonElement)
    const dialog = inside(place, 'ui-dialog', UiDialog)
    opener.focus()
    dialog.open = true
    await dialog.updateComplete
    await new Promise(requestAnimationFrame)
    return { opener, dialog, input: inside(place, 'input', HTMLInputElement) }
  }

  it('puts focus on the first field and gives it back to where it was', async () => {
    const { opener, dialog, input } = await withButton()
    expect(document.activeElement).toBe(input)
    const closed = next(dialog, 'ui-close')
    await userEvent.keyboard('{Escape}')
    await closed
    expect(dialog.open).toBe(false)
    expect(document.activeElement).toBe(opener)
  })

  it('closes by its cross', async () => {
    const { dialog } = await withButton()
    const closed = next(dialog, 'ui-close')
    inside(dialog, '[aria-label="Close"]', HTMLButtonElement).click()
    await closed
    expect(dialog.open).toBe(false)
  })
})

describe('a menu', () => {
  const opened = async () => {
    const place = await show(
      html`<div>
        <button popovertarget="m">More</button
        ><ui-menu id="m" label="More"
          ><button>Edit</button>
          <hr />
          <button>Archive</button><a href="#x">Open</a></ui-menu
        >
      </div>`,
    )
    const menu = inside(place, 'ui-menu', UiMenu)
    await userEvent.click(inside(place, 'button', HTMLButtonElement))
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Edit'))
    return { place, menu }
  }

  it('moves through its items by arrow keys, round and to the ends', async () => {
    await opened()
    const at = () => document.activeElement?.textContent
    await userEvent.keyboard('{ArrowDown}')
    expect(at()).toBe('Archive')
    await userEvent.keyboard('{End}')
    expect(at()).toBe('Open')
    await userEvent.keyboard('{ArrowDown}')
    expect(at()).toBe('Edit')
    await userEvent.keyboard('{ArrowUp}')
    expect(at()).toBe('Open')
  })

  it('makes its content when it is opened, keeps it true while it is open, and lets it go', async () => {
    const menu = new UiMenu()
    const words = (text: string) => (menu.content = () => html`<button>${text}</button>`)
    words('Edit')
    document.body.append(menu)
    await menu.updateComplete
    expect(menu.childElementCount).toBe(0)
    menu.showPopover()
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Edit'))
    words('Edit it')
    await menu.updateComplete
    expect(menu.textContent).toBe('Edit it')
    menu.hidePopover()
    await vi.waitFor(() => expect(menu.childElementCount).toBe(0))
  })

  it('closes when something is chosen, and by Escape, which gives focus back', async () => {
    const { place, menu } = await opened()
    await userEvent.keyboard('{Escape}')
    expect(menu.matches(':popover-open')).toBe(false)
    expect(document.activeElement).toBe(place.querySelector('button'))
    await userEvent.click(inside(place, 'button', HTMLButtonElement))
    await userEvent.keyboard('{Enter}')
    expect(menu.matches(':popover-open')).toBe(false)
  })

  it('floats beside its button', async () => {
    const { place, menu } = await opened()
    const button = inside(place, 'button', HTMLButtonElement).getBoundingClientRect()
    const sheet = menu.getBoundingClientRect()
    expect(sheet.top).toBeGreaterThanOrEqual(button.bottom)
    expect(sheet.top - button.bottom).toBeLessThan(12)
  })
})

describe('a toast', () => {
  const stack = () => show<UiToasts>(html`<ui-toasts></ui-toasts>`)
  const lines = (toasts: UiToasts) => texts(toasts, '.said')

  it('goes after eight seconds', async () => {
    const toasts = await stack()
    vi.useFakeTimers()
    toasts.add({ said: 'Task deleted.' })
    await vi.advanceTimersByTimeAsync(7_500)
    expect(lines(toasts)).toEqual(['Task deleted.'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(lines(toasts)).toEqual([])
  })

  it('stays as long as it has focus', async () => {
    const toasts = await stack()
    toasts.add({ said: 'Task deleted.', undo: () => undefined })
    await toasts.updateComplete
    vi.useFakeTimers()
    inside(toasts, 'button', HTMLButtonElement).focus()
    toasts.add({ said: 'Another one.' })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(lines(toasts)).toHaveLength(2)
    inside(toasts, 'button', HTMLButtonElement).blur()
    vi.useRealTimers()
  })

  it('undoes once and is gone', async () => {
    const toasts = await stack()
    const undo = vi.fn()
    toasts.add({ said: 'Task deleted.', undo })
    await toasts.updateComplete
    inside(toasts, 'button', HTMLButtonElement).click()
    await toasts.updateComplete
    expect(undo).toHaveBeenCalledOnce()
    expect(lines(toasts)).toEqual([])
  })

  it('that is the newest to be taken back is taken back by one key, and says so', async () => {
    const toasts = await stack()
    const [first, second] = [vi.fn(), vi.fn()]
    toasts.add({ said: 'Moved.', undo: first })
    toasts.add({ said: 'Renamed.', undo: second })
    toasts.add({ said: 'Link copied.' })
    await toasts.updateComplete
    expect(toasts.renderRoot.querySelectorAll('ui-kbd')).toHaveLength(1)
    toasts.undoLast()
    toasts.undoLast()
    toasts.undoLast()
    await toasts.updateComplete
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1])
    expect(lines(toasts)).toEqual(['Link copied.'])
  })

  it('is read politely, and three at most stand at once', async () => {
    const toasts = await stack()
    for (const said of ['One', 'Two', 'Three', 'Four']) toasts.add({ said })
    await toasts.updateComplete
    expect(inside(toasts, '[role="status"]', HTMLElement).getAttribute('aria-live')).toBe('polite')
    expect(lines(toasts)).toEqual(['Two', 'Three', 'Four'])
  })
})
