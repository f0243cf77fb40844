/** Turns addresses into pages: matches, loads the page's code, and keeps the browser's history. */
import type { TemplateResult } from 'lit'

export type Params = Record<string, string>

export type Route = {
  /** URLPattern pathname; the first that matches wins. */
  path: string
  /** Loads the code of the page. */
  load: (params: Params) => Promise<unknown>
  render: (params: Params) => TemplateResult
  /** What the tab and the breadcrumb say; a page that knows better sends PageNamedEvent. */
  title: string
  /** `app` stands in the shell and needs a session, `door` stands alone. */
  place: 'app' | 'door'
  /** Which place of the rail is current. */
  nav?: string
  /** What the page is about: while it stays the same, so does the page, and takes the other parameters as properties. */
  about?: (params: Params) => unknown
}

export type Match = { route: Route; params: Params; url: URL }

/** Which page a match shows; another one is made anew. */
export const pageOf = ({ route, params }: Match): string => JSON.stringify([route.path, route.about ? route.about(params) : params])

/** What says that a link may be followed soon. From one element of a shadow root to another, `pointerover` and `focusin` are not told outside of it. */
const nearing = ['pointermove', 'pointerdown', 'focusin', 'keyup']

type Compiled = { route: Route; pattern: URLPattern }

class Router extends EventTarget {
  current: Match | null = null
  /** No page has this address. */
  isMissing = false
  /** The page's code did not arrive (a new release, or no connection). */
  failure: unknown
  #routes: Compiled[] = []
  #asked = 0
  /** Where the pointer or the focus was last. */
  #near: EventTarget | undefined

  /** Begins with the address in the bar and follows it from now on. */
  async start(routes: Route[]): Promise<void> {
    if (!('URLPattern' in globalThis)) await import('urlpattern-polyfill')
    this.#routes = routes.map((route) => ({ route, pattern: new URLPattern({ pathname: route.path }) }))
    addEventListener('popstate', () => this.#show(new URL(location.href), false))
    document.addEventListener('click', (event) => this.#clicked(event))
    for (const near of nearing) document.addEventListener(near, (event) => this.#prefetch(event), { passive: true })
    await this.#show(new URL(location.href), false)
  }

  /** Goes to an address of the app. */
  async go(href: string, { replace = false } = {}): Promise<void> {
    const url = new URL(href, location.href)
    if (url.href !== location.href) history[replace ? 'replaceState' : 'pushState'](null, '', url)
    await this.#show(url, true)
  }

  /** The page of an address, or null. A trailing slash means nothing. */
  match(url: URL): Match | null {
    const pathname = url.pathname.replace(/(.)\/+$/, '$1')
    for (const { route, pattern } of this.#routes) {
      const found = pattern.exec({ pathname })
      if (found) return { route, url, params: decoded(found.pathname.groups) }
    }
    return null
  }

  async #show(url: URL, isNew: boolean): Promise<void> {
    const match = this.match(url)
    const asked = ++this.#asked
    try {
      await match?.route.load(match.params)
      this.failure = undefined
    } catch (error) {
      this.failure = error
    }
    if (asked !== this.#asked) return // somebody went elsewhere while the code was on its way
    const isOther = !match || !this.current || pageOf(match) !== pageOf(this.current)
    this.current = match
    this.isMissing = !match
    if (isNew && isOther) scrollTo(0, 0)
    this.dispatchEvent(new Event('change'))
  }

  #clicked(event: MouseEvent) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = linkOf(event)
    if (!link || link.target || link.hasAttribute('download') || !this.match(new URL(link.href))) return
    event.preventDefault()
    void this.go(link.href)
  }

  #prefetch(event: Event) {
    const [at] = event.composedPath()
    if (at === this.#near) return
    this.#near = at
    const link = linkOf(event)
    // A failed prefetch is not a failure yet: the click will tell.
    const match = link && this.match(new URL(link.href))
    match?.route.load(match.params).catch(() => undefined)
  }
}

/** The link of the same origin that the event happened on, through every shadow root. */
const linkOf = (event: Event): HTMLAnchorElement | undefined =>
  event
    .composedPath()
    .find(
      (node): node is HTMLAnchorElement =>
        node instanceof HTMLAnchorElement && node.origin === location.origin && node.hasAttribute('href'),
    )

function decoded(groups: Record<string, string | undefined>): Params {
  const params: Params = {}
  for (const [name, value = ''] of Object.entries(groups)) {
    try {
      params[name] = decodeURIComponent(value)
    } catch {
      params[name] = value // a stray percent sign: as it stands
    }
  }
  return params
}

export const router = new Router()
