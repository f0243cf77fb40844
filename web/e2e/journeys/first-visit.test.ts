/** The first ten minutes of somebody new: from the door to a dashboard with work on it. */
import { expect, it } from 'vitest'
import { aVisitor } from '../support/browser.ts'
import { addTasks, makeOrganization, openDialog, signIn, statusOf } from '../support/walk.ts'

it('a guest makes an organization, a project and three tasks, completes one and sees it on the dashboard', async () => {
  const { page, complaints } = await aVisitor()
  await signIn(page)
  const organization = await makeOrganization(page, 'Halden and Roe')

  await page.getByRole('link', { name: 'Add the first project' }).click()
  await openDialog(page).getByLabel('Name').fill('Tidewater library')
  await openDialog(page).getByRole('button', { name: 'Add project' }).click()
  await expect(page.getByRole('heading', { name: 'Tidewater library' })).toAppear()

  await addTasks(page, 'Order oak', 'Book the crane', 'Choose door furniture')
  await statusOf(page, 'Book the crane').click()
  await expect(page.getByText('1 of 3 done')).toAppear()
  await expect(page).toBeAccessible()

  await page.getByRole('link', { name: 'Dashboard' }).click()
  await page.waitForURL(`**${organization}`)
  await expect(page.getByText('Completed per day')).toAppear()
  const figure = (word: string) => page.locator('dl > div').filter({ hasText: word }).locator('dd').first()
  await expect.poll(() => figure('Open tasks').textContent()).toBe('2')
  await expect.poll(() => figure('Done in 30 days').textContent()).toBe('1')
  await expect(page.getByRole('list').filter({ hasText: 'Book the crane' })).toAppear()
  expect(complaints).toEqual([])
})
