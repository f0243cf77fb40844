/** The members page: who is offered what, what is sent, and what is asked first. */
import { html, type LitElement } from 'lit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page as screen, userEvent } from 'vitest/browser'
import '../src/members/app-members-page.ts'
import type { Role } from '@mortise/shared/permissions'
import { UiSelect } from '../src/ui/ui-select.ts'
import { complaints } from './axe.ts'
import { Refusal, answer, inputsOf } from './fake-api.ts'
import { people, showAs } from './inside-organization.ts'

afterEach(() => vi.unstubAllGlobals())

const link = {
  id: '0193a000-0000-7000-8000-0000000000aa',
  role: 'viewer',
  createdAt: '2026-11-20T10:00:00.000Z',
  expiresAt: '2027-01-01T10:00:00.000Z',
  createdBy: null,
}

async function opened(mine: Role, others: Record<string, Role>, more: Parameters<typeof answer>[0] = {}) {
  const calls = answer({
    'members.list': ({ q }) => ({ items: people(mine, others).filter(({ name }) => name.includes(String(q ?? ''))), nextCursor: null }),
    'invitations.list': () => ({ items: [link], nextCursor: null }),
    ...more,
  })
  const page = await showAs<LitElement>(mine, html`<app-members-page org="halden-roe"></app-members-page>`)
  await vi.waitFor(() => expect(rows(page)).toHaveLength(Object.keys(others).length + 1))
  return { page, calls }
}

const rows = (page: LitElement) => [...(page.shadowRoot?.querySelectorAll<HTMLElement>('tbody tr') ?? [])]
const roleOf = (page: LitElement, name: string) =>
  rows(page)
    .find((row) => row.textContent.includes(name))
    ?.querySelector('ui-select') ?? null
const mayTouch = (page: LitElement, name: string) => roleOf(page, name) !== null

async function choose(page: LitElement, name: string, role: Role) {
  const select = roleOf(page, name)
  if (!(select instanceof UiSelect)) throw new Error(`The role of ${name} cannot be chosen`)
  await select.updateComplete
  await userEvent.selectOptions(select.shadowRoot?.querySelector('select') as HTMLSelectElement, role)
  return select
}

describe('the members page', () => {
  it('lets an owner choose for everybody else, accessibly', async () => {
    const { page } = await opened('owner', { 'Ines Okafor': 'admin', 'Aiko Tanaka': 'owner' })
    expect(mayTouch(page, 'Ines Okafor')).toBe(true)
    expect(mayTouch(page, 'Aiko Tanaka')).toBe(true)
    expect(mayTouch(page, 'Priya Raman')).toBe(false)
    await expect.element(screen.getByText('Link made by a former member')).toBeVisible()
    expect(await complaints()).toEqual([])
  })

  it('keeps an admin from touching or making an owner', async () => {
    const { page } = await opened('admin', { 'Aiko Tanaka': 'owner', 'Jonas Lindqvist': 'viewer' })
    expect(mayTouch(page, 'Aiko Tanaka')).toBe(false)
    const offered = (roleOf(page, 'Jonas Lindqvist') as UiSelect).options.map(({ value }) => value)
    expect(offered).toEqual(['admin', 'member', 'viewer'])
  })

  it('offers a viewer nothing but the way out, and does not ask for the links', async () => {
    const { page, calls } = await opened('viewer', { 'Aiko Tanaka': 'owner' })
    expect(mayTouch(page, 'Aiko Tanaka')).toBe(false)
    expect(page.shadowRoot?.querySelectorAll('ui-menu')).toHaveLength(1)
    expect(page.shadowRoot?.textContent).not.toContain('Invite people')
    expect(inputsOf(calls, 'invitations.list')).toEqual([])
  })

  it('sends another role with the version that was read', async () => {
    const { page, calls } = await opened(
      'owner',
      { 'Ines Okafor': 'member' },
      { 'members.setRole': ({ role }) => ({ ...people('owner', { 'Ines Okafor': 'member' })[1], role }) },
    )
    await choose(page, 'Ines Okafor', 'admin')
    await vi.waitFor(() => expect(inputsOf(calls, 'members.setRole')).toMatchObject([{ role: 'admin', version: 4 }]))
  })

  it('takes a role back that the server refuses', async () => {
    const { page } = await opened(
      'owner',
      { 'Ines Okafor': 'member' },
      {
        'members.setRole': () => {
          throw new Refusal('FORBIDDEN')
        },
      },
    )
    const select = await choose(page, 'Ines Okafor', 'viewer')
    await vi.waitFor(() => expect(select.value).toBe('member'))
  })

  it('asks before it makes an owner, and hands over when that is wanted', async () => {
    const { page, calls } = await opened('owner', { 'Ines Okafor': 'admin' }, { 'members.setRole': () => people('owner', {})[0] })
    await choose(page, 'Ines Okafor', 'owner')
    await expect.element(screen.getByText('Ines Okafor can remove you and every other member')).toBeVisible()
    expect(inputsOf(calls, 'members.setRole')).toEqual([])
    await userEvent.click(screen.getByText('Hand over and become an admin'))
    await userEvent.click(screen.getByRole('button', { name: 'Make Ines Okafor an owner' }))
    await vi.waitFor(() => expect(inputsOf(calls, 'members.setRole').map(({ role }) => role)).toEqual(['owner', 'admin']))
  })

  it('puts the choice back when nobody wants the owner after all', async () => {
    const { page, calls } = await opened('owner', { 'Ines Okafor': 'admin' })
    const select = await choose(page, 'Ines Okafor', 'owner')
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    await vi.waitFor(() => expect(select.value).toBe('admin'))
    expect(inputsOf(calls, 'members.setRole')).toEqual([])
  })

  it('tells the only owner what to do before leaving', async () => {
    await opened('owner', { 'Ines Okafor': 'admin' })
    await userEvent.click(screen.getByRole('button', { name: 'More for Priya Raman' }))
    await userEvent.click(screen.getByRole('button', { name: 'Leave organization' }))
    await expect.element(screen.getByText('Make somebody else an owner, then come back')).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Leave Halden & Roe' })).not.toBeInTheDocument()
  })

  it('names who is removed and what follows, then removes', async () => {
    const { calls } = await opened('admin', { 'Jonas Lindqvist': 'member' }, { 'members.remove': () => null })
    await userEvent.click(screen.getByRole('button', { name: 'More for Jonas Lindqvist' }))
    await userEvent.click(screen.getByRole('button', { name: 'Remove from organization' }))
    await expect.element(screen.getByText('Tasks that were assigned to them are assigned to nobody')).toBeVisible()
    expect(await complaints()).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Remove Jonas Lindqvist' }))
    await vi.waitFor(() => expect(inputsOf(calls, 'members.remove')).toHaveLength(1))
  })

  it('finds people by a part of their name', async () => {
    const { calls } = await opened('viewer', { 'Ines Okafor': 'admin' })
    await userEvent.fill(screen.getByRole('searchbox', { name: 'Find a person' }), 'Nobody at all')
    await expect.element(screen.getByText('Nobody here is called “Nobody at all”.')).toBeVisible()
    expect(inputsOf(calls, 'members.list').at(-1)).toMatchObject({ q: 'Nobody at all' })
  })

  it('fetches the next page when somebody asks for more', async () => {
    const { calls } = await opened(
      'viewer',
      { 'Ines Okafor': 'admin' },
      {
        'members.list': ({ cursor }) => ({
          items: cursor ? people('viewer', { 'Zoe Lindqvist': 'member' }).slice(1) : people('viewer', { 'Ines Okafor': 'admin' }),
          nextCursor: cursor ? null : 'page 2',
        }),
      },
    )
    await expect.element(screen.getByText('More than 2 people.')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }))
    await expect.element(screen.getByText('Zoe Lindqvist')).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Show more' })).not.toBeInTheDocument()
    expect(inputsOf(calls, 'members.list').at(-1)).toMatchObject({ cursor: 'page 2' })
  })
})
