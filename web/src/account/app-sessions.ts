/** Where somebody is signed in: this device first, the others with a way to end them. */
import type { Page } from '@mortise/shared/pages'
import type { Session } from '@mortise/shared/sessions'
import { LitElement, css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { api } from '../api.ts'
import { Mutation } from '../controllers/mutation.ts'
import { Query } from '../controllers/query.ts'
import { problemOf } from '../problem.ts'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import tableText from '../styles/table.css?inline'
import { momentWords } from '../ui/times.ts'
import { deviceOf } from './device.ts'
import '../ui/ui-confirm.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-time.ts'

@customElement('app-sessions')
export class Sessions extends LitElement {
  static override styles = [
    ...page,
    sheet(tableText),
    css`
      :host {
        display: block;
        --skeleton-row: 2.75rem;
      }
      .sign {
        flex: none;
        display: inline-grid;
        place-items: center;
        min-width: 1.75rem;
        height: 1.25rem;
        border: var(--hair) solid var(--line-2);
        border-radius: var(--r-s);
        color: var(--ink-2);
      }
    `,
  ]

  /** Those that the reader is asked about. */
  @state() private asked: readonly Session[] = []

  #sessions = new Query(this, (signal) => api.sessions.list.query({ limit: 100 }, { signal }))
  #end = new Mutation(this, (sessions: readonly Session[]) => endAll(sessions), {
    said: (sessions) => (sessions.length === 1 ? 'The session was ended.' : `${sessions.length} sessions were ended.`),
  })

  override connectedCallback() {
    super.connectedCallback()
    document.addEventListener('visibilitychange', this.#seen)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    document.removeEventListener('visibilitychange', this.#seen)
  }

  override render() {
    const others = this.#sessions.value?.items.filter(({ current }) => !current) ?? []
    return html`<section class="section" aria-labelledby="sessions">
      <div class="section-head">
        <h2 id="sessions">Sessions</h2>
        ${
          others.length > 0
            ? html`<button class="btn quiet small" type="button" @click=${() => (this.asked = others)}>
                ${others.length === 1 ? 'End the other session' : `End the other ${others.length} sessions`}
              </button>`
            : nothing
        }
      </div>
      ${this.#sessions.render({ complete: (list) => this.#table(list) })}
      <p class="fine">Ending a session takes effect within a second, in every window of that device.</p>
      ${this.#question()}
    </section>`
  }

  #table({ items }: Page<Session>) {
    const thisFirst = [...items.filter(({ current }) => current), ...items.filter(({ current }) => !current)]
    return html`<div class="fit">
      <table class="table" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">Device</th>
            <th role="columnheader" scope="col">Last seen</th>
            <th role="columnheader" scope="col"><span class="vh">Actions</span></th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${repeat(
            thisFirst,
            ({ id }) => id,
            (one) => this.#row(one),
          )}
        </tbody>
      </table>
    </div>`
  }

  #row(one: Session) {
    const { name, isHandheld } = deviceOf(one.userAgent)
    return html`<tr role="row">
      <td role="cell" class="lead grow">
        <span class="person"
          ><span class="sign" aria-hidden="true"><ui-icon name=${isHandheld ? 'phone' : 'laptop'} small></ui-icon></span
          ><span title=${one.userAgent}
            ><b>${name}</b
            ><small>Begun ${momentWords(new Date(one.createdAt)).replace(/^T|^Y/, (letter) => letter.toLowerCase())}</small></span
          ></span
        >
      </td>
      <td role="cell" data-label="Last seen" class="nowrap">
        ${one.current ? html`<span class="state ok"><ui-icon name="live" small></ui-icon>This device</span>` : html`<ui-time datetime=${one.lastSeenAt}></ui-time>`}
      </td>
      <td role="cell" class="acts end">
        ${one.current ? nothing : html`<button class="btn quiet small" type="button" aria-label="End session: ${name}" @click=${() => (this.asked = [one])}>End session</button>`}
      </td>
    </tr>`
  }

  #question() {
    const count = this.asked.length
    const what = count === 1 ? 'session' : `${count} sessions`
    return html`<ui-confirm
      danger
      ?open=${count > 0}
      heading=${count === 1 ? 'End this session' : `End ${what}`}
      keep=${count === 1 ? 'Keep it' : 'Keep them'}
      act="End ${what}"
      .consequences=${[...new Set(this.asked.map(({ userAgent }) => `${deviceOf(userAgent).name} is signed out`)), 'What was typed there and not saved is lost']}
      ?busy=${this.#end.pending}
      @ui-confirm=${this.#confirmed}
      @ui-close=${() => (this.asked = [])}
      >This device stays signed in.</ui-confirm
    >`
  }

  #confirmed = async () => {
    await this.#end.run(this.asked)
    this.asked = []
    await this.#sessions.reload()
  }

  // Nothing announces a session, so the list is read again when somebody comes back to it.
  #seen = () => void (document.visibilityState === 'visible' && this.#sessions.reload())
}

/** Ends each of them; one that has already ended is as good. */
async function endAll(sessions: readonly Session[]): Promise<void> {
  await Promise.all(sessions.map(({ id }) => api.sessions.end.mutate({ session: id }).catch(unlessGone)))
}

function unlessGone(error: unknown): null {
  if (problemOf(error).code === 'SESSION_NOT_FOUND') return null
  throw error
}

declare global {
  interface HTMLElementTagNameMap {
    'app-sessions': Sessions
  }
}
