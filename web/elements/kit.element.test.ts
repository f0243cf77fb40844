/** Every element of the kit in every state that matters, before an accessibility checker and in both themes. */
import { html, type TemplateResult } from 'lit'
import { describe, expect, it } from 'vitest'
import { complaints } from './axe.ts'
import { show } from './show.ts'
import '../src/ui/ui-dialog.ts'
import '../src/ui/ui-empty.ts'
import '../src/ui/ui-field.ts'
import '../src/ui/ui-glyph.ts'
import '../src/ui/ui-icon.ts'
import '../src/ui/ui-initials.ts'
import '../src/ui/ui-kbd.ts'
import '../src/ui/ui-mark.ts'
import '../src/ui/ui-menu.ts'
import '../src/ui/ui-problem.ts'
import '../src/ui/ui-rule.ts'
import '../src/ui/ui-segment.ts'
import '../src/ui/ui-select.ts'
import '../src/ui/ui-skeleton.ts'
import '../src/ui/ui-time.ts'

const roles = [
  { value: 'member', label: 'Member' },
  { value: 'viewer', label: 'Viewer' },
]

const states: Record<string, TemplateResult> = {
  'a field': html`<ui-field label="Name" hint="As your team calls it"></ui-field>`,
  'a field that is wrong': html`<ui-field label="Name" error="Fill this in." value="x"></ui-field>`,
  'a field that may be left empty': html`<ui-field label="Address" optional mono placeholder="made from the name"></ui-field>`,
  'a field that is disabled': html`<ui-field label="Name" disabled value="Fixed"></ui-field>`,
  'several lines': html`<ui-field label="Description" rows="4"></ui-field>`,
  'a date': html`<ui-field label="Due" type="date" value="2026-11-21"></ui-field>`,
  'a field whose label is only read aloud': html`<ui-field label="Search" label-hidden type="search"></ui-field>`,
  'a select': html`<ui-select label="Role" .options=${roles} value="viewer"></ui-select>`,
  'a compact select': html`<ui-select label="Role" label-hidden compact .options=${roles}></ui-select>`,
  'a segment': html`<ui-segment label="Theme" .options=${roles} value="member"></ui-segment>`,
  'an empty state': html`<ui-empty heading="No projects yet"
    >A project holds tasks.<button slot="action" class="btn primary">Add one</button></ui-empty
  >`,
  'a problem': html`<ui-problem heading="The tasks did not load." advice="Nothing is lost." request-id="0199-a" retry></ui-problem>`,
  'a warning': html`<ui-problem heading="You are offline." advice="Check the connection." tone="warn" retry></ui-problem>`,
  news: html`<ui-problem heading="Your role does not allow this." tone="info"></ui-problem>`,
  'the skeleton': html`<ui-skeleton rows="3"></ui-skeleton>`,
  people: html`<p>
    <ui-initials name="Ines Okafor" named></ui-initials><ui-initials name="Maarten de Wit" you named></ui-initials
    ><ui-initials none named></ui-initials>
  </p>`,
  statuses: html`<p>
    <ui-glyph status="todo" worded></ui-glyph><ui-glyph status="doing" worded></ui-glyph><ui-glyph status="done"></ui-glyph>
  </p>`,
  'marks, rules and keys': html`<p>
    <ui-mark></ui-mark><ui-rule .done=${3} .of=${7}></ui-rule><ui-kbd keys="Ctrl K"></ui-kbd><ui-icon name="plus"></ui-icon>
  </p>`,
  'a time': html`<p><ui-time datetime="2026-11-21T09:30:00.000Z"></ui-time></p>`,
  buttons: html`<p>
    <button class="btn">Plain</button><button class="btn primary">Primary</button><button class="btn quiet">Quiet</button
    ><button class="btn danger">Danger</button><button class="btn danger solid">Delete</button
    ><button class="btn only" aria-label="Add"><ui-icon name="plus"></ui-icon></button>
  </p>`,
  'an open dialog': html`<ui-dialog open heading="Delete the project"
    ><p>Its tasks go with it.</p>
    <button slot="foot" class="btn">Keep project</button></ui-dialog
  >`,
}

describe('every state is accessible in both themes:', () => {
  it.each(Object.entries(states))('%s', async (_, template) => {
    await show(template)
    expect(await complaints()).toEqual([])
  })
})

describe('the checker', () => {
  it('sees through shadow roots: an input without a label is a complaint', async () => {
    const host = await show(html`<div></div>`)
    host.attachShadow({ mode: 'open' }).append(document.createElement('input'))
    expect((await complaints()).join()).toContain('label')
  })

  it('sees contrast: grey on paper is a complaint', async () => {
    const words = await show(html`<p>Too faint</p>`)
    words.style.setProperty('color', 'var(--line-2)')
    expect((await complaints()).join()).toContain('color-contrast')
  })
})
