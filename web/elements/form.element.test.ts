/** A form: when it complains, where, and what a lost session leaves of it. */
import { LitElement, html } from 'lit'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { z } from 'zod'
import { Form } from '../src/controllers/form.ts'
import { session } from '../src/session.ts'
import { UiField } from '../src/ui/ui-field.ts'
import { complaints } from './axe.ts'
import { inside, show } from './show.ts'

const schema = z.strictObject({ org: z.string(), name: z.string().min(1).max(5), slug: z.string().min(3).optional() })
const submit = vi.fn<(value: z.infer<typeof schema>) => Promise<unknown>>()

class FormUnderTest extends LitElement {
  form = new Form(this, 'test', { schema, values: () => ({ org: 'o', name: '' }), submit })

  override render() {
    return html`<form novalidate @submit=${this.form.submit}>
      ${this.form.summary()}
      <ui-field label="Name" ${this.form.field('name')}></ui-field>
      <ui-field label="Address" ${this.form.field('slug', { optional: true })}></ui-field>
      <button>Save</button>
    </form>`
  }
}
customElements.define('form-under-test', FormUnderTest)

beforeEach(() => {
  submit.mockReset().mockResolvedValue(undefined)
  sessionStorage.clear()
})

const begun = async () => {
  const host = await show<FormUnderTest>(html`<form-under-test></form-under-test>`)
  const name = inside(host, 'ui-field', UiField)
  const slug = inside(host, 'ui-field + ui-field', UiField)
  const save = () => userEvent.click(inside(host, 'button', HTMLButtonElement))
  return {
    host,
    name,
    slug,
    save,
    type: (field: UiField, words: string) => userEvent.type(inside(field, 'input', HTMLInputElement), words),
  }
}

describe('a form', () => {
  it('does not complain while somebody types, and does when they leave the field', async () => {
    const { name, slug, type } = await begun()
    await type(name, 'far too long')
    expect(name.error).toBe('')
    slug.focus()
    await vi.waitFor(() => expect(name.error).toBe('Use at most 5 characters.'))
  })

  it('leaves a field alone that somebody only passed through', async () => {
    const { name, slug } = await begun()
    name.focus()
    slug.focus()
    await new Promise((done) => setTimeout(done, 20))
    expect(name.error).toBe('')
  })

  it('marks the one wrong field on submit and goes there', async () => {
    const { name, save } = await begun()
    await save()
    await vi.waitFor(() => expect(name.error).toBe('Fill this in.'))
    await vi.waitFor(() => expect(name.matches(':focus-within, :focus')).toBe(true))
    expect(submit).not.toHaveBeenCalled()
  })

  it('lists several wrong fields with links to them, accessibly', async () => {
    const { host, slug, type, save } = await begun()
    await type(slug, 'x')
    await save()
    await vi.waitFor(() => expect(host.shadowRoot?.querySelectorAll('.counted a')).toHaveLength(2))
    expect(await complaints()).toEqual([])
    inside(host, '.counted li:last-child a', HTMLAnchorElement).click()
    expect(host.shadowRoot?.activeElement).toBe(slug)
  })

  it('sends what is right, without the fields that were left empty, and starts afresh', async () => {
    const { name, type } = await begun()
    await type(name, 'Ines{Enter}')
    await vi.waitFor(() => expect(submit).toHaveBeenCalledWith({ org: 'o', name: 'Ines' }))
    await vi.waitFor(() => expect(name.value).toBe(''))
  })

  it('puts the complaints of the server beside its fields, and the rest above them', async () => {
    const { host, name, type } = await begun()
    const refusal = (data: object) => Object.assign(new Error('refused'), { data })
    submit.mockRejectedValueOnce(refusal({ error: 'VALIDATION_FAILED', issues: [{ path: 'name', message: 'Not this one' }] }))
    await type(name, 'Ines{Enter}')
    await vi.waitFor(() => expect(name.error).toBe('Not this one'))
    submit.mockRejectedValueOnce(refusal({ error: 'INTERNAL', requestId: 'r-1' }))
    await userEvent.click(inside(host, 'button', HTMLButtonElement))
    await vi.waitFor(() => expect(inside(host, 'ui-problem', HTMLElement).getAttribute('request-id')).toBe('r-1'))
    expect(name.value).toBe('Ines')
  })

  it('is sent once, however often somebody presses', async () => {
    const { name, type, save } = await begun()
    submit.mockReturnValue(new Promise(() => undefined))
    await type(name, 'Ines{Enter}')
    await save()
    expect(submit).toHaveBeenCalledOnce()
  })

  it('comes back after a lost session with what was typed', async () => {
    const { name, type } = await begun()
    await type(name, 'Ines')
    const user = { id: 'u', name: 'guest-1', kind: 'guest' as const }
    session.begin({ token: 't', expiresAt: new Date(Date.now() + 600_000).toISOString(), user })
    session.lose()
    document.body.replaceChildren()
    const again = await begun()
    expect(again.name.value).toBe('Ines')
  })
})
