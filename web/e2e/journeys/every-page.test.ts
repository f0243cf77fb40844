/** Every address of the app, in light and dark, wide and narrow: accessible, within its policy, without an error, no wider than its window. */
import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes.ts'
import { axeComplaints } from '../support/axe.ts'
import { aVisitor, type Visitor } from '../support/browser.ts'
import { demoPlaces, type Places } from '../support/demo.ts'
import { settled, tooWide } from '../support/measures.ts'
import { becomesLive, enterDemo } from '../support/walk.ts'

/** The addresses that a pattern stands for: with its optional part and without. */
const addressesOf = (pattern: string) =>
  pattern.includes('{') ? [pattern.replaceAll(/\{[^}]*\}\?/g, ''), pattern.replaceAll(/[{}?]/g, '')] : [pattern]
const addressesAt = (wanted: 'app' | 'door') => routes.filter(({ place }) => place === wanted).flatMap(({ path }) => addressesOf(path))
const app = addressesAt('app')
const doors = addressesAt('door')
/** Pages that an address cannot name. */
const others = ['/nowhere/at/all', '/orgs/not-an-organization-of-mine', '/account#sign-out']

const phone = { width: 320, height: 640 }
/** What is left of 1280 by 800 when somebody zooms to 200 %. */
const zoomed = { width: 640, height: 400 }
const wide = { width: 1280, height: 800 }

/** A 404 of the API is the right answer to an address that names nothing; the browser writes it down as an error all the same. */
const isExpected = (complaint: string, path: string) => path.startsWith('/orgs/not-') && /status of 404/.test(complaint)

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  let places: Places
  let member: Visitor
  let stranger: Visitor

  beforeAll(async () => {
    places = await demoPlaces()
    member = await aVisitor({ colorScheme })
    stranger = await aVisitor({ colorScheme })
    await enterDemo(member.page)
    await becomesLive(member.page)
  })

  const flawsOf = async ({ page, complaints }: Visitor, path: string): Promise<string[]> => {
    complaints.length = 0
    await page.setViewportSize(wide)
    await page.goto(path.replaceAll(/:(\w+)/g, (_, name: keyof Places) => places[name]))
    await expect(page.locator('.first-paint')).toDisappear()
    await expect(page.getByRole('heading', { level: 1 })).toAppear()
    await expect(page.locator('ui-skeleton')).toDisappear()
    const flaws = await settled(page, () => axeComplaints(page))
    for (const size of [zoomed, phone]) {
      await page.setViewportSize(size)
      flaws.push(...(await tooWide(page)))
    }
    return [
      ...flaws,
      ...(await settled(page, () => axeComplaints(page))),
      ...complaints.filter((complaint) => !isExpected(complaint, path)),
    ]
  }

  it.each([...app, ...others])('%s is sound', async (path) => expect(await flawsOf(member, path)).toEqual([]))
  it.each(doors)('%s is sound for a stranger', async (path) => expect(await flawsOf(stranger, path)).toEqual([]))
})

it('knows every kind of page there is', () => {
  expect(app.length).toBeGreaterThan(4)
  expect(doors).toContain('/sign-in')
})
