/** Who is signed in: the access token in memory, its renewal shared by all tabs, and what happens when the session is gone. */
import type { SignedIn } from '@mortise/shared/sessions'

export type Person = SignedIn['user']

/** `unknown` until the first answer; `lost` when a session ended under the reader's hands, who may still have a form to save. */
export type SessionState = 'unknown' | 'out' | 'in' | 'lost'

type Message = { kind: 'renewed'; signedIn: SignedIn } | { kind: 'out' } | { kind: 'lost' }

const earlyMs = 30_000
const rememberedAs = 'mortise-signed-in'
const headers = { 'content-type': 'application/json', 'x-requested-with': 'mortise' }

class Session extends EventTarget {
  state: SessionState = 'unknown'
  person: Person | null = null
  #token: string | null = null
  #freshUntil = 0
  #renewing: Promise<void> | undefined
  #tabs = new BroadcastChannel('mortise-session')

  constructor() {
    super()
    this.#tabs.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'renewed') this.#take(data.signedIn)
      else this.#leave(data.kind)
    })
  }

  /** Finds the session of an earlier visit. Never throws: without an answer the reader is asked to sign in. */
  async restore(): Promise<void> {
    if (!remembered()) return this.#leave('out')
    await this.renew().catch(() => this.#leave('out'))
  }

  /** A token that is good for the next seconds, renewed first when it is not; null for somebody who has not signed in. */
  async bearer(): Promise<string | null> {
    if (this.state === 'in' && Date.now() >= this.#freshUntil) await this.renew()
    return this.#token
  }

  /** The server refused `token`: renew before the next call, unless that has happened in the meantime. */
  distrust(token: unknown) {
    if (token === this.#token) this.#freshUntil = 0
  }

  /** Asks for a new token once, however many callers and tabs want one. Throws when the server cannot be reached. */
  renew(): Promise<void> {
    this.#renewing ??= oneTabAtATime(() => this.#renew()).finally(() => (this.#renewing = undefined))
    return this.#renewing
  }

  /** Takes what a sign-in answered. */
  begin(signedIn: SignedIn) {
    this.#take(signedIn)
    this.#tabs.postMessage({ kind: 'renewed', signedIn } satisfies Message)
  }

  /** Ends the session here, in the other tabs and on the server. */
  async end(): Promise<void> {
    try {
      await fetch('/api/v1/auth/logout', { method: 'POST', headers, body: '{}' })
    } finally {
      this.#leave('out')
      this.#tabs.postMessage({ kind: 'out' } satisfies Message)
    }
  }

  /** The server says that the session is over. */
  lose() {
    this.#leave('lost')
    this.#tabs.postMessage({ kind: 'lost' } satisfies Message)
  }

  /** The account's new name. */
  rename(name: string) {
    if (!this.person) return
    this.person = { ...this.person, name }
    this.#changed()
  }

  async #renew(): Promise<void> {
    if (this.state === 'in' && Date.now() < this.#freshUntil) return // another tab did it while this one waited
    const answer = await fetch('/api/v1/auth/refresh', { method: 'POST', headers, body: '{}' })
    if (answer.ok) return this.begin((await answer.json()) as SignedIn)
    if (answer.status !== 401) throw new Error(`The session could not be renewed: ${answer.status}`)
    if (this.state === 'unknown') this.#leave('out')
    else this.lose()
  }

  #take({ token, expiresAt, user }: SignedIn) {
    const now = Date.now()
    this.#token = token
    // A clock that runs ahead would make every token look old: trust each for a minute at least.
    this.#freshUntil = Math.max(now + 60_000, Date.parse(expiresAt) - earlyMs)
    this.state = 'in'
    this.person = user
    remember(true)
    this.#changed()
  }

  #leave(state: 'out' | 'lost') {
    if (state === 'lost' && this.state !== 'in') return
    this.#token = null
    this.state = state
    if (state === 'out') this.person = null
    remember(false)
    this.#changed()
  }

  #changed() {
    this.dispatchEvent(new Event('change'))
  }
}

// Web Locks exist only in secure contexts; elsewhere the server's tolerance for parallel renewals has to do.
const oneTabAtATime = (work: () => Promise<void>): Promise<void> =>
  'locks' in navigator ? navigator.locks.request('mortise-refresh', work) : work()

function remember(signedIn: boolean) {
  try {
    if (signedIn) localStorage.setItem(rememberedAs, 'yes')
    else localStorage.removeItem(rememberedAs)
  } catch {
    // Storage may be refused; then every visit asks the server.
  }
}

/** Whether an earlier visit signed in: it spares strangers a call that can only be refused. */
function remembered(): boolean {
  try {
    return localStorage.getItem(rememberedAs) === 'yes'
  } catch {
    return true
  }
}

export const session = new Session()
