/** The settings of an organization: an edit says what follows, two editors see both sides, and deletion is meant. */
import type { Organization } from '@mortise/shared/organizations'
import type { Role } from '@mortise/shared/permissions'
import { html, type LitElement } from 'lit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page as screen, userEvent } from 'vitest/browser'
import '../src/settings/app-settings-page.ts'
import { complaints } from './axe.ts'
import { Refusal, answer, inputsOf } from './fake-api.ts'
import { anOrganization, showAs } from './inside-organization.ts'

afterEach(() => vi.unstubAllGlobals())

const stats = { projects: 3, members: 5, openTasks: 12 }

async function opened(role: Role, more: Parameters<typeof answer>[0] = {}) {
  const calls = answer({ 'organizations.get': () => anOrganization(role), 'organizations.stats': () => stats, ...more })
  const page = await showAs<LitElement>(role, html`<app-settings-page org="halden-roe"></app-settings-page>`)
  await expect.element(screen.getByText('For everyone in Halden & Roe.')).toBeVisible()
  return { page, calls }
}

const refuseOnce = (current: Organization) => {
  let refused = false
  return ({ name }: Record<string, unknown>) => {
    if (refused) return { ...current, name, version: current.version + 1 }
    refused = true
    throw new Refusal('VERSION_CONFLICT', { current })
  }
}

describe('the settings page', () => {
  it('opens the row that is edited and says what follows, accessibly', async () => {
    const { calls } = await opened('admin', {
      'organizations.update': (input) => anOrganization('admin', { slug: String(input['slug']), version: 4 }),
    })
    await userEvent.fill(screen.getByLabelText('Address'), 'halden')
    await expect.element(screen.getByText('Somebody else may take the old address')).toBeVisible()
    expect(await complaints()).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }))
    await expect.element(screen.getByLabelText('Address')).toHaveValue('halden-roe')
    expect(inputsOf(calls, 'organizations.update')).toEqual([])
  })

  it('sends a new name with the version that was read', async () => {
    const { calls } = await opened('owner', {
      'organizations.update': ({ name }) => anOrganization('owner', { name: String(name), version: 4 }),
    })
    await userEvent.fill(screen.getByLabelText('Name'), 'Halden & Sons')
    await userEvent.click(screen.getByRole('button', { name: 'Change name' }))
    await vi.waitFor(() => expect(inputsOf(calls, 'organizations.update')).toMatchObject([{ name: 'Halden & Sons', version: 3 }]))
  })

  it('shows both sides when somebody else renamed it first, and keeps the one that is chosen', async () => {
    const theirs = anOrganization('admin', { name: 'Roe & Halden', version: 7 })
    const { calls } = await opened('admin', { 'organizations.update': refuseOnce(theirs) })
    await userEvent.fill(screen.getByLabelText('Name'), 'Halden & Sons')
    await userEvent.click(screen.getByRole('button', { name: 'Change name' }))
    await expect.element(screen.getByText('Somebody changed the name while you were editing.')).toBeVisible()
    await expect.element(screen.getByText('Roe & Halden')).toBeVisible()
    expect(await complaints()).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Keep yours' }))
    await vi.waitFor(() => expect(inputsOf(calls, 'organizations.update').at(-1)).toMatchObject({ name: 'Halden & Sons', version: 7 }))
  })

  it('throws its own side away when theirs is kept', async () => {
    await opened('admin', { 'organizations.update': refuseOnce(anOrganization('admin', { name: 'Roe & Halden', version: 7 })) })
    await userEvent.fill(screen.getByLabelText('Name'), 'Halden & Sons')
    await userEvent.click(screen.getByRole('button', { name: 'Change name' }))
    await userEvent.click(screen.getByRole('button', { name: 'Keep theirs' }))
    await expect.element(screen.getByLabelText('Name')).toHaveValue('Roe & Halden')
  })

  it('goes on by itself when only another field was changed', async () => {
    const { calls } = await opened('admin', { 'organizations.update': refuseOnce(anOrganization('admin', { slug: 'roe', version: 5 })) })
    await userEvent.fill(screen.getByLabelText('Name'), 'Halden & Sons')
    await userEvent.click(screen.getByRole('button', { name: 'Change name' }))
    await vi.waitFor(() => expect(inputsOf(calls, 'organizations.update').map(({ version }) => version)).toEqual([3, 5]))
  })

  it('marks an address that is taken', async () => {
    await opened('owner', {
      'organizations.update': () => {
        throw new Refusal('SLUG_TAKEN')
      },
    })
    await userEvent.fill(screen.getByLabelText('Address'), 'taken')
    await userEvent.click(screen.getByRole('button', { name: 'Change address' }))
    await expect.element(screen.getByText('This address is taken. Choose another one.')).toBeVisible()
  })

  it('is only read by members, who are told why', async () => {
    const { page } = await opened('member')
    await expect.element(screen.getByText('Only owners and admins change these.')).toBeVisible()
    expect(page.shadowRoot?.querySelector('ui-field')).toBeNull()
    await expect.element(screen.getByRole('button', { name: 'Delete organization' })).not.toBeInTheDocument()
    expect(await complaints()).toEqual([])
  })

  it('deletes only after its address was typed, and counts what goes', async () => {
    const { calls } = await opened('owner', { 'organizations.delete': () => null })
    await userEvent.click(screen.getByRole('button', { name: 'Delete organization' }))
    await expect.element(screen.getByText('3 projects with all tasks, 12 of them open')).toBeVisible()
    const confirm = screen.getByRole('button', { name: 'Delete organization' }).last()
    await expect.element(confirm).toBeDisabled()
    await userEvent.type(screen.getByLabelText('Type halden-roe to confirm'), 'halden-ro{Enter}')
    expect(inputsOf(calls, 'organizations.delete')).toEqual([])
    expect(await complaints()).toEqual([])
    await userEvent.type(screen.getByLabelText('Type halden-roe to confirm'), 'e{Enter}')
    await vi.waitFor(() => expect(inputsOf(calls, 'organizations.delete')).toHaveLength(1))
  })

  it('says why the last owner cannot leave', async () => {
    await opened('owner', {
      'members.remove': () => {
        throw new Refusal('LAST_OWNER')
      },
    })
    await userEvent.click(screen.getByRole('button', { name: 'Leave organization' }))
    await userEvent.click(screen.getByRole('button', { name: 'Leave organization' }).last())
    await expect.element(screen.getByText('An organization keeps at least one owner.')).toBeVisible()
  })
})
