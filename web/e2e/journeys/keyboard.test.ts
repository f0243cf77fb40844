/** Without a mouse: from the door to a completed task, and the focus always shows where it is. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { aVisitor } from '../support/browser.ts'
import { focusOf } from '../support/measures.ts'

/** More stops than any page has before what is looked for. */
const mostStops = 40

/** Presses Tab until something with this name has the focus; every stop on the way has to show itself. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const met: string[] = []
  for (let stop = 0; stop < mostStops; stop++) {
    await page.keyboard.press('Tab')
    const focus = await focusOf(page)
    if (focus.name && !focus.isVisible) throw new Error(`"${focus.name}" has the focus and does not show it`)
    if (name.test(focus.name)) return
    met.push(focus.name)
  }
  throw new Error(`Tab does not lead to ${String(name)}; it leads to ${met.join(', ')}`)
}

const focused = (page: Page) => expect.poll(async () => (await focusOf(page)).name)

it('somebody without a mouse signs in, makes an organization and a project, adds a task and completes it', async () => {
  const { page, complaints } = await aVisitor()
  const { keyboard } = page
  await page.goto('/sign-in')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
  await tabTo(page, /^Continue as guest/)
  await keyboard.press('Enter')

  await focused(page).toBe('Create an organization')
  await tabTo(page, /^Name$/)
  await keyboard.type('Only keys')
  await keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Start with one project' })).toAppear()
  await tabTo(page, /^Add the first project/)
  await keyboard.press('Enter')
  await focused(page).toBe('Name')
  await keyboard.type('Keyboard shelf')
  await keyboard.press('Enter')

  await expect(page.getByRole('button', { name: 'Add the first task' })).toAppear()
  await focused(page).toBe('Keyboard shelf')
  await tabTo(page, /^Add the first task/)
  await keyboard.press('Enter')
  await focused(page).toBe('Add a task to To do')
  expect(await focusOf(page)).toMatchObject({ isVisible: true })
  await keyboard.type('Cut the dovetails')
  await keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Cut the dovetails' })).toAppear()
  await keyboard.press('Escape')
  await focused(page).toBe('Cut the dovetails')
  await keyboard.press('Shift+Tab')
  await focused(page).toMatch(/^Status: To do/)
  expect(await focusOf(page)).toMatchObject({ isVisible: true })
  await keyboard.press('Space')
  await expect(page.getByText('1 of 1 done')).toAppear()
  expect(complaints).toEqual([])
})

it('the palette leads to every place, and Escape gives the focus back', async () => {
  const { page } = await aVisitor()
  await page.goto('/sign-in')
  await tabTo(page, /^Look around the demo/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Completed per day')).toAppear()
  await tabTo(page, /^Members/)
  await page.keyboard.press('Control+K')
  await focused(page).toMatch(/find|search/i)
  await page.keyboard.press('Escape')
  await focused(page).toMatch(/^Members/)
  await page.keyboard.press('Control+K')
  await page.keyboard.type('account')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account')
  await focused(page).toBe('Your account')
  await page.keyboard.press('?')
  await expect(page.getByRole('heading', { name: /shortcuts/i })).toAppear()
})
