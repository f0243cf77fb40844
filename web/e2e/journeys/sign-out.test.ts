/** Signing out ends the session in every window of the browser, at once. */
import { expect, it } from 'vitest'
import { aVisitor } from '../support/browser.ts'
import { becomesLive, makeOrganization, openDialog, signIn } from '../support/walk.ts'

it('signing out in one tab leads the other one to the door', async () => {
  const { page, window } = await aVisitor()
  await signIn(page)
  const organization = await makeOrganization(page, 'Two tabs')
  const other = await window()
  await other.goto(`${organization}/members`)
  await becomesLive(other)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out' }).last().click()
  await openDialog(page).getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Continue as guest' })).toAppear()
  await expect(other.getByRole('button', { name: 'Continue as guest' })).toAppear(2_000)
  await other.goto(`${organization}/members`)
  await other.waitForURL('**/sign-in**')
})

it('ending a session elsewhere signs that device out within a second', async () => {
  const phone = await aVisitor()
  await signIn(phone.page)
  await makeOrganization(phone.page, 'One device')
  await becomesLive(phone.page)
  // The only session of a guest, ended behind its back, as from another device.
  await phone.page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'x-requested-with': 'mortise' }
    const answer = await fetch('/api/v1/auth/refresh', { method: 'POST', headers, body: '{}' })
    const { token } = (await answer.json()) as { token: string }
    await fetch('/api/v1/auth/logout', { method: 'POST', headers: { ...headers, authorization: `Bearer ${token}` }, body: '{}' })
  })
  await expect(phone.page.getByRole('heading', { name: 'Your session has ended' })).toAppear(2_000)
})
