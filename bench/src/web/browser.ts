/** A Chromium whose pages compute four times slower, as on a phone of the middle class. */
import path from 'node:path'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'

export const slowdown = 4

// Root may not use the sandbox; nothing may call home.
const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking', '--disable-quic', '--no-first-run']

export const launch = (executablePath: string): Promise<Browser> => chromium.launch({ executablePath, args })

/** A window of somebody with this cookie, or of nobody; nothing is cached in it. */
export async function aWindow(browser: Browser, url: string, cookie?: string): Promise<{ page: Page; cdp: CDPSession }> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
  const [name = '', value = ''] = cookie?.split('=') ?? []
  if (cookie) {
    await context.addCookies([{ name, value, domain: new URL(url).hostname, path: '/api/v1/auth', httpOnly: true, sameSite: 'Strict' }])
    await context.addInitScript(() => localStorage.setItem('mortise-signed-in', 'yes'))
  }
  await context.addInitScript({ path: path.join(import.meta.dirname, 'meter.js') })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  return { page, cdp }
}
