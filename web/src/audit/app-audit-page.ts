/** The audit trail of an organization: who did what, when and from where. */
import { consume } from '@lit/context'
import type { AuditEntry } from '@mortise/shared/audit'
import type { Organization } from '@mortise/shared/organizations'
import type { Page } from '@mortise/shared/pages'
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { organizationContext, personContext } from '../contexts.ts'
import { Query } from '../controllers/query.ts'
import { fetchMembers } from '../members/all-members.ts'
import { problem } from '../messages.ts'
import { may } from '../permission.ts'
import type { Person } from '../session.ts'
import chainText from '../styles/chain.css?inline'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { fetchEntries, newestEntry } from './entries.ts'
import { entryRow } from './entry.ts'
import { filterBar } from './filter-bar.ts'
import { everything, filterFrom, isFiltering, searchOf, type Filter } from './filter.ts'
import '../ui/ui-empty.ts'

@customElement('app-audit-page')
export class AuditPage extends LitElement {
  static override styles = [
    ...page,
    sheet(chainText),
    css`
      :host {
        display: block;
        --skeleton-row: 2.75rem;
      }
      .filters .select {
        max-width: 14rem;
      }
      @media (max-width: 40rem) {
        .filters .select {
          flex: 1 1 8.5rem;
          max-width: none;
        }
      }
      .news {
        margin-bottom: var(--s3);
      }
    `,
  ]

  @property() org = ''
  @consume({ context: organizationContext, subscribe: true }) organization: Organization | null = null
  @consume({ context: personContext, subscribe: true }) person: Person | null = null
  @state() private filter: Filter = everything
  @state() private pages = 1

  readonly #mayRead = () => may(this.organization, 'audit:read')
  #entries = new Query(this, (signal) => fetchEntries(this.org, this.filter, this.pages, signal), {
    when: this.#mayRead,
    key: () => [this.org, this.filter, this.pages],
  })
  // What arrives waits to be asked for: nothing moves under somebody who reads.
  #newest = new Query(this, (signal) => newestEntry(this.org, this.filter, signal), {
    when: this.#mayRead,
    key: () => [this.org, this.filter],
  }).follow('*')
  #members = new Query(this, (signal) => fetchMembers(this.org, '', 1, signal), { when: this.#mayRead, key: () => this.org }).follow(
    'member.*',
  )

  override connectedCallback() {
    super.connectedCallback()
    this.filter = filterFrom(location.search)
    addEventListener('popstate', this.#back)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    removeEventListener('popstate', this.#back)
  }

  override render() {
    return html`<div class="head">
        <div>
          <h1 tabindex="-1">Audit</h1>
          <p>Who did what, when and from where. Each entry is joined to the one before, so none can be changed unseen.</p>
        </div>
      </div>
      ${this.organization && !this.#mayRead() ? problem({ data: { error: 'FORBIDDEN' } }) : this.#trail()}`
  }

  #trail() {
    return html`${filterBar(this.filter, {
      members: this.#members.value?.items ?? [],
      me: this.person?.id,
      shown: this.#counted(),
      change: (filter) => this.#look(filter),
    })}
    ${this.#news()}
    ${this.#entries.render({
      pending: () => html`<ui-skeleton rows="8" label="Loading the entries"></ui-skeleton>`,
      empty: () => this.#nothing(),
      complete: (list) => this.#chain(list),
    })}`
  }

  #chain({ items, nextCursor }: Page<AuditEntry>) {
    const isWhole = !isFiltering(this.filter)
    return html`<ol class="chain" aria-label="Entries, newest first">
        ${repeat(
          items,
          ({ seq }) => seq,
          (entry, at) => entryRow(entry, { me: this.person?.id, below: items[at + 1]?.seq, isHead: isWhole && at === 0 }),
        )}
      </ol>
      ${nextCursor === null ? nothing : html`<div class="pages"><button class="btn" type="button" @click=${() => (this.pages += 1)}>Load more</button></div>`}`
  }

  #news() {
    const count = this.#unseen
    return html`<div role="status">
      ${
        count > 0
          ? html`<button class="btn small news" type="button" @click=${this.#entries.reload}>
              Show ${isFiltering(this.filter) ? 'new entries' : count === 1 ? 'a new entry' : `${count.toLocaleString()} new entries`}
            </button>`
          : nothing
      }
    </div>`
  }

  /** How much newer the newest entry is than the first one shown. */
  get #unseen(): number {
    const list = this.#entries.value
    return list && this.#entries.status === 'complete' ? Math.max(0, (this.#newest.value ?? 0) - (list.items[0]?.seq ?? 0)) : 0
  }

  #nothing() {
    if (!isFiltering(this.filter))
      return html`<ui-empty heading="Nothing has been changed yet"
        >Whatever somebody adds, changes or deletes in ${this.organization?.name ?? 'the organization'} is written down here, for
        good.</ui-empty
      >`
    return html`<ui-empty drawing="none" heading="No entry fits">
      Nobody did this, or not in this time.
      <button slot="action" class="btn" type="button" @click=${() => this.#look(everything)}>Show all entries</button>
    </ui-empty>`
  }

  #counted(): string {
    const list = this.#entries.value
    if (!list || list.items.length === 0) return ''
    if (list.nextCursor !== null) return `The newest ${list.items.length.toLocaleString()}`
    return list.items.length === 1 ? '1 entry' : `${list.items.length.toLocaleString()} entries`
  }

  #look(filter: Filter) {
    this.filter = filter
    this.pages = 1
    history.pushState(null, '', location.pathname + searchOf(filter))
  }

  #back = () => {
    this.filter = filterFrom(location.search)
    this.pages = 1
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-audit-page': AuditPage
  }
}
