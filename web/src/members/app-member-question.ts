/** Asks before somebody is removed, leaves, becomes an owner or stops being one: names who and what follows, then does it. */
import { consume } from '@lit/context'
import type { Member } from '@mortise/shared/members'
import type { Organization } from '@mortise/shared/organizations'
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { api } from '../api.ts'
import { organizationContext } from '../contexts.ts'
import { Mutation } from '../controllers/mutation.ts'
import { problem } from '../messages.ts'
import { page } from '../styles/shared.ts'
import { DialogClosedEvent, ToastEvent } from '../ui/events.ts'
import { router } from '../router.ts'
import { wordsOf, type Question } from './question-words.ts'
import '../ui/ui-confirm.ts'

/** What becomes of an owner who makes another one. */
type After = 'owner' | 'admin'

@customElement('app-member-question')
export class MemberQuestion extends LitElement {
  static override styles = [
    ...page,
    css`
      :host {
        display: contents;
      }
    `,
  ]

  @property() org = ''
  @property({ attribute: false }) question: Question | null = null
  /** The reader's own membership. */
  @property({ attribute: false }) me: Member | undefined
  /** Whether the reader is known to be the only owner. */
  @property({ type: Boolean }) isOnlyOwner = false
  @consume({ context: organizationContext, subscribe: true }) organization: Organization | null = null
  @state() private mine: After = 'owner'
  /** The last question stays in view while the dialog closes. */
  #asked: Question | null = null

  #do = new Mutation(this, (question: Question) => this.#answer(question), { failed: () => true })

  override render() {
    const question = (this.#asked = this.question ?? this.#asked)
    if (!question) return nothing
    const { lead, ...words } = wordsOf(question, this.organization?.name ?? 'the organization', this.isOnlyOwner)
    return html`<ui-confirm
      ?open=${this.question !== null}
      heading=${words.heading}
      .consequences=${words.consequences}
      keep=${words.keep}
      act=${words.act}
      ?danger=${words.danger}
      ?busy=${this.#do.pending}
      @ui-confirm=${() => this.#confirmed(question)}
      @ui-close=${this.#close}
    >
      ${lead} ${question.about === 'ownership' ? this.#afterwards(question.member) : nothing}
      ${this.#do.error === undefined ? nothing : html`<div slot="more">${problem(this.#do.error)}</div>`}
    </ui-confirm>`
  }

  #afterwards({ name }: Member) {
    const choice = (value: After, label: string, hint: string) =>
      html`<label class="check"
        ><input type="radio" name="after" .checked=${this.mine === value} @change=${() => (this.mine = value)} /><span
          >${label}<small>${hint}</small></span
        ></label
      >`
    return html`<fieldset class="choices" slot="more">
      <legend>And you</legend>
      ${choice('owner', 'Stay an owner too', `You and ${name} can do the same`)}${choice('admin', 'Hand over and become an admin', `Only ${name} can make you an owner again`)}
    </fieldset>`
  }

  async #confirmed(question: Question) {
    const isDone = await this.#do.run(question)
    if (!isDone) return
    this.dispatchEvent(new ToastEvent({ said: wordsOf(question, this.organization?.name ?? 'the organization', false).done }))
    this.#close()
    if (question.about !== 'leave') return
    await router.go('/', { replace: true })
  }

  async #answer({ about, member }: Question): Promise<true> {
    const { org, me } = this
    if (about === 'remove' || about === 'leave') await api.members.remove.mutate({ org, user: member.userId })
    if (about === 'step-down') await api.members.setRole.mutate({ org, user: member.userId, role: 'admin', version: member.version })
    if (about !== 'ownership') return true
    await api.members.setRole.mutate({ org, user: member.userId, role: 'owner', version: member.version })
    if (this.mine === 'admin' && me) await api.members.setRole.mutate({ org, user: me.userId, role: 'admin', version: me.version })
    return true
  }

  #close = () => {
    this.#do.error = undefined
    this.mine = 'owner'
    this.dispatchEvent(new DialogClosedEvent())
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-member-question': MemberQuestion
  }
}
