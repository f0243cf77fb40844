/** What can be measured on a page that stands: its width against the window, and where the focus is and whether it shows. */
import type { Page } from 'playwright-core'

/** By how many px the page scrolls sideways, and which elements stick out. */
export const sidewaysScroll = (page: Page): Promise<{ wider: number; culprits: string[] }> =>
  page.evaluate(() => {
    const root = document.documentElement
    const wider = Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth
    const culprits: string[] = []
    const look = (parent: ParentNode) => {
      for (const element of parent.querySelectorAll('*')) {
        if (element.getBoundingClientRect().right > root.clientWidth + 1 && culprits.length < 5)
          culprits.push(`<${element.localName} class="${element.getAttribute('class') ?? ''}">`)
        if (element.shadowRoot) look(element.shadowRoot)
      }
    }
    if (wider > 0) look(document)
    return { wider, culprits }
  })

const settlingMs = 2_000

/** What is still wrong once the page has settled: a part may come, or a chart draw itself anew, a few frames later. */
export async function settled(page: Page, look: () => Promise<string[]>): Promise<string[]> {
  const until = performance.now() + settlingMs
  let flaws = await look()
  while (flaws.length > 0 && performance.now() < until) {
    await page.evaluate(() => new Promise(requestAnimationFrame))
    flaws = await look()
  }
  return flaws
}

/** What makes the page wider than its window; an empty list is good. */
export const tooWide = (page: Page): Promise<string[]> =>
  settled(page, async () => {
    const { wider, culprits } = await sidewaysScroll(page)
    return wider > 0 ? [`${page.url()} is ${wider} px wider than its window: ${culprits.join(', ')}`] : []
  })

export type Focus = { name: string; isVisible: boolean }

/** What has the focus, through every shadow root, by the words a reader hears; and whether a ring says so. */
export const focusOf = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    let at: Element | null = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    if (!at || at === document.body) return { name: '', isVisible: false }
    const labels = [...((at as HTMLInputElement).labels ?? [])].map((label) => label.textContent)
    const name = at.getAttribute('aria-label') ?? [...labels, at.textContent].map((words) => words?.trim()).find(Boolean) ?? at.localName
    // A choice of a segment shows its ring on its label, the field to add a task on its row.
    const ringed = [at, at.closest('label'), at.parentElement, at.closest('.task')].filter((element) => element !== null)
    const isVisible = ringed.some((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
    })
    return { name: name.replaceAll(/\s+/g, ' ').trim(), isVisible }
  })
