/** An owner reads who did what: entries arrive while the page is open, are filtered and opened; a member does not get there. */
import { beforeAll, describe, expect, it } from 'vitest'
import { aVisitor, type Visitor } from '../support/browser.ts'
import { becomesLive, inviteByLink, makeOrganization, makeProject, signIn } from '../support/walk.ts'

describe('the audit trail of an organization', () => {
  let owner: Visitor
  let member: Visitor
  let organization: string

  beforeAll(async () => {
    owner = await aVisitor()
    member = await aVisitor()
    await signIn(owner.page)
    organization = await makeOrganization(owner.page, 'Written down')
    await member.page.goto(await inviteByLink(owner.page, organization))
    await member.page.getByRole('button', { name: 'Continue as guest' }).click()
    await becomesLive(member.page)
  })

  it('is a place in the rail of its owner, and tells what happened', async () => {
    await owner.page.getByRole('link', { name: 'Audit' }).click()
    await owner.page.waitForURL(`**${organization}/audit`)
    await expect(owner.page.getByText('You created the organization')).toAppear()
    await expect(owner.page.getByText(/^guest-\d{4} joined as /)).toAppear()
    await becomesLive(owner.page)
    await expect(owner.page).toBeAccessible()
  })

  it('says that there is more while the page is open, and shows it when asked', async () => {
    await makeProject(member.page, organization, 'Atlas')
    await owner.page.getByRole('button', { name: 'Show a new entry' }).click()
    await expect(owner.page.getByText(/ added the project “Atlas”$/)).toAppear()
  })

  it('is filtered by kind, in the address too, and an entry tells where it came from', async () => {
    await owner.page.getByLabel('Kind').selectOption('project')
    await owner.page.waitForURL('**/audit?entity=project')
    await expect(owner.page.getByText('1 entry', { exact: true })).toAppear()
    await owner.page.getByText(/ added the project “Atlas”$/).click()
    await expect(owner.page.getByText('projects.create')).toAppear()
    await expect(owner.page).toBeAccessible()
  })

  it('is not shown to a member', async () => {
    await member.page.goto(`${organization}/audit`)
    await expect(member.page.getByText('Your role does not allow this.')).toAppear()
    expect(await member.page.getByRole('link', { name: 'Audit' }).count()).toBe(0)
  })
})
