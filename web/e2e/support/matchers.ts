/** What journeys expect of a page, in their own words. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { axeComplaints } from './axe.ts'
import { patienceMs } from './browser.ts'
import { tooWide } from './measures.ts'

declare module 'vitest' {
  interface Matchers<T> {
    /** The thing appears, within ten seconds or `withinMs`. */
    toAppear(withinMs?: number): Promise<T>
    /** The thing goes, or was never there. */
    toDisappear(withinMs?: number): Promise<T>
    /** The checker finds nothing wrong on the page. */
    toBeAccessible(): Promise<T>
    /** The page is as wide as its window. */
    toFitItsWindow(): Promise<T>
  }
}

const state =
  (wanted: 'visible' | 'hidden') =>
  async (thing: Locator, timeout = patienceMs) => {
    const began = performance.now()
    const reason = await thing
      .first()
      .waitFor({ state: wanted, timeout })
      .then(
        () => '',
        (error: Error) => error.message,
      )
    return {
      pass: reason === '',
      message: () => `${String(thing)} was not ${wanted} after ${Math.round(performance.now() - began)} ms: ${reason}`,
    }
  }

expect.extend({
  toAppear: state('visible'),
  toDisappear: state('hidden'),
  async toBeAccessible(page: Page) {
    const complaints = await axeComplaints(page)
    return { pass: complaints.length === 0, message: () => `${page.url()} has ${complaints.length} complaints:\n${complaints.join('\n')}` }
  },
  async toFitItsWindow(page: Page) {
    const flaws = await tooWide(page)
    return { pass: flaws.length === 0, message: () => flaws.join('\n') }
  },
})
