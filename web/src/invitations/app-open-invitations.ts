/** The links that still let somebody in: who made them, for which role, until when; each can be revoked. */
import type { Invitation } from '@mortise/shared/invitations'
import { LitElement, css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { api } from '../api.ts'
import { Mutation } from '../controllers/mutation.ts'
import { roleWords } from '../members/roles.ts'
import { problemOf } from '../problem.ts'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import tableText from '../styles/table.css?inline'
import { exactly, momentWords } from '../ui/times.ts'
import { RevokedEvent } from './events.ts'
import '../ui/ui-confirm.ts'
import '../ui/ui-icon.ts'

@customElement('app-open-invitations')
export class OpenInvitations extends LitElement {
  static override styles = [
    ...page,
    sheet(tableText),
    css`
      :host {
        display: block;
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

  @property() org = ''
  @property({ attribute: false }) items: readonly Invitation[] = []
  /** Names of people by their id. */
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map()
  /** The reader's id. */
  @property() me = ''
  @state() private asked: Invitation | null = null

  #revoke = new Mutation(this, (invitation: Invitation) => api.invitations.revoke.mutate({ org: this.org, invitation: invitation.id }), {
    said: () => 'The link was revoked.',
    // Somebody was faster: it has been used or revoked, and the list will say so.
    failed: (error) => problemOf(error).code === 'INVITATION_NOT_FOUND',
  })

  override render() {
    return html`<div class="fit">
        <table class="table" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">Invitation</th>
              <th role="columnheader" scope="col">Role</th>
              <th role="columnheader" scope="col">Made</th>
              <th role="columnheader" scope="col">Expires</th>
              <th role="columnheader" scope="col"><span class="vh">Actions</span></th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${repeat(
              this.items,
              ({ id }) => id,
              (invitation) => this.#row(invitation),
            )}
          </tbody>
        </table>
      </div>
      <ui-confirm
        danger
        ?open=${this.asked !== null}
        heading="Revoke this link"
        keep="Keep link"
        act="Revoke link"
        .consequences=${['Whoever has the link can no longer join with it', 'Nobody who has joined already is affected']}
        ?busy=${this.#revoke.pending}
        @ui-confirm=${this.#confirmed}
        @ui-close=${() => (this.asked = null)}
        >It stops working at once.</ui-confirm
      >`
  }

  #row(invitation: Invitation) {
    const maker = this.#maker(invitation)
    return html`<tr role="row">
      <td role="cell" class="lead grow">
        <span class="person"
          ><span class="sign" aria-hidden="true"><ui-icon name="link" small></ui-icon></span><span><b>Link made by ${maker}</b></span></span
        >
      </td>
      <td role="cell" data-label="Role"><span class="badge">${roleWords[invitation.role]}</span></td>
      <td role="cell" data-label="Made" class="nowrap">${moment(invitation.createdAt)}</td>
      <td role="cell" data-label="Expires" class="nowrap">${moment(invitation.expiresAt)}</td>
      <td role="cell" class="acts end">
        <button
          class="btn quiet small"
          type="button"
          aria-label="Revoke the ${invitation.role} link made by ${maker}"
          @click=${() => (this.asked = invitation)}
        >
          Revoke
        </button>
      </td>
    </tr>`
  }

  #maker({ createdBy }: Invitation): string {
    if (createdBy === this.me) return 'you'
    return this.names.get(createdBy ?? '') ?? 'a former member'
  }

  #confirmed = async () => {
    if (!this.asked) return
    await this.#revoke.run(this.asked)
    this.asked = null
    this.dispatchEvent(new RevokedEvent())
  }
}

const moment = (at: string) => html`<time datetime=${at} title=${exactly(new Date(at))}>${momentWords(new Date(at))}</time>`

declare global {
  interface HTMLElementTagNameMap {
    'app-open-invitations': OpenInvitations
  }
}
