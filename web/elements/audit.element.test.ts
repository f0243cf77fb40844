/** The audit page: a trail that people can read, filter and open, and that does not move under them. */
import type { AuditEntry } from '@mortise/shared/audit'
import type { Role } from '@mortise/shared/permissions'
import { html, type LitElement } from 'lit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page as screen, userEvent } from 'vitest/browser'
import '../src/audit/app-audit-page.ts'
import { complaints } from './axe.ts'
import { Refusal, answer, inputsOf } from './fake-api.ts'
import { people, reader, showAs } from './inside-organization.ts'

beforeEach(() => history.replaceState(null, '', '/'))
afterEach(() => vi.unstubAllGlobals())

const anEntry = (seq: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  seq,
  at: '2026-11-18T08:15:00.000Z',
  actorId: '0193a000-0000-7000-8000-000000000002',
  actorName: 'Ada Lovelace',
  procedure: 'projects.update',
  action: 'changed',
  entity: 'project',
  entityId: '0193a000-0000-7000-8000-000000000050',
  entityName: `Atlas ${seq}`,
  before: { name: 'Atlas' },
  after: { name: `Atlas ${seq}` },
  requestId: 'req-12345678',
  address: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
  hash: 'ab12'.repeat(16),
  ...more,
})

type Trail = { items: AuditEntry[]; nextCursor: string | null }

async function opened(list: (input: Record<string, unknown>) => Trail, role: Role = 'owner') {
  const calls = answer({
    'audit.list': (input) => {
      const trail = list(input)
      return { ...trail, items: trail.items.slice(0, Number(input['limit'])) }
    },
    'members.list': () => ({ items: people('owner', { 'Ada Lovelace': 'admin' }), nextCursor: null }),
  })
  const page = await showAs<LitElement>(role, html`<app-audit-page org="halden-roe"></app-audit-page>`)
  return { page, calls }
}
const asked = (calls: Parameters<typeof inputsOf>[0]) => inputsOf(calls, 'audit.list').filter(({ limit }) => limit !== 1)

describe('the audit page', () => {
  it('says in a sentence who did what, and shows what changed and from where when it is opened, accessibly', async () => {
    await opened(() => ({ items: [anEntry(2), anEntry(1, { actorId: reader.id, action: 'created', before: null })], nextCursor: null }))
    const renamed = screen.getByText('renamed the project “Atlas” to “Atlas 2”')
    await expect.element(renamed).toBeVisible()
    await expect.element(screen.getByText('You added the project “Atlas 1”')).toBeVisible()
    expect(await complaints()).toEqual([])
    await userEvent.click(renamed)
    await expect.element(screen.getByText('203.0.113.7, Firefox on Linux').first()).toBeVisible()
    await expect.element(screen.getByText('req-12345678').first()).toBeVisible()
    await expect.element(screen.getByText('Before: Atlas')).toBeInTheDocument()
    await expect.element(screen.getByText('After: Atlas 2')).toBeInTheDocument()
    expect(await complaints()).toEqual([])
  })

  it('opens an entry from the keyboard', async () => {
    const { page } = await opened(() => ({ items: [anEntry(2)], nextCursor: null }))
    await expect.element(screen.getByText('renamed the project')).toBeVisible()
    page.shadowRoot?.querySelector('summary')?.focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByText('entry 1', { exact: true })).toBeVisible()
  })

  it('asks for what the filters say, and keeps them in the address', async () => {
    const { calls } = await opened(() => ({ items: [anEntry(2)], nextCursor: null }))
    await userEvent.selectOptions(screen.getByLabelText('Kind'), 'Projects')
    await userEvent.selectOptions(screen.getByLabelText('Person'), 'You')
    await userEvent.selectOptions(screen.getByLabelText('Time'), 'Last 7 days')
    await vi.waitFor(() => expect(asked(calls).at(-1)).toMatchObject({ entity: 'project', actor: 'me', since: expect.any(String) }))
    expect(location.search).toBe('?actor=me&entity=project&period=7')
  })

  it('begins with the filters of its address, and goes back with it', async () => {
    history.replaceState(null, '', '/?action=deleted')
    const { calls } = await opened(() => ({ items: [anEntry(2)], nextCursor: null }))
    await vi.waitFor(() => expect(asked(calls)[0]).toMatchObject({ action: 'deleted' }))
    await userEvent.selectOptions(screen.getByLabelText('Action'), 'Any action')
    await vi.waitFor(() => expect(asked(calls).at(-1)).not.toHaveProperty('action'))
    history.back()
    await expect.element(screen.getByLabelText('Action')).toHaveValue('deleted')
  })

  it('loads more, page by page', async () => {
    const { calls } = await opened(({ cursor }) =>
      cursor === undefined ? { items: [anEntry(2)], nextCursor: 'behind-2' } : { items: [anEntry(1)], nextCursor: null },
    )
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }))
    await expect.element(screen.getByText('to “Atlas 1”')).toBeVisible()
    await expect.element(screen.getByText('2 entries')).toBeVisible()
    expect(asked(calls).at(-1)).toMatchObject({ cursor: 'behind-2' })
  })

  it('lets what is new wait until it is asked for', async () => {
    let items = [anEntry(1)]
    await opened(({ limit }) => ({ items: limit === 1 ? [anEntry(3)] : items, nextCursor: null }))
    const news = screen.getByRole('button', { name: 'Show 2 new entries' })
    await expect.element(news).toBeVisible()
    expect(screen.getByText('to “Atlas 3”').query()).toBeNull()
    items = [anEntry(3), anEntry(2), anEntry(1)]
    await userEvent.click(news)
    await expect.element(screen.getByText('to “Atlas 3”')).toBeVisible()
    await expect.element(news).not.toBeInTheDocument()
  })

  it('says that nothing fits, and leads back to everything', async () => {
    history.replaceState(null, '', '/?entity=task')
    await opened(({ entity }) => ({ items: entity === 'task' ? [] : [anEntry(2)], nextCursor: null }))
    await userEvent.click(screen.getByRole('button', { name: 'Show all entries' }))
    await expect.element(screen.getByText('renamed the project')).toBeVisible()
    expect(location.search).toBe('')
  })

  it('says what belongs here while there is nothing', async () => {
    await opened(() => ({ items: [], nextCursor: null }))
    await expect.element(screen.getByText('Nothing has been changed yet')).toBeVisible()
    expect(await complaints()).toEqual([])
  })

  it('says what went wrong, and tries again', async () => {
    let fails = true
    await opened(() => {
      if (fails) throw new Refusal('UNAVAILABLE')
      return { items: [anEntry(2)], nextCursor: null }
    })
    await expect.element(screen.getByText('The server cannot answer right now.')).toBeVisible()
    fails = false
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await expect.element(screen.getByText('renamed the project')).toBeVisible()
  })

  it('tells a member that the role does not allow it, and asks the server nothing', async () => {
    const { calls } = await opened(() => ({ items: [], nextCursor: null }), 'member')
    await expect.element(screen.getByText('Your role does not allow this.')).toBeVisible()
    expect(await complaints()).toEqual([])
    expect(calls).toEqual([])
  })
})
