/** Addresses: which page they mean, and what a click does. */
import { html } from 'lit'
import { describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { router, type Route } from '../src/router.ts'
import { inside, next, show } from './show.ts'

const load = vi.fn(async () => undefined)
const page = (path: string): Route => ({ path, title: path, place: 'app', load, render: () => html`` })
const start = location.href
await router.start([page('/orgs/new'), page('/orgs/:org'), page('/orgs/:org/projects')])
const match = (path: string) => router.match(new URL(path, location.origin))

describe('an address', () => {
  it('means the first page that fits, with its parts decoded', () => {
    expect(match('/orgs/new')?.route.path).toBe('/orgs/new')
    expect(match('/orgs/halden%20roe/')?.params).toEqual({ org: 'halden roe' })
    expect(match('/orgs/%E0%A4%A/projects')?.params).toEqual({ org: '%E0%A4%A' })
    expect(match('/nowhere')).toBeNull()
  })
})

describe('a click on a link', () => {
  const linkTo = async (href: string) => {
    const host = await show(html`<div></div>`)
    const link = Object.assign(document.createElement('a'), { href, textContent: 'Go' })
    host.attachShadow({ mode: 'open' }).append(link)
    return inside(host, 'a', HTMLAnchorElement)
  }

  it('inside a shadow root goes to the page without loading the document', async () => {
    const link = await linkTo('/orgs/halden/projects')
    const changed = next(router, 'change')
    link.click()
    await changed
    expect(location.pathname).toBe('/orgs/halden/projects')
    expect(router.current?.params).toEqual({ org: 'halden' })
    history.replaceState(null, '', start)
  })

  it('is left to the browser with a modifier, and for addresses of others', async () => {
    const link = await linkTo('/orgs/halden')
    const elsewhere = await linkTo('/docs')
    const seen: boolean[] = []
    addEventListener('click', (event) => {
      seen.push(event.defaultPrevented)
      event.preventDefault()
    })
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ctrlKey: true }))
    elsewhere.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }))
    expect(seen).toEqual([false, false])
  })

  it('is prepared when the pointer comes near', async () => {
    const link = await linkTo('/orgs/halden')
    const beside = Object.assign(document.createElement('p'), { textContent: 'Beside' })
    link.before(beside)
    await userEvent.hover(beside)
    load.mockClear()
    await userEvent.hover(link)
    expect(load).toHaveBeenCalled()
  })

  it('is prepared when the keyboard comes near', async () => {
    const link = await linkTo('/orgs/halden')
    const beside = Object.assign(document.createElement('button'), { textContent: 'Beside' })
    link.before(beside)
    beside.focus()
    load.mockClear()
    await userEvent.keyboard('{Tab}')
    expect(load).toHaveBeenCalled()
  })
})
