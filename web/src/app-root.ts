/** The app around its pages: who reads, which organization is open, which page is shown. */
import { ContextProvider } from '@lit/context'
import type { Organization } from '@mortise/shared/organizations'
import { LitElement, html, nothing } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import { api } from './api.ts'
import { Commands } from './commands.ts'
import { organizationContext, personContext } from './contexts.ts'
import { Query } from './controllers/query.ts'
import { live } from './controllers/subscription.ts'
import { focusHeading } from './focus.ts'
import { listenToKeys } from './keyboard.ts'
import { lastOrganization, rememberOrganization } from './last-organization.ts'
import type { Crumb, PageNamedEvent } from './page-named-event.ts'
import { nextPlace, orgPath, signInPath } from './places.ts'
import { problemOf } from './problem.ts'
import { pageOf, router, type Match } from './router.ts'
import { routes } from './routes.ts'
import { session } from './session.ts'
import { appCommands } from './shell/app-commands.ts'
import { Overlays } from './shell/overlays.ts'
import type { ToastEvent } from './ui/events.ts'
import type { UiToasts } from './ui/ui-toasts.ts'
import './missing/app-missing-page.ts'
import './shell/app-offline.ts'
import './shell/app-rail.ts'
import './shell/app-top.ts'
import './ui/ui-toasts.ts'

@customElement('app-root')
export class AppRoot extends LitElement {
  @state() private isReady = false
  @state() private here = ''
  @state() private above: Crumb[] = []
  @query('ui-toasts') private toasts?: UiToasts

  #person = new ContextProvider(this, { context: personContext, initialValue: null })
  #organization = new ContextProvider(this, { context: organizationContext, initialValue: null })
  #mine = new Query(this, (signal) => api.organizations.list.query({ limit: 100 }, { signal }), {
    when: () => session.state === 'in',
    key: () => session.person?.id,
    forgets: true,
  })
    .follow('organization.*')
    .follow('member.*')
  #open: Query<Organization> = new Query(this, (signal) => this.#fetchOpen(signal), {
    when: () => session.state === 'in' && this.#org !== '',
    key: () => [this.#org, session.person?.id],
    forgets: true,
  })
    .follow('organization.*')
    .follow('member.*')
  #overlays = new Overlays(this, () => this.#org)
  protected readonly commands = new Commands(this, () => appCommands(this.#org, this.#organizationHere(), () => this.toasts?.undoLast()))
  #stopKeys: (() => void) | undefined
  #stopFocusing: (() => void) | undefined
  #shown: Match | null = null
  #wasIn = false

  /** Asks by id once that is known: an organization whose address was changed while it is open is found again, and the reader goes along. */
  async #fetchOpen(signal: AbortSignal): Promise<Organization> {
    const named = this.#org
    const known = this.#open.value
    const found = await api.organizations.get.query({ org: known?.slug === named ? known.id : named }, { signal })
    const hasMoved = found.slug !== named && found.id !== named && router.current?.params['org'] === named
    if (hasMoved) void router.go(location.href.replace(orgPath(named), orgPath(found.slug)), { replace: true })
    return found
  }

  /** The slug or id of the open organization: of the address, or the last one that was open and is still the reader's. */
  get #org(): string {
    const mine = this.#mine.value?.items ?? []
    const last = mine.find(({ slug }) => slug === lastOrganization()) ?? mine[0]
    return router.current?.params['org'] ?? (this.#isInShell ? (last?.slug ?? '') : '')
  }

  get #isInShell(): boolean {
    return router.current?.route.place === 'app' || (router.isMissing && session.state === 'in')
  }

  /** The address names an organization that is not the reader's, or no longer. */
  get #isForeign(): boolean {
    const isRefused = this.#open.status === 'error' && problemOf(this.#open.error).code === 'ORG_NOT_FOUND'
    return isRefused && Boolean(router.current?.params['org'])
  }

  get #hereInWords(): string {
    return this.#isForeign ? 'Not found' : this.here
  }

  // The shell is the document's own tree, so that the first picture in index.html has the same styles.
  protected override createRenderRoot() {
    return this
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#stopKeys = listenToKeys()
    session.addEventListener('change', this.#gate)
    router.addEventListener('change', this.#turned)
    document.addEventListener('ui-toast', this.#toast)
    void this.#start()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#stopKeys?.()
    session.removeEventListener('change', this.#gate)
    router.removeEventListener('change', this.#turned)
    document.removeEventListener('ui-toast', this.#toast)
  }

  override render() {
    if (!this.isReady || (this.#isInShell && session.state === 'out')) return nothing // on the way to the door
    return html`${this.#isInShell ? this.#shell() : this.#page()}<ui-toasts></ui-toasts>${this.#overlays.render()}${this.#lost()}`
  }

  protected override willUpdate() {
    const organization = this.#organizationHere()
    this.#person.setValue(session.person)
    if (session.state === 'in' && this.#org) live.open(this.#org)
    this.#organization.setValue(organization)
    if (organization) rememberOrganization(organization.slug)
    document.title = [this.#hereInWords, organization?.name, 'Mortise']
      .filter((part, at, all) => part && all.indexOf(part) === at)
      .join(' · ')
  }

  #shell() {
    const organization = this.#organizationHere()
    return html`<a class="skip" href="#main" @click=${this.#skip}>Skip to content</a>
      <div class="shell">
        <app-rail
          .organization=${organization}
          .org=${this.#org}
          .organizations=${this.#mine.value?.items ?? []}
          .person=${session.person}
          .current=${router.current?.route.nav ?? ''}
        ></app-rail>
        <app-top .organization=${organization} .above=${this.above} .here=${this.#hereInWords}></app-top>
        <div>
          <app-offline></app-offline>
          <main class="main" id="main" tabindex="-1" @page-named=${this.#named}>${this.#page()}</main>
        </div>
      </div>`
  }

  #page() {
    const { current, failure, isMissing } = router
    if (failure !== undefined) return html`<app-missing-page .failure=${failure}></app-missing-page>`
    if (isMissing || !current || this.#isForeign) return html`<app-missing-page></app-missing-page>`
    return keyed(`${pageOf(current)} ${session.person?.id}`, current.route.render(current.params))
  }

  #lost() {
    if (session.state !== 'lost' || !this.#isInShell) return nothing
    void import('./shell/app-session-lost.ts')
    return html`<app-session-lost></app-session-lost>`
  }

  /** The open organization, if its answer is the one that the address asks for. */
  #organizationHere(): Organization | null {
    const known = this.#open.value
    return known && (known.slug === this.#org || known.id === this.#org) ? known : null
  }

  async #start() {
    await Promise.all([session.restore(), router.start(routes)])
    await this.#gate()
    this.querySelector('.first-paint')?.remove()
    this.isReady = true
  }

  /** Strangers go to the door, and whoever has come in leaves it. A lost session moves nobody: there may be a form to save. */
  #gate = async () => {
    this.requestUpdate()
    const { current } = router
    if (session.state !== 'in') live.close()
    this.#wasIn ||= session.state === 'in'
    // Whoever signed out does not come back to the same place; whoever followed a link does.
    const next = this.#wasIn ? undefined : location.pathname + location.search
    if (session.state === 'out' && current?.route.place === 'app') await router.go(signInPath(next), { replace: true })
    if (session.state === 'in' && current?.route.path === '/sign-in') await router.go(nextPlace(new URL(location.href)), { replace: true })
  }

  #turned = () => {
    const { current } = router
    // A page that stays while a part of it is opened knows best where the focus goes.
    const isNew = this.#shown !== null && (!current || pageOf(this.#shown) !== pageOf(current))
    this.#shown = current
    this.here = router.isMissing ? 'Not found' : (current?.route.title ?? '')
    this.above = []
    this.#stopFocusing?.()
    void this.#gate()
    if (isNew) void this.updateComplete.then(() => this.#focusPage())
  }

  #focusPage() {
    const page = this.querySelector('main')?.firstElementChild ?? this.firstElementChild
    if (page) this.#stopFocusing = focusHeading(page)
  }

  #named = (event: PageNamedEvent) => {
    this.here = event.title
    this.above = event.above
  }

  #toast = (event: ToastEvent) => this.toasts?.add(event.toast)

  #skip = (event: Event) => {
    event.preventDefault()
    this.querySelector<HTMLElement>('#main')?.focus()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-root': AppRoot
  }
  interface DocumentEventMap {
    'ui-toast': ToastEvent
  }
}
