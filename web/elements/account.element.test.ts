/** The account page: the name is kept as it is changed, sessions can be ended, and a guest is warned before the door closes. */
import { html, type LitElement } from 'lit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page as screen, userEvent } from 'vitest/browser'
import '../src/account/app-account-page.ts'
import { complaints } from './axe.ts'
import { answer, inputsOf } from './fake-api.ts'
import { reader, showAs } from './inside-organization.ts'

const at = '2026-11-20T10:00:00.000Z'
const aSession = (id: string, current: boolean, userAgent: string) => ({ id, current, createdAt: at, lastSeenAt: at, userAgent })
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'
const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0'
const three = [aSession('s2', false, safari), aSession('s1', true, firefox), aSession('s3', false, edge)]

afterEach(() => vi.unstubAllGlobals())

async function opened(more: Parameters<typeof answer>[0] = {}) {
  const calls = answer({ 'sessions.list': () => ({ items: three, nextCursor: null }), ...more })
  const page = await showAs<LitElement>('member', html`<app-account-page></app-account-page>`)
  await expect.element(screen.getByText('Firefox on Linux')).toBeVisible()
  return { page, calls }
}

describe('the account page', () => {
  it('keeps a name as soon as somebody leaves the field, and says when', async () => {
    const { calls } = await opened({ 'accounts.update': ({ name }) => ({ ...reader, name, email: null, createdAt: at, version: 2 }) })
    await userEvent.fill(screen.getByLabelText('Name', { exact: true }), 'Priya R.')
    await userEvent.tab()
    await expect.element(screen.getByText(/^Kept at/)).toBeVisible()
    expect(inputsOf(calls, 'accounts.update')).toEqual([{ name: 'Priya R.' }])
    expect(await complaints()).toEqual([])
  })

  it('does not keep an empty name', async () => {
    const { calls } = await opened()
    await userEvent.clear(screen.getByLabelText('Name', { exact: true }))
    await userEvent.tab()
    await expect.element(screen.getByText('Must not be empty')).toBeVisible()
    expect(inputsOf(calls, 'accounts.update')).toEqual([])
  })

  it('names this device first, and no way to end it from here', async () => {
    await opened()
    const first = screen.getByRole('row').nth(1)
    await expect.element(first).toHaveTextContent(/Firefox on Linux.*This device/)
    await expect.element(first.getByRole('button')).not.toBeInTheDocument()
  })

  it('ends the other sessions after naming them', async () => {
    const { calls } = await opened({ 'sessions.end': () => null })
    await userEvent.click(screen.getByRole('button', { name: 'End the other 2 sessions' }))
    await expect.element(screen.getByText('Safari on iPhone is signed out')).toBeVisible()
    await expect.element(screen.getByText('Edge on Windows is signed out')).toBeVisible()
    expect(await complaints()).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'End 2 sessions' }))
    await vi.waitFor(() => expect(inputsOf(calls, 'sessions.end')).toEqual([{ session: 's2' }, { session: 's3' }]))
  })

  it('changes the theme and the density of this browser', async () => {
    await opened()
    await userEvent.click(screen.getByRole('radio', { name: 'Dark' }))
    expect(document.documentElement.dataset['theme']).toBe('dark')
    await userEvent.click(screen.getByRole('radio', { name: 'Dense' }))
    expect(document.documentElement.dataset['density']).toBe('compact')
    await userEvent.click(screen.getByRole('radio', { name: 'Regular' }))
    expect(localStorage.getItem('mortise-density')).toBe('comfortable')
    localStorage.clear()
  })

  it('warns a guest, who could never come back, before signing out', async () => {
    await opened()
    await userEvent.click(screen.getByRole('button', { name: 'Sign out' }))
    await expect.element(screen.getByText('Nobody can sign in as Priya Raman again')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Stay signed in' }))
  })
})
