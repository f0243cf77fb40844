/**
 * The invitation that somebody came with. It outlives the page, which is made anew when the person changes, and sign-in.
 * The token never travels in an address: it comes behind the hash sign, moves to this tab's storage and goes in a body.
 */
import { invitationToken } from '@mortise/shared/invitations'
import type { Organization } from '@mortise/shared/organizations'
import { api } from '../api.ts'
import { problemOf } from '../problem.ts'
import { session } from '../session.ts'

export type InvitationState = 'open' | 'joining' | 'used' | 'gone'

const keptAs = 'mortise-invitation'

class Invitation extends EventTarget {
  state: InvitationState = 'gone'
  /** Why joining failed, where trying again can help. */
  error: unknown
  #token = ''

  /** Takes the token of the address, or the one that this tab keeps. */
  open() {
    const written = location.hash.slice(1)
    // Out of the address: nobody reads it over a shoulder, and no history keeps it.
    if (written && keep(written)) history.replaceState(history.state, '', location.pathname)
    const token = written || kept()
    if (token === this.#token && this.state !== 'gone') return
    this.#token = token
    this.error = undefined
    this.#become(invitationToken.safeParse(token).success ? 'open' : 'gone')
  }

  /** Joins, as a new guest where nobody is signed in. Answers the organization, or undefined: then `state` and `error` say why. */
  async join(): Promise<Organization | undefined> {
    if (this.state === 'joining') return undefined
    this.error = undefined
    this.#become('joining')
    try {
      if (session.state !== 'in') session.begin(await api.sessions.guest.mutate({}))
      const organization = await api.invitations.accept.mutate({ token: this.#token })
      this.#forget('gone')
      return organization
    } catch (error) {
      this.#refused(error)
      return undefined
    }
  }

  #refused(error: unknown) {
    const { code } = problemOf(error)
    if (code === 'INVITATION_USED') return this.#forget('used')
    if (code === 'INVITATION_NOT_FOUND' || code === 'VALIDATION_FAILED') return this.#forget('gone')
    this.error = error
    this.#become('open')
  }

  #forget(state: InvitationState) {
    keep('')
    this.#token = ''
    this.#become(state)
  }

  #become(state: InvitationState) {
    this.state = state
    this.dispatchEvent(new Event('change'))
  }
}

/** False where storage is refused: then the address has to keep it. */
function keep(token: string): boolean {
  try {
    if (token) sessionStorage.setItem(keptAs, token)
    else sessionStorage.removeItem(keptAs)
    return true
  } catch {
    return false
  }
}

function kept(): string {
  try {
    return sessionStorage.getItem(keptAs) ?? ''
  } catch {
    return '' // refused storage: nothing was kept
  }
}

export const invitation = new Invitation()
