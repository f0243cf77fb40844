/** Which entries to look at: by person, kind, action and time. */
import type { AuditAction, AuditEntity } from '@mortise/shared/audit'
import type { Member } from '@mortise/shared/members'
import { html, type TemplateResult } from 'lit'
import type { Filter, Period } from './filter.ts'
import '../ui/ui-icon.ts'

type Choice<Value extends string> = readonly { value: Value | ''; label: string }[]

const kinds: Choice<AuditEntity> = [
  { value: '', label: 'Any kind' },
  { value: 'organization', label: 'Organization' },
  { value: 'member', label: 'Members and roles' },
  { value: 'invitation', label: 'Invitations' },
  { value: 'project', label: 'Projects' },
  { value: 'task', label: 'Tasks' },
]
const actions: Choice<AuditAction> = [
  { value: '', label: 'Any action' },
  { value: 'created', label: 'Created' },
  { value: 'changed', label: 'Changed' },
  { value: 'deleted', label: 'Deleted' },
]
const periods: Choice<Period> = [
  { value: '', label: 'Since the start' },
  { value: 'today', label: 'Today' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
]

type View = { members: readonly Member[]; me: string | undefined; shown: string; change: (filter: Filter) => void }

export function filterBar(filter: Filter, { members, me, shown, change }: View): TemplateResult {
  const others = members.filter(({ userId }) => userId !== me).map(({ userId, name }) => ({ value: userId, label: name }))
  const isKnown = ['', 'me', ...others.map(({ value }) => value)].includes(filter.actor)
  const people: Choice<string> = [
    { value: '', label: 'Anyone' },
    { value: 'me', label: 'You' },
    ...others,
    ...(isKnown ? [] : [{ value: filter.actor, label: 'Somebody who has left' }]),
  ]
  return html`<div class="filters" role="group" aria-label="Filter entries">
    ${choice('Person', people, filter.actor, (actor) => change({ ...filter, actor }))}
    ${choice('Kind', kinds, filter.entity, (entity) => change({ ...filter, entity }))}
    ${choice('Action', actions, filter.action, (action) => change({ ...filter, action }))}
    ${choice('Time', periods, filter.period, (period) => change({ ...filter, period }))}
    <span class="t13 muted num push" role="status">${shown}</span>
  </div>`
}

function choice<Value extends string>(label: string, options: Choice<Value>, value: Value | '', chosen: (value: Value | '') => void) {
  return html`<span class="select small"
    ><select aria-label=${label} @change=${(event: Event) => chosen((event.target as HTMLSelectElement).value as Value | '')}>
      ${options.map((option) => html`<option value=${option.value} .selected=${option.value === value}>${option.label}</option>`)}</select
    ><ui-icon name="down" small></ui-icon
  ></span>`
}
