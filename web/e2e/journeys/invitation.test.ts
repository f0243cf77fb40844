/** Inviting by link: whoever opens it first joins and is seen at once; the link then is used up. */
import { beforeAll, describe, expect, it } from 'vitest'
import { aVisitor, type Visitor } from '../support/browser.ts'
import { becomesLive, inviteByLink, makeOrganization, openDialog, signIn } from '../support/walk.ts'

describe('an invitation', () => {
  let owner: Visitor
  let organization: string
  let link: string

  beforeAll(async () => {
    owner = await aVisitor()
    await signIn(owner.page)
    organization = await makeOrganization(owner.page, 'Halden and Roe')
    link = await inviteByLink(owner.page, organization)
    await becomesLive(owner.page)
  })

  it('lets a stranger in as a guest, who appears in the open list of members without a reload', async () => {
    const { page, complaints } = await aVisitor()
    await page.goto(link)
    await expect(page).toBeAccessible()
    await page.getByRole('button', { name: 'Continue as guest' }).click()
    await page.waitForURL(`**${organization}`)
    await expect(page.getByText('You have joined Halden and Roe as a member.')).toAppear()
    await expect(owner.page.getByRole('row').filter({ hasText: 'guest-' }).nth(1)).toAppear(2_000)
    await expect(owner.page.getByText('2 people.')).toAppear()
    expect(complaints).toEqual([])
  })

  it('is refused to the second person, who learns why', async () => {
    const { page } = await aVisitor()
    await page.goto(link)
    await page.getByRole('button', { name: 'Continue as guest' }).click()
    await expect(page.getByRole('heading', { name: 'This invitation is used up' })).toAppear()
    await expect(page.getByRole('img', { name: 'Drawing of a closed joint' })).toAppear()
    await expect(page).toBeAccessible()
  })

  it('does not work when it was revoked, or when a part of it is missing', async () => {
    const revoked = await inviteByLink(owner.page, organization, 'Viewer')
    await owner.page.getByRole('button', { name: 'Revoke the viewer link made by you' }).click()
    await openDialog(owner.page).getByRole('button', { name: 'Revoke link' }).click()
    await expect(owner.page.getByText('No link is open.')).toAppear()
    for (const dead of [revoked, link.slice(0, -1)]) {
      const { page } = await aVisitor()
      await page.goto(dead)
      const join = page.getByRole('button', { name: 'Continue as guest' })
      if (dead === revoked) await join.click()
      await expect(page.getByRole('heading', { name: 'This invitation does not work' })).toAppear()
    }
  })

  it('keeps its token out of the address bar, out of every request line and for this tab only', async () => {
    const { page } = await aVisitor()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url(), request.headers()['referer'] ?? ''))
    const fresh = await inviteByLink(owner.page, organization)
    const token = new URL(fresh).hash.slice(1)
    await page.goto(fresh)
    await expect(page.getByRole('button', { name: 'Continue as guest' })).toAppear()
    expect(page.url()).not.toContain(token)
    await page.reload()
    await page.getByRole('button', { name: 'Continue as guest' }).click()
    await page.waitForURL(`**${organization}`)
    expect(asked.filter((url) => new URL(url || 'about:blank').href.replace(/#.*/, '').includes(token))).toEqual([])
    expect(await page.evaluate(() => sessionStorage.getItem('mortise-invitation'))).toBeNull()
  })
})
