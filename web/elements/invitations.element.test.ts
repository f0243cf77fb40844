/** Inviting by link: the dialog that makes one, and the page where it leads. */
import { html, type LitElement } from 'lit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page as screen, userEvent } from 'vitest/browser'
import { invitation } from '../src/invitations/invitation.ts'
import '../src/invitations/app-invite-dialog.ts'
import '../src/invitations/app-invite-page.ts'
import { session } from '../src/session.ts'
import { complaints } from './axe.ts'
import { Refusal, answer, inputsOf } from './fake-api.ts'
import { reader, showAs } from './inside-organization.ts'

const token = 'a'.repeat(43)
const made = {
  id: '0193a000-0000-7000-8000-0000000000aa',
  token,
  url: `http://localhost/invite#${token}`,
  role: 'member',
  expiresAt: '2026-11-24T10:00:00.000Z',
}

afterEach(() => vi.unstubAllGlobals())

describe('the invite dialog', () => {
  const opened = async () => {
    const dialog = await showAs<LitElement>('admin', html`<app-invite-dialog org="halden-roe" open></app-invite-dialog>`)
    // The dialog gives the focus to its first choice a frame after it has opened; typing before that would go there.
    await vi.waitFor(() => expect(dialog.shadowRoot?.activeElement).toBeInstanceOf(HTMLInputElement))
    return dialog
  }

  it('makes a link for the chosen role and hours, shows it once, and forgets it', async () => {
    const calls = answer({ 'invitations.create': () => made })
    const dialog = await opened()
    await userEvent.click(screen.getByText('Viewer'))
    await userEvent.fill(screen.getByLabelText('Expires after, in hours'), '24')
    expect(await complaints()).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Make link' }))
    await expect.element(screen.getByLabelText('Link for a member')).toHaveValue(made.url)
    expect(inputsOf(calls, 'invitations.create')).toEqual([{ org: 'halden-roe', role: 'viewer', expiresInHours: 24 }])
    expect(await complaints()).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Make another' }))
    expect(dialog.shadowRoot?.querySelector('#url')).toBeNull()
  })

  it.each(['0', '169', 'soon', ''])('does not send "%s" hours', async (hours) => {
    const calls = answer({})
    await opened()
    await userEvent.fill(screen.getByLabelText('Expires after, in hours'), hours)
    await userEvent.click(screen.getByRole('button', { name: 'Make link' }))
    await expect.element(screen.getByText(/1 to 168/)).toBeVisible()
    expect(calls).toEqual([])
  })

  it('takes a link back', async () => {
    const calls = answer({ 'invitations.create': () => made, 'invitations.revoke': () => null })
    await opened()
    await userEvent.click(screen.getByRole('button', { name: 'Make link' }))
    await userEvent.click(screen.getByRole('button', { name: 'Revoke link' }))
    await vi.waitFor(() => expect(inputsOf(calls, 'invitations.revoke')).toMatchObject([{ invitation: made.id }]))
  })
})

describe('the page of an invitation', () => {
  const address = location.href
  const opened = (hash: string) => {
    history.replaceState(null, '', `${location.pathname}${location.search}${hash}`)
    return showAs<LitElement>('member', html`<app-invite-page></app-invite-page>`, { isDoor: true })
  }

  beforeEach(() => {
    sessionStorage.clear()
    session.begin({ token: 't', expiresAt: new Date(Date.now() + 600_000).toISOString(), user: reader })
  })
  afterEach(() => history.replaceState(null, '', address))

  it('offers to join, under which name, accessibly', async () => {
    await opened(`#${token}`)
    await expect.element(screen.getByText('Priya Raman')).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Join', exact: true })).toBeVisible()
    await expect.element(screen.getByRole('img', { name: 'Drawing of a tenon entering its mortise' })).toBeInTheDocument()
    expect(location.hash).toBe('')
    expect(await complaints()).toEqual([])
  })

  it.each([
    ['INVITATION_USED', 'This invitation is used up', 'Drawing of a closed joint'],
    ['INVITATION_NOT_FOUND', 'This invitation does not work', 'Drawing of a post with an empty mortise'],
  ])('says after %s: %s', async (code, heading, drawing) => {
    answer({
      'invitations.accept': () => {
        throw new Refusal(code)
      },
    })
    await opened(`#${token}`)
    await userEvent.click(screen.getByRole('button', { name: 'Join', exact: true }))
    await expect.element(screen.getByRole('heading', { name: heading })).toBeVisible()
    await expect.element(screen.getByRole('img', { name: drawing })).toBeInTheDocument()
    expect(sessionStorage.getItem('mortise-invitation')).toBeNull()
    expect(await complaints()).toEqual([])
  })

  it('keeps the link where trying again can help', async () => {
    answer({
      'invitations.accept': () => {
        throw new Refusal('UNAVAILABLE')
      },
    })
    await opened(`#${token}`)
    await userEvent.click(screen.getByRole('button', { name: 'Join', exact: true }))
    await expect.element(screen.getByRole('button', { name: 'Try again' })).toBeVisible()
    expect(invitation.state).toBe('open')
  })

  it('asks nobody about something that is not a token', async () => {
    const calls = answer({})
    await opened('#nonsense')
    await expect.element(screen.getByRole('heading', { name: 'This invitation does not work' })).toBeVisible()
    expect(calls).toEqual([])
  })
})
