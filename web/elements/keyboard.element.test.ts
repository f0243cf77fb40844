/** Keys: single, one after the other, together; and when they belong to somebody else. */
import { LitElement, html } from 'lit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { Commands, allCommands } from '../src/commands.ts'
import { listenToKeys, singleKeys } from '../src/keyboard.ts'
import { show } from './show.ts'

const run = vi.fn<(id: string) => void>()

class PartUnderTest extends LitElement {
  commands = new Commands(this, () =>
    ['c', 'g p', 'g d', 'Ctrl K', '?'].map((keys) => ({ id: keys, label: keys, keys, run: () => run(keys) })),
  )
}
customElements.define('part-under-test', PartUnderTest)

let stop: () => void
beforeEach(async () => {
  run.mockReset()
  stop = listenToKeys()
  await show(html`<part-under-test></part-under-test>`)
})
afterEach(() => {
  stop()
  singleKeys.areOn = true
})

const ran = () => run.mock.calls.map(([id]) => id)

describe('a key', () => {
  it('runs its command, alone, after another, or with Ctrl or Cmd', async () => {
    await userEvent.keyboard('c')
    await userEvent.keyboard('gp')
    await userEvent.keyboard('{Control>}k{/Control}')
    await userEvent.keyboard('{Meta>}k{/Meta}')
    await userEvent.keyboard('?')
    expect(ran()).toEqual(['c', 'g p', 'Ctrl K', 'Ctrl K', '?'])
  })

  it('belongs to the text while somebody writes, except together with Ctrl', async () => {
    const input = await show<HTMLInputElement>(html`<input aria-label="Name" />`)
    await userEvent.type(input, 'cgp')
    expect(ran()).toEqual([])
    await userEvent.keyboard('{Control>}k{/Control}')
    expect(ran()).toEqual(['Ctrl K'])
  })

  it('belongs to the dialog that is open', async () => {
    const dialog = await show<HTMLDialogElement>(html`<dialog><button>Close</button></dialog>`)
    dialog.showModal()
    await userEvent.keyboard('c')
    expect(ran()).toEqual([])
    dialog.close()
  })

  it('does nothing alone when single keys are off, and Ctrl K still does', async () => {
    singleKeys.areOn = false
    await userEvent.keyboard('c')
    await userEvent.keyboard('{Control>}k{/Control}')
    expect(ran()).toEqual(['Ctrl K'])
  })
})

describe('a command', () => {
  it('goes with the part that offers it', () => {
    expect(allCommands()).toHaveLength(5)
    document.querySelector('part-under-test')?.remove()
    expect(allCommands()).toEqual([])
  })
})
