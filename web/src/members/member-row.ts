/** One member as a row: who, with which role, since when, and what may be done. On a phone it is a card. */
import type { Member } from '@mortise/shared/members'
import type { Role } from '@mortise/shared/permissions'
import { html, nothing } from 'lit'
import { live } from 'lit/directives/live.js'
import type { ChoiceEvent } from '../ui/events.ts'
import type { Question } from './question-words.ts'
import { mayRemove, roleWords, rolesToGive } from './roles.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-initials.ts'
import '../ui/ui-menu.ts'
import '../ui/ui-select.ts'
import '../ui/ui-time.ts'

type View = {
  /** The reader's role; null until it is known, and then nothing is offered. */
  mine: Role | null
  isMe: boolean
  isNew: boolean
  give: (member: Member, role: Role) => unknown
  ask: (question: Question) => unknown
}

export function memberRow(member: Member, view: View) {
  return html`<tr role="row" class=${view.isNew ? 'is-new' : ''}>
    <td role="cell" class="lead grow">
      <span class="person"
        ><ui-initials name=${member.name} ?you=${view.isMe}></ui-initials
        ><span><b>${member.name}${view.isMe ? html` <span class="muted">(you)</span>` : nothing}</b></span></span
      >
    </td>
    <td role="cell" data-label="Role">${roleOf(member, view)}</td>
    <td role="cell" data-label="Joined" class="nowrap"><ui-time datetime=${member.joinedAt}></ui-time></td>
    <td role="cell" class="acts end">${actions(member, view)}</td>
  </tr>`
}

function roleOf(member: Member, { mine, isMe, give }: View) {
  const choices = mine === null || isMe ? [] : rolesToGive(mine, member.role)
  if (choices.length === 0) return html`<span class="badge">${roleWords[member.role]}</span>`
  return html`<ui-select
    compact
    quiet
    label-hidden
    label="Role of ${member.name}"
    .options=${choices.map((role) => ({ value: role, label: roleWords[role] }))}
    .value=${live(member.role)}
    @ui-choice=${(event: ChoiceEvent) => give(member, event.value as Role)}
  ></ui-select>`
}

function actions(member: Member, { mine, isMe, ask }: View) {
  if (mine === null || (!isMe && !mayRemove(mine, member.role))) return nothing
  const menu = `of-${member.userId}`
  return html`<button class="btn quiet only small" type="button" popovertarget=${menu} aria-label="More for ${member.name}">
      <ui-icon name="more"></ui-icon>
    </button>
    <ui-menu
      id=${menu}
      from-end
      label=${member.name}
      .content=${() => (isMe ? ownActions(member, ask) : theirActions(member, mine, ask))}
    ></ui-menu>`
}

const ownActions = (member: Member, ask: View['ask']) => html`
  ${
    member.role === 'owner'
      ? html`<button type="button" @click=${() => ask({ about: 'step-down', member })}>
          <ui-icon name="user"></ui-icon>Become an admin
        </button>`
      : nothing
  }
  <button type="button" class="danger" @click=${() => ask({ about: 'leave', member })}>
    <ui-icon name="signOut"></ui-icon>Leave organization
  </button>
`

const theirActions = (member: Member, mine: Role, ask: View['ask']) => html`
  ${
    mine === 'owner' && member.role !== 'owner'
      ? html`<button type="button" @click=${() => ask({ about: 'ownership', member })}><ui-icon name="lock"></ui-icon>Make owner</button>`
      : nothing
  }
  <button type="button" class="danger" @click=${() => ask({ about: 'remove', member })}>
    <ui-icon name="trash"></ui-icon>Remove from organization
  </button>
`
