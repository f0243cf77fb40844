/** Words that would be markup, script or an address elsewhere if a page took them for more than words. */
import { expect, it } from 'vitest'
import { aVisitor, baseUrl } from '../support/browser.ts'
import { addTasks, makeOrganization, makeProject, signIn, taskNamed } from '../support/walk.ts'

const image = '<img src=x onerror=window.ran=1>'
const script = '"><script>window.ran=1</script>'
const address = 'javascript:window.ran=1'
const template = '{{constructor.constructor("window.ran=1")()}} ${window.ran=1}'

it('are words on every page, and nothing of them runs', async () => {
  const { page, complaints } = await aVisitor()
  await signIn(page)
  const organization = await makeOrganization(page, image)
  const project = await makeProject(page, organization, script)
  await addTasks(page, address, template, image)
  for (const title of [address, template, image]) await expect(taskNamed(page, title)).toAppear()
  await taskNamed(page, address).getByRole('link').click()
  await expect(page.locator('app-task-panel').getByText(address).first()).toAppear()
  for (const path of [project, organization, `${organization}/projects`, `${organization}/members`, `${organization}/settings`]) {
    await page.goto(path)
    await expect(page.getByText(path === project || path.endsWith('/projects') ? script : image).first()).toAppear()
    const links = await page.getByRole('link').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).protocol))
    expect(new Set(links)).toEqual(new Set([new URL(baseUrl).protocol]))
    expect(await page.locator('img[src="x"], script:not([src])').count()).toBe(0)
  }
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toAppear()
  expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  expect(complaints).toEqual([])
})
