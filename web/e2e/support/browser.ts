/** A browser with visitors in it: each has cookies of its own, and everything that their pages complain of is written down. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, inject } from 'vitest'
import { listenForViolations } from './violations.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the product. */
    baseUrl: string
    /** Path of the browser. */
    chromium: string
  }
}

export const baseUrl = inject('baseUrl')
/** How long anything may take to be seen before a journey gives up. */
export const patienceMs = 10_000

// Root may not use the sandbox; nothing may call home.
const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking', '--disable-quic', '--no-first-run']

export type Visitor = {
  page: Page
  /** Errors in the console, exceptions nobody caught, and violations of the content security policy, over all of its pages. */
  complaints: string[]
  /** One more window of the same person. */
  window(): Promise<Page>
  close(): Promise<void>
}

let running: Promise<Browser> | undefined

/** Somebody new. `options` are those of a browser context: `viewport`, `colorScheme`, `reducedMotion` and so on. */
export async function aVisitor(options: BrowserContextOptions = {}): Promise<Visitor> {
  running ??= chromium.launch({ executablePath: inject('chromium'), args })
  const browser = await running
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(patienceMs)
  const complaints: string[] = []
  await listenForViolations(context, (violation) => complaints.push(violation))
  context.on('console', (message) => message.type() === 'error' && complaints.push(`console: ${message.text()}`))
  context.on('weberror', (event) => complaints.push(`exception: ${event.error().message}`))
  const window = () => context.newPage()
  return { page: await window(), complaints, window, close: () => context.close() }
}

/** Named by every file of journeys through aVisitor: the browser goes when its tests are done. */
afterAll(async () => {
  await (await running)?.close()
  running = undefined
})
