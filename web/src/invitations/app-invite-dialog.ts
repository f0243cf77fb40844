/** Makes a link that admits one person: role and hours first, then the link, which is shown this once. */
import { consume } from '@lit/context'
import { invitationCreate, type InvitationMade } from '@mortise/shared/invitations'
import type { Organization } from '@mortise/shared/organizations'
import type { Role } from '@mortise/shared/permissions'
import { LitElement, css, html } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { z } from 'zod'
import { api } from '../api.ts'
import { organizationContext } from '../contexts.ts'
import { Form } from '../controllers/form.ts'
import { Mutation } from '../controllers/mutation.ts'
import { roleDuties, roleWords } from '../members/roles.ts'
import { problemOf } from '../problem.ts'
import { page } from '../styles/shared.ts'
import { DialogClosedEvent } from '../ui/events.ts'
import { momentWords } from '../ui/times.ts'
import { MadeEvent } from './events.ts'
import '../ui/ui-dialog.ts'
import '../ui/ui-field.ts'
import '../ui/ui-icon.ts'

const offered: readonly Role[] = ['admin', 'member', 'viewer']

const hours = z
  .string()
  .trim()
  .regex(/^\d{1,3}$/, 'Write whole hours, 1 to 168.')
  .transform(Number)
  .refine((count) => count >= 1 && count <= 168, 'Use 1 to 168 hours, so at most 7 days.')

/** What is typed into the dialog; hours come as text. */
export const inviteForm = invitationCreate.extend({ expiresInHours: hours })

@customElement('app-invite-dialog')
export class InviteDialog extends LitElement {
  static override styles = [
    ...page,
    css`
      :host {
        display: contents;
      }
      form {
        display: grid;
        gap: var(--s5);
      }
      .first {
        margin-inline: calc(-1 * var(--s3)) auto;
      }
      .hours {
        max-width: 13rem;
      }
      .full {
        max-width: none;
      }
      @media (max-width: 47.99rem) {
        .first {
          margin: 0;
        }
        .join {
          display: grid;
          gap: var(--s2);
        }
        .join > * {
          margin: 0;
          border-radius: var(--r);
        }
      }
    `,
  ]

  @property() org = ''
  @property({ type: Boolean }) open = false
  @consume({ context: organizationContext, subscribe: true }) organization: Organization | null = null
  @state() private made: InvitationMade | null = null
  /** What the reader is told about the copy, empty before it is asked for. */
  @state() private copied = ''
  @query('#url') private url?: HTMLInputElement

  #form = new Form(this, 'invite', {
    schema: inviteForm,
    values: () => ({ org: this.org, role: 'member' as const, expiresInHours: '72' }),
    submit: async (value) => {
      this.made = await api.invitations.create.mutate(value)
      this.dispatchEvent(new MadeEvent())
    },
  })
  #revoke = new Mutation(this, (invitation: string) => api.invitations.revoke.mutate({ org: this.org, invitation }), {
    said: () => 'The link was revoked.',
    failed: (error) => problemOf(error).code === 'INVITATION_NOT_FOUND',
  })

  override render() {
    const { made } = this
    return html`<ui-dialog heading="Invite by link" ?open=${this.open} ?sticky=${made !== null} @ui-close=${this.#closed}>
      <p class="soft">
        The link admits one person to ${this.organization?.name ?? 'the organization'}. Whoever opens it first joins with the role you
        choose.
      </p>
      ${made ? this.#link(made) : this.#choices()} ${made ? this.#linkFoot(made) : this.#choicesFoot()}
    </ui-dialog>`
  }

  protected override updated() {
    if (this.made && this.url && this.url !== this.#shown) (this.#shown = this.url).select()
  }

  #shown: HTMLInputElement | undefined

  #choices() {
    return html`<form id="invite" novalidate @submit=${this.#form.submit}>
      ${this.#form.summary()}
      <fieldset class="choices">
        <legend>Role</legend>
        ${offered.map(
          (role) =>
            html`<label class="check"
              ><input
                type="radio"
                name="role"
                .checked=${this.#form.value('role') === role}
                @change=${() => this.#form.set('role', role)}
              /><span>${roleWords[role]}<small>${roleDuties[role]}</small></span></label
            >`,
        )}
      </fieldset>
      <ui-field
        class="hours"
        label="Expires after, in hours"
        hint="1 to 168, so at most 7 days"
        ${this.#form.field('expiresInHours')}
      ></ui-field>
    </form>`
  }

  #choicesFoot() {
    return html`<button slot="foot" class="btn quiet" type="button" @click=${this.#close}>Cancel</button
      ><button slot="foot" class="btn primary" type="submit" form="invite" aria-busy=${this.#form.pending}>Make link</button>`
  }

  #link({ url, role, expiresAt }: InvitationMade) {
    return html`<div class="field full" role="group" aria-label="The new link">
      <label for="url">Link for ${role === 'admin' ? 'an admin' : `a ${role}`}</label>
      <span class="join"
        ><input class="input mono" id="url" readonly .value=${url} aria-describedby="once" /><button
          class="btn primary"
          type="button"
          @click=${this.#copy}
        >
          <ui-icon name=${this.copied ? 'check' : 'copy'}></ui-icon>Copy link
        </button></span
      >
      <p class="hint" id="once">
        Works once, until ${momentWords(new Date(expiresAt))}. Copy it now: it is not shown again. <span role="status">${this.copied}</span>
      </p>
    </div>`
  }

  #linkFoot({ id }: InvitationMade) {
    return html`<button
        slot="foot"
        class="btn quiet first"
        type="button"
        aria-busy=${this.#revoke.pending}
        @click=${() => this.#takeBack(id)}
      >
        Revoke link</button
      ><button slot="foot" class="btn" type="button" @click=${this.#again}>Make another</button
      ><button slot="foot" class="btn" type="button" @click=${this.#close}>Close</button>`
  }

  #copy = async () => {
    this.url?.select()
    try {
      await navigator.clipboard.writeText(this.made?.url ?? '')
      this.copied = 'Copied.'
    } catch {
      // No permission, or no clipboard outside https: the link is selected, so the reader's own copy takes it.
      this.copied = 'It is selected: copy it with your keyboard.'
    }
  }

  async #takeBack(id: string) {
    await this.#revoke.run(id)
    this.dispatchEvent(new MadeEvent())
    this.#close()
  }

  #close = () => this.renderRoot.querySelector('ui-dialog')?.close()

  #again = () => {
    this.made = null
    this.copied = ''
  }

  #closed = () => {
    this.#again()
    this.#form.reset()
    this.dispatchEvent(new DialogClosedEvent())
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-invite-dialog': InviteDialog
  }
}
