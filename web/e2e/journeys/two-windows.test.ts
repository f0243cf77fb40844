/** Two people in the demo organization: what one does, the other sees in well under a second, without a reload. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { aVisitor, type Visitor } from '../support/browser.ts'
import { demoPlaces } from '../support/demo.ts'
import { addTasks, becomesLive, enterDemo, openDialog, statusOf, taskNamed } from '../support/walk.ts'

const wellUnderASecondMs = 800
const task = `Measure twice ${Date.now()}`

describe('two windows side by side', () => {
  let one: Visitor
  let other: Visitor

  beforeAll(async () => {
    const { org, project } = await demoPlaces()
    for (const visitor of [(one = await aVisitor()), (other = await aVisitor())]) {
      await enterDemo(visitor.page)
      await visitor.page.goto(`/orgs/${org}/projects/${project}`)
      await visitor.page.evaluate(() => ((globalThis as { isFirstLoad?: boolean }).isFirstLoad = true))
      await becomesLive(visitor.page)
      await visitor.page.mouse.move(2, 2) // what comes under a pointer waits until the pointer has gone
    }
  })

  it('a new task appears in the other', async () => {
    await addTasks(one.page, task)
    await expect(taskNamed(other.page, task)).toAppear(wellUnderASecondMs)
  })

  it('its completion appears in the first', async () => {
    await statusOf(other.page, task).click()
    await other.page.mouse.move(2, 2)
    await expect(taskNamed(one.page, task).getByRole('button', { name: /^Status: Done/ })).toAppear(wellUnderASecondMs)
  })

  it('another title appears while the other one is looking at it', async () => {
    await taskNamed(one.page, task).getByRole('link').focus()
    await one.page.keyboard.press('e')
    await one.page.getByRole('textbox', { name: 'Title' }).fill(`${task}, cut once`)
    await one.page.keyboard.press('Enter')
    await expect(taskNamed(other.page, `${task}, cut once`)).toAppear(wellUnderASecondMs)
  })

  it('its removal too, and nobody has reloaded or met an error', async () => {
    const row = taskNamed(other.page, `${task}, cut once`)
    await row.getByRole('button', { name: /^More for/ }).click()
    await other.page.getByRole('button', { name: /^Delete/ }).click()
    await openDialog(other.page)
      .getByRole('button', { name: /^Delete/ })
      .click()
    await expect.poll(() => taskNamed(one.page, `${task}, cut once`).getByRole('link').count(), { timeout: 5_000 }).toBe(0)
    const isFirstLoad = (page: Page) => page.evaluate(() => (globalThis as { isFirstLoad?: boolean }).isFirstLoad)
    expect(await Promise.all([isFirstLoad(one.page), isFirstLoad(other.page)])).toEqual([true, true])
    expect([...one.complaints, ...other.complaints]).toEqual([])
  })
})
