/** The connection goes and comes back: it is said, an edit is refused in words and not lost, and afterwards nothing is missing. */
import { expect, it } from 'vitest'
import { aVisitor } from '../support/browser.ts'
import { addTasks, becomesLive, inviteByLink, makeOrganization, makeProject, signIn, statusOf, taskNamed } from '../support/walk.ts'

it('somebody goes offline while a colleague works on, and misses nothing', async () => {
  const away = await aVisitor()
  await signIn(away.page)
  const organization = await makeOrganization(away.page, 'In and out')
  const colleague = await aVisitor()
  await colleague.page.goto(await inviteByLink(away.page, organization))
  await colleague.page.getByRole('button', { name: 'Continue as guest' }).click()
  await colleague.page.waitForURL(`**${organization}`)
  const project = await makeProject(away.page, organization, 'Quarry Lane')
  await addTasks(away.page, 'Order slates', 'Paint the gate')
  await becomesLive(away.page)
  await colleague.page.goto(project)
  await expect(taskNamed(colleague.page, 'Order slates')).toAppear()

  await away.page.context().setOffline(true)
  await expect(away.page.getByText('You are offline.')).toAppear()
  await expect(away.page.locator('.presence.off')).toAppear()
  await expect(away.page).toBeAccessible()

  await addTasks(colleague.page, 'Done while you were away')
  await statusOf(colleague.page, 'Order slates').click()
  await statusOf(away.page, 'Paint the gate').click()
  await expect(away.page.getByRole('status').filter({ hasText: 'The server cannot be reached.' })).toAppear()
  await expect(statusOf(away.page, 'Paint the gate').and(away.page.getByRole('button', { name: /^Status: To do/ }))).toAppear()
  await away.page.mouse.move(2, 2)
  expect(await taskNamed(away.page, 'Done while you were away').count()).toBe(0)

  await away.page.context().setOffline(false)
  await expect(away.page.getByText('Back in step.')).toAppear()
  await expect(away.page.getByText('You are offline.')).toDisappear()
  await expect(taskNamed(away.page, 'Done while you were away')).toAppear()
  await expect(taskNamed(away.page, 'Order slates').getByRole('button', { name: /^Status: Done/ })).toAppear()

  await statusOf(away.page, 'Paint the gate').click()
  await expect(taskNamed(colleague.page, 'Paint the gate').getByRole('button', { name: /^Status: Done/ })).toAppear()
})
