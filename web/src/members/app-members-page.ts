/** The people of an organization and the links that let more in; stays true while others join, leave and change roles. */
import { consume } from '@lit/context'
import type { Invitation } from '@mortise/shared/invitations'
import type { Member } from '@mortise/shared/members'
import type { Organization } from '@mortise/shared/organizations'
import type { Page } from '@mortise/shared/pages'
import type { Role } from '@mortise/shared/permissions'
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { api } from '../api.ts'
import { Commands } from '../commands.ts'
import { organizationContext, personContext } from '../contexts.ts'
import { Mutation } from '../controllers/mutation.ts'
import { Query } from '../controllers/query.ts'
import { may } from '../permission.ts'
import type { Person } from '../session.ts'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import tableText from '../styles/table.css?inline'
import { fetchMembers } from './all-members.ts'
import { Arrivals } from './arrivals.ts'
import { memberRow } from './member-row.ts'
import type { Question } from './question-words.ts'
import { headcount } from './headcount.ts'
import { aRole } from './roles.ts'
import '../invitations/app-invite-dialog.ts'
import '../invitations/app-open-invitations.ts'
import './app-member-question.ts'
import '../ui/ui-empty.ts'

const typingMs = 200

type Gift = { member: Member; role: Role }

@customElement('app-members-page')
export class MembersPage extends LitElement {
  static override styles = [
    ...page,
    sheet(tableText),
    css`
      :host {
        --skeleton-row: 2.75rem;
      }
      .section-head .find {
        margin-block: calc(-1 * var(--s2)) 0;
      }
      .is-new td {
        animation: arrive 3s var(--ease) both;
      }
      @keyframes arrive {
        0%,
        55% {
          background: var(--tint);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .is-new td {
          background: var(--tint);
        }
      }
      @media (max-width: 47.99rem) {
        .section-head .find {
          margin-block: var(--s2) 0;
        }
      }
    `,
  ]

  @property() org = ''
  @consume({ context: personContext, subscribe: true }) person: Person | null = null
  @consume({ context: organizationContext, subscribe: true }) organization: Organization | null = null
  @state() private q = ''
  @state() private pages = 1
  @state() private question: Question | null = null
  @state() private isInviting = false
  @state() private news = ''

  #members = new Query(this, (signal) => fetchMembers(this.org, this.q, this.pages, signal), { key: () => [this.q, this.pages] }).follow(
    'member.*',
  )
  #invitations = new Query(this, (signal) => api.invitations.list.query({ org: this.org, limit: 100 }, { signal }), {
    when: () => this.#mayInvite,
  }).follow('member.joined')
  #arrivals = new Arrivals(this)
  #typing: ReturnType<typeof setTimeout> | undefined
  #give: Mutation<Gift, Member> = new Mutation(this, ({ member, role }: Gift) => this.#setRole(member, role), {
    optimistic: ({ member, role }) => this.#members.patch((list) => withRole(list, member.userId, role)),
    said: ({ member, role }) => `${member.name} is now ${aRole[role]}.`,
    undo: ({ member }, changed) => this.#give.run({ member: changed, role: member.role }),
  })

  protected readonly commands = new Commands(this, () =>
    this.#mayInvite
      ? [
          {
            id: 'member.invite',
            label: 'Invite people by link',
            keys: 'c',
            icon: 'userAdd',
            group: 'Commands',
            run: () => (this.isInviting = true),
          },
        ]
      : [],
  )

  get #mayInvite(): boolean {
    return may(this.organization, 'invitation:manage')
  }

  override connectedCallback() {
    super.connectedCallback()
    this.isInviting = new URLSearchParams(location.search).has('invite')
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#typing)
  }

  override render() {
    return html`<div class="head">
        <div>
          <h1 tabindex="-1">Members</h1>
          <p>${headcount(this.#members.value, this.#invitations.value, this.q)}</p>
        </div>
        ${
          this.#mayInvite
            ? html`<div class="row">
                <button class="btn primary" type="button" @click=${() => (this.isInviting = true)}>
                  <ui-icon name="userAdd"></ui-icon>Invite people
                </button>
              </div>`
            : nothing
        }
      </div>
      <section aria-labelledby="people">
        <div class="section-head">
          <h2 id="people">People</h2>
          <div class="find">
            <ui-icon name="search"></ui-icon
            ><input
              class="input"
              type="search"
              aria-label="Find a person"
              placeholder="Find a person"
              maxlength="100"
              @input=${this.#search}
            />
          </div>
        </div>
        ${this.#members.render({ empty: () => this.#nobody(), complete: (list) => this.#table(list) })}
      </section>
      ${this.#mayInvite ? this.#links() : nothing}
      <p class="vh" role="status">${this.news}</p>
      ${this.#dialogs()}`
  }

  protected override willUpdate() {
    if (this.#members.status !== 'complete') return
    const people = this.#members.value?.items ?? []
    const came = this.#arrivals.see(
      JSON.stringify([this.q, this.pages]),
      people.map(({ userId }) => userId),
    )
    const names = people.filter(({ userId }) => came.includes(userId)).map(({ name }) => name)
    if (names.length > 0) this.news = `${names.join(', ')} joined.`
  }

  #table(list: Page<Member>) {
    return html`<div class="fit">
        <table class="table" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">Person</th>
              <th role="columnheader" scope="col">Role</th>
              <th role="columnheader" scope="col">Joined</th>
              <th role="columnheader" scope="col"><span class="vh">Actions</span></th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${repeat(
              list.items,
              (member) => member.userId,
              (member) => this.#row(member),
            )}
          </tbody>
        </table>
      </div>
      ${list.nextCursor === null ? nothing : html`<div class="pages"><button class="btn" type="button" @click=${() => (this.pages += 1)}>Show more</button></div>`}`
  }

  #row(member: Member) {
    return memberRow(member, {
      mine: this.organization?.role ?? null,
      isMe: member.userId === this.person?.id,
      isNew: this.#arrivals.isNew(member.userId),
      give: this.#choose,
      ask: (question) => (this.question = question),
    })
  }

  #nobody() {
    return html`<p class="soft lede">Nobody here is called “${this.q}”.</p>`
  }

  #links() {
    const names = new Map(this.#members.value?.items.map(({ userId, name }) => [userId, name]))
    return html`<section class="section" aria-labelledby="links">
      <div class="section-head">
        <h2 id="links">Open invitations</h2>
        <span class="t13 muted">Each link admits one person, then it is used up</span>
      </div>
      ${this.#invitations.render({
        empty: () => html`<p class="soft lede">No link is open. Invite somebody, and the link stands here until it is used or expires.</p>`,
        complete: ({ items }: Page<Invitation>) =>
          html`<app-open-invitations
            .org=${this.org}
            .items=${items}
            .names=${names}
            .me=${this.person?.id ?? ''}
            @revoked=${this.#invitations.reload}
          ></app-open-invitations>`,
      })}
    </section>`
  }

  #dialogs() {
    return html`<app-member-question
        .org=${this.org}
        .question=${this.question}
        .me=${this.#me}
        ?isOnlyOwner=${this.#isOnlyOwner}
        @ui-close=${() => (this.question = null)}
      ></app-member-question>
      ${
        this.#mayInvite
          ? html`<app-invite-dialog
              .org=${this.org}
              ?open=${this.isInviting}
              @made=${this.#invitations.reload}
              @ui-close=${() => (this.isInviting = false)}
            ></app-invite-dialog>`
          : nothing
      }`
  }

  get #me(): Member | undefined {
    return this.#members.value?.items.find(({ userId }) => userId === this.person?.id)
  }

  /** Known only when everybody is in view; otherwise the server says so. */
  get #isOnlyOwner(): boolean {
    const list = this.#members.value
    if (this.q !== '' || !list || list.nextCursor !== null) return false
    return this.#me?.role === 'owner' && list.items.filter(({ role }) => role === 'owner').length === 1
  }

  // Ownership has consequences worth a question; any other role is a choice that can be undone.
  #choose = (member: Member, role: Role) => {
    this.requestUpdate()
    if (role === 'owner') this.question = { about: 'ownership', member }
    else if (role !== member.role) void this.#give.run({ member, role })
  }

  #setRole = (member: Member, role: Role) =>
    api.members.setRole.mutate({ org: this.org, user: member.userId, role, version: member.version })

  #search = (event: Event) => {
    const q = (event.target as HTMLInputElement).value.trim()
    clearTimeout(this.#typing)
    this.#typing = setTimeout(() => {
      this.q = q
      this.pages = 1
    }, typingMs)
  }
}

const withRole = (list: Page<Member>, userId: string, role: Role): Page<Member> => ({
  ...list,
  items: list.items.map((member) => (member.userId === userId ? { ...member, role } : member)),
})

declare global {
  interface HTMLElementTagNameMap {
    'app-members-page': MembersPage
  }
}
