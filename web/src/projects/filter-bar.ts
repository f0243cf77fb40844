/** Which tasks of a project to look at: by words, assignee and status. */
import type { Member } from '@mortise/shared/members'
import { html, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { isFiltering, type Filter } from '../tasks/filter.ts'
import { groups } from '../tasks/rows.ts'
import { statusWord } from '../ui/ui-glyph.ts'
import '../ui/ui-icon.ts'

type View = { members: readonly Member[]; shown: number; of: number; change: (filter: Filter) => void }

export function filterBar(filter: Filter, { members, shown, of, change }: View): TemplateResult {
  const people = [
    { value: '', label: 'Any assignee' },
    { value: 'me', label: 'Mine' },
    { value: 'none', label: 'Nobody' },
    ...members.map(({ userId, name }) => ({ value: userId, label: name })),
  ]
  const states = [{ value: '', label: 'Any status' }, ...groups.map((value) => ({ value, label: statusWord[value] }))]
  return html`<div class="filters" role="group" aria-label="Filter tasks">
    <span class="find">
      <ui-icon name="search"></ui-icon>
      <input
        class="input"
        type="search"
        aria-label="Filter by words"
        placeholder="Filter by words"
        maxlength="100"
        .value=${live(filter.q)}
        @input=${(event: Event) => change({ ...filter, q: (event.target as HTMLInputElement).value })}
      />
    </span>
    ${choice('Assignee', people, filter.assignee, (assignee) => change({ ...filter, assignee }))}
    ${choice('Status', states, filter.status, (status) => change({ ...filter, status: status as Filter['status'] }))}
    <span class="t13 muted num push ${isFiltering(filter) ? 'is-on' : ''}" role="status"
      >${shown.toLocaleString()} of ${of.toLocaleString()}</span
    >
  </div>`
}

function choice(label: string, options: { value: string; label: string }[], value: string, chosen: (value: string) => void) {
  return html`<span class="select small"
    ><select aria-label=${label} @change=${(event: Event) => chosen((event.target as HTMLSelectElement).value)}>
      ${options.map((option) => html`<option value=${option.value} .selected=${option.value === value}>${option.label}</option>`)}</select
    ><ui-icon name="down" small></ui-icon
  ></span>`
}
