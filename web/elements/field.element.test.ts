/** Controls in forms. */
import { html } from 'lit'
import { describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { ChoiceEvent } from '../src/ui/events.ts'
import { UiField } from '../src/ui/ui-field.ts'
import { UiSelect } from '../src/ui/ui-select.ts'
import { inside, next, show } from './show.ts'
import '../src/ui/ui-segment.ts'

const options = ['todo', 'doing', 'done'].map((value) => ({ value, label: value }))

describe('a field', () => {
  it('is part of its form: what is typed is what is sent', async () => {
    const form = await show<HTMLFormElement>(html`<form><ui-field label="Name" name="name"></ui-field></form>`)
    const field = inside(form, 'ui-field', UiField)
    await userEvent.type(inside(field, 'input', HTMLInputElement), 'Quarry Lane')
    await field.updateComplete
    expect(new FormData(form).get('name')).toBe('Quarry Lane')
  })

  it('submits its form on Enter, but not from several lines', async () => {
    const form = await show<HTMLFormElement>(
      html`<form><ui-field label="Name"></ui-field><ui-field label="More" rows="3"></ui-field></form>`,
    )
    let sent = 0
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      sent += 1
    })
    await userEvent.type(inside(inside(form, 'ui-field + ui-field', UiField), 'textarea', HTMLElement), 'one{Enter}two')
    expect(sent).toBe(0)
    await userEvent.type(inside(inside(form, 'ui-field', UiField), 'input', HTMLElement), 'x{Enter}')
    expect(sent).toBe(1)
  })

  it('ties its error to the input and takes the place of the hint', async () => {
    const field = await show<UiField>(html`<ui-field label="Name" hint="Short" error="Fill this in."></ui-field>`)
    const input = inside(field, 'input', HTMLInputElement)
    expect(input.getAttribute('aria-invalid')).toBe('true')
    expect(inside(field, `#${input.getAttribute('aria-describedby')}`, HTMLElement).textContent).toContain('Fill this in.')
    expect(field.shadowRoot?.textContent).not.toContain('Short')
  })

  it('passes focus on to its input', async () => {
    const field = await show<UiField>(html`<ui-field label="Name"></ui-field>`)
    field.focus()
    expect(field.shadowRoot?.activeElement).toBe(inside(field, 'input', HTMLInputElement))
  })
})

describe('a choice', () => {
  it('of a select is told by an event and sent with the form', async () => {
    const form = await show<HTMLFormElement>(
      html`<form><ui-select label="Status" name="status" .options=${options} value="todo"></ui-select></form>`,
    )
    const select = inside(form, 'ui-select', UiSelect)
    const told = next<ChoiceEvent>(form, 'ui-choice')
    await userEvent.selectOptions(inside(select, 'select', HTMLSelectElement), 'done')
    expect((await told).value).toBe('done')
    await select.updateComplete
    expect(new FormData(form).get('status')).toBe('done')
  })

  it('of a segment moves by arrow keys', async () => {
    const segment = await show(html`<ui-segment label="Status" .options=${options} value="todo"></ui-segment>`)
    const told = next<ChoiceEvent>(segment, 'ui-choice')
    segment.focus()
    await userEvent.keyboard('{ArrowRight}')
    expect((await told).value).toBe('doing')
  })
})
