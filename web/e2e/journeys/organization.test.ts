/** An organization is renamed, moves to another address, is left and deleted; everybody who has it open goes along. */
import { beforeAll, describe, expect, it } from 'vitest'
import { aVisitor, type Visitor } from '../support/browser.ts'
import { becomesLive, inviteByLink, makeOrganization, openDialog, signIn } from '../support/walk.ts'

describe('an organization with two people', () => {
  let owner: Visitor
  let member: Visitor
  let organization: string

  beforeAll(async () => {
    owner = await aVisitor()
    member = await aVisitor()
    await signIn(owner.page)
    organization = await makeOrganization(owner.page, 'Before')
    await member.page.goto(await inviteByLink(owner.page, organization))
    await member.page.getByRole('button', { name: 'Continue as guest' }).click()
    await becomesLive(member.page)
    await member.page.getByRole('link', { name: 'Members' }).click()
    await member.page.getByText('2 people.').waitFor()
  })

  it('is called otherwise in the other window at once', async () => {
    await owner.page.goto(`${organization}/settings`)
    await owner.page.getByLabel('Name').fill('Afterwards')
    await owner.page.getByRole('button', { name: 'Change name' }).click()
    await expect(member.page.getByRole('button', { name: 'Afterwards' })).toAppear(2_000)
    await expect(owner.page.getByRole('button', { name: 'Afterwards' })).toAppear(2_000)
  })

  it('takes both windows along to its new address', async () => {
    const slug = `afterwards-${Date.now()}`
    await owner.page.getByLabel('Address').fill(slug)
    await owner.page.getByRole('button', { name: 'Change address' }).click()
    await owner.page.waitForURL(`**/orgs/${slug}/settings`)
    await member.page.waitForURL(`**/orgs/${slug}/members`)
    await expect(member.page.getByText('2 people.')).toAppear()
    await becomesLive(member.page)
    organization = `/orgs/${slug}`
  })

  it('gives a member another role, whose window offers what the role allows', async () => {
    await owner.page.goto(`${organization}/members`)
    await owner.page.getByLabel(/^Role of guest-/).selectOption('admin')
    await expect(owner.page.getByText(/is now an admin\.$/)).toAppear()
    await expect(member.page.getByRole('button', { name: 'Invite people' })).toAppear(2_000)
    await expect(member.page).toBeAccessible()
  })

  it('is left by the one, who disappears from the list of the other', async () => {
    await member.page.getByRole('link', { name: 'Settings' }).click()
    await member.page.getByRole('button', { name: 'Leave organization' }).click()
    await openDialog(member.page).getByRole('button', { name: 'Leave organization' }).click()
    await member.page.waitForURL('**/orgs/new')
    await expect(owner.page.getByText('1 person.')).toAppear(2_000)
  })

  it('is deleted by its owner once the address is typed', async () => {
    await owner.page.goto(`${organization}/settings`)
    await owner.page.getByRole('button', { name: 'Delete organization' }).click()
    await openDialog(owner.page)
      .getByLabel(/^Type /)
      .fill(organization.replace('/orgs/', ''))
    await openDialog(owner.page).getByRole('button', { name: 'Delete organization' }).click()
    await owner.page.waitForURL('**/orgs/new')
    await expect(owner.page.getByText('Afterwards was deleted.')).toAppear()
  })
})
