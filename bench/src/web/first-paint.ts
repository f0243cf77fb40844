/** Measures loads: the first picture, the first content, and what moves until the page is at rest. */
import type { Page } from 'playwright-core'
import { rest, until, type Target } from './measure.ts'

/** All in ms since the navigation began, except the shift, which is the whole of it. */
export type Load = { paintMs: number; standsMs: number; shift: number }

/** Opens an address in a window that has nothing in its cache. */
export async function load(page: Page, address: string, target: Target): Promise<Load> {
  await page.goto(address, { waitUntil: 'commit' })
  await until(page, target)
  const standsMs = await page.evaluate(() => performance.now())
  await rest(page, 1_000)
  return page.evaluate((stands) => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN
    const shift = globalThis.meter.gathered()['layout-shift'].reduce((sum, { value }) => sum + value, 0)
    return { paintMs: paint, standsMs: stands, shift }
  }, standsMs)
}
