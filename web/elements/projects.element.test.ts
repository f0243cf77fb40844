/** The list of projects: finding, adding, archiving, deleting, and who may. */
import type { Project } from '@mortise/shared/projects'
import type { Role } from '@mortise/shared/permissions'
import { html, type LitElement } from 'lit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import '../src/projects/app-projects-page.ts'
import { router } from '../src/router.ts'
import { aProject } from './a-project.ts'
import { complaints } from './axe.ts'
import { Refusal, answer, inputsOf } from './fake-api.ts'
import { showAs } from './inside-organization.ts'

const address = location.href
beforeEach(() => void vi.spyOn(router, 'go').mockResolvedValue())
afterEach(() => {
  history.replaceState(null, '', address)
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const two = () => [
  aProject(),
  aProject({ id: '0193b000-0000-7000-8000-000000000002', name: 'Quarry Lane houses', openTasks: 6, doneTasks: 10 }),
]

async function opened(role: Role, projects: Project[] = two()) {
  const calls = answer({
    'projects.list': ({ q, archived }) => {
      const items = projects.filter(
        ({ name, archivedAt }) => name.includes(String(q ?? '')) && (archived === 'all' || (archived === 'true') === (archivedAt !== null)),
      )
      return { items, nextCursor: null }
    },
    'projects.create': ({ name }) => aProject({ name: String(name) }),
    'projects.update': ({ project: id, version, archived, ...edit }) => {
      const found = projects.find((project) => project.id === id)
      if (!found) throw new Refusal('PROJECT_NOT_FOUND')
      if (found.version !== version) throw new Refusal('VERSION_CONFLICT', { current: { ...found } })
      if (archived !== undefined) found.archivedAt = archived ? found.createdAt : null
      return { ...Object.assign(found, edit, { version: found.version + 1 }) }
    },
    'projects.delete': ({ project: id }) => {
      projects.splice(
        projects.findIndex((project) => project.id === id),
        1,
      )
      return null
    },
  })
  const page = await showAs<LitElement>(role, html`<app-projects-page .org=${'halden-roe'}></app-projects-page>`)
  const root = page.shadowRoot as ShadowRoot
  const names = () => [...root.querySelectorAll('tbody .thing a')].map((name) => name.textContent)
  const press = (label: string, within: ParentNode = root) => {
    const button = [...within.querySelectorAll<HTMLElement>('button')].find((each) => each.textContent.trim() === label)
    if (!button) throw new Error(`There is no button ${label}`)
    button.click()
  }
  return { page, root, calls, names, press, projects }
}

/** Opened: before that there is nothing in it. */
function menuOf(root: ShadowRoot, at: number): HTMLElement {
  const menu = root.querySelectorAll('tbody ui-menu')[at] as HTMLElement
  menu.showPopover()
  return menu
}

describe('the list of projects', () => {
  it('says of each how far it is and how much is open, accessibly', async () => {
    const { root, names } = await opened('member')
    await vi.waitFor(() => expect(names()).toEqual(['Tidewater library', 'Quarry Lane houses']))
    expect(root.querySelectorAll('tbody tr')[1]?.textContent).toMatch(/10 of 16\s+6/)
    expect(await complaints()).toEqual([])
  })

  it('finds by words once the reader pauses, and keeps them in the address', async () => {
    const { root, names, calls } = await opened('member')
    await vi.waitFor(() => expect(names()).toHaveLength(2))
    await userEvent.fill(root.querySelector('input[type=search]') as HTMLInputElement, 'Quarry')
    await vi.waitFor(() => expect(names()).toEqual(['Quarry Lane houses']))
    expect(inputsOf(calls, 'projects.list').at(-1)).toMatchObject({ q: 'Quarry', archived: 'false' })
    expect(location.search).toBe('?q=Quarry')
    await userEvent.fill(root.querySelector('input[type=search]') as HTMLInputElement, 'Nowhere')
    await vi.waitFor(() => expect(root.textContent).toContain('Clear the search'))
  })

  it('teaches what a project is when there is none, and offers a viewer nothing to press', async () => {
    const { root, press } = await opened('member', [])
    await vi.waitFor(() => expect(root.querySelector('ui-empty')?.textContent).toContain('A project holds the tasks of one piece of work'))
    expect(root.querySelector('.tabs')).toBeNull()
    press('Add the first project')
    await vi.waitFor(() => expect(root.querySelector('app-project-dialog')).not.toBeNull())
    expect(await complaints()).toEqual([])
    document.body.replaceChildren()
    const viewer = await opened('viewer', [])
    await vi.waitFor(() => expect(viewer.root.querySelector('ui-empty')).not.toBeNull())
    expect(viewer.root.querySelectorAll('button')).toHaveLength(0)
  })

  it('adds a project by its name and goes to it', async () => {
    const { root, press, calls, names } = await opened('member')
    await vi.waitFor(() => expect(names()).toHaveLength(2))
    press('Add project')
    const dialog = () => root.querySelector('app-project-dialog')?.shadowRoot
    await vi.waitFor(() => expect(dialog()?.querySelector('ui-field')?.shadowRoot?.querySelector('input')).toBeInstanceOf(HTMLElement))
    await userEvent.fill(dialog()?.querySelector('ui-field')?.shadowRoot?.querySelector('input') as HTMLInputElement, 'Mill Street')
    press('Add project', dialog() as ShadowRoot)
    await vi.waitFor(() =>
      expect(inputsOf(calls, 'projects.create')).toEqual([{ org: 'halden-roe', name: 'Mill Street', description: '' }]),
    )
    await vi.waitFor(() => expect(router.go).toHaveBeenCalledWith(`/orgs/halden-roe/projects/${aProject().id}`))
  })

  it('opens the dialog for an address that asks for it', async () => {
    history.replaceState(null, '', `${location.pathname}?create`)
    const { root } = await opened('member')
    await vi.waitFor(() => expect(root.querySelector('app-project-dialog')).not.toBeNull())
    expect(location.search).toBe('')
  })

  it('archives at once and brings back by undo', async () => {
    const { root, names, press, projects } = await opened('member')
    await vi.waitFor(() => expect(names()).toHaveLength(2))
    press('Archive project', menuOf(root, 0))
    await vi.waitFor(() => expect(names()).toEqual(['Quarry Lane houses']))
    await vi.waitFor(() => expect(projects[0]?.archivedAt).not.toBeNull())
  })

  it('shows both versions to whoever saves a name second', async () => {
    const { root, names, press, projects } = await opened('member')
    await vi.waitFor(() => expect(names()).toHaveLength(2))
    press('Edit name and description', menuOf(root, 0))
    const dialog = () => root.querySelector('app-project-dialog')?.shadowRoot
    await vi.waitFor(() => expect(dialog()?.querySelector('ui-field')?.shadowRoot?.querySelector('input')?.value).toBe('Tidewater library'))
    Object.assign(projects[0] ?? {}, { name: 'Their name', version: 2 })
    await userEvent.fill(dialog()?.querySelector('ui-field')?.shadowRoot?.querySelector('input') as HTMLInputElement, 'My name')
    press('Save project', dialog() as ShadowRoot)
    await vi.waitFor(() => expect(dialog()?.querySelector('.facts')?.textContent).toContain('Their name'))
    expect(await complaints()).toEqual([])
    press('Save yours', dialog() as ShadowRoot)
    await vi.waitFor(() => expect(projects[0]).toMatchObject({ name: 'My name', version: 3 }))
  })

  it('lets an admin delete after naming what goes, and nobody below', async () => {
    const { root, names, press, projects } = await opened('admin')
    await vi.waitFor(() => expect(names()).toHaveLength(2))
    press('Delete project', menuOf(root, 1))
    const question = () => root.querySelector('ui-confirm')?.shadowRoot
    await vi.waitFor(() => expect(question()?.textContent).toContain('16 tasks go with it, 6 of them open.'))
    expect(await complaints()).toEqual([])
    press('Delete project', question() as ShadowRoot)
    await vi.waitFor(() => expect(projects).toHaveLength(1))
    document.body.replaceChildren()
    const member = await opened('member')
    await vi.waitFor(() => expect(member.names()).toHaveLength(2))
    expect(menuOf(member.root, 0).textContent).not.toContain('Delete')
  })
})
