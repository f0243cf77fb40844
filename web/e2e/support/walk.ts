/** The steps that several journeys begin with, done as people do them. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Comes in as a new guest, who has no organization yet. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Continue as guest' }).click()
  await page.waitForURL('**/orgs/new')
}

/** Comes in as a new guest, and is a member of the demo organization. Gives its address. */
export async function enterDemo(page: Page): Promise<string> {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Look around the demo organization' }).click()
  await page.waitForURL(/\/orgs\/(?!new)[^/]+$/)
  await expect(page.getByText('Completed per day')).toAppear()
  return new URL(page.url()).pathname
}

/** Makes an organization and waits for its dashboard. Gives its address. */
export async function makeOrganization(page: Page, name: string): Promise<string> {
  if (!page.url().endsWith('/orgs/new')) await page.goto('/orgs/new')
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create organization' }).click()
  await page.waitForURL(/\/orgs\/(?!new)[^/]+$/)
  await expect(page.getByRole('heading', { name: 'Start with one project' })).toAppear()
  return new URL(page.url()).pathname
}

/** The dialog that is open: its host, because its buttons are slotted into it and not inside of the native one. */
export const openDialog = (page: Page): Locator => page.locator('ui-dialog[open]')

/** Waits until the window hears of what others do. */
export const becomesLive = (page: Page): Promise<unknown> => expect(page.locator('.presence.live')).toAppear()

/** Makes a project from the list and waits for its page. Gives its address. */
export async function makeProject(page: Page, organization: string, name: string): Promise<string> {
  await page.goto(`${organization}/projects?create`)
  await openDialog(page).getByLabel('Name').fill(name)
  await openDialog(page).getByRole('button', { name: 'Add project' }).click()
  await page.waitForURL(/\/projects\/[0-9a-f-]{36}$/)
  return new URL(page.url()).pathname
}

/** Adds tasks in the line at the end of To do. */
export async function addTasks(page: Page, ...titles: string[]): Promise<void> {
  await page
    .getByRole('button', { name: /^Add (task|the first task)/ })
    .first()
    .click()
  const line = page.getByRole('textbox', { name: 'Add a task to To do' })
  for (const title of titles) {
    await line.fill(title)
    await line.press('Enter')
    await expect(taskNamed(page, title)).toAppear()
  }
  await line.press('Escape')
}

/** The row of a task. */
export const taskNamed = (page: Page, title: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('link', { name: title, exact: true }) })

/** The button that completes a task or opens it again. */
export const statusOf = (page: Page, title: string): Locator => taskNamed(page, title).getByRole('button', { name: /^Status: / })

/** Makes a link for one person, by the dialog of the members page. */
export async function inviteByLink(page: Page, organization: string, role = 'Member'): Promise<string> {
  await page.goto(`${organization}/members`)
  await page.getByRole('button', { name: 'Invite people' }).click()
  await page.getByRole('radio', { name: new RegExp(`^${role}`) }).check()
  await page.getByRole('button', { name: 'Make link' }).click()
  const link = await page.getByLabel('Link for').inputValue()
  await openDialog(page).getByRole('button', { name: 'Close' }).last().click()
  return link
}
