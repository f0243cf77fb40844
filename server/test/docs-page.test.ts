/** The page of the API document, in a real browser. */
import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../src/rest/calls.ts'
import { aServer, type TestServer } from './server.ts'

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const isThere = existsSync(executablePath)

describe.skipIf(!isThere)(
  `the page of the API document${isThere ? '' : ' (skipped: there is no Chromium; install it or set CHROMIUM_PATH)'}`,
  () => {
    let server: TestServer
    let browser: Browser
    beforeAll(async () => {
      server = await aServer()
      browser = await chromium.launch({
        executablePath,
        args: ['--no-sandbox', '--disable-background-networking', '--disable-quic', '--no-first-run'],
      })
    })
    afterAll(async () => {
      await browser.close()
      await server.close()
    })

    /** A page whose complaints are written down. */
    async function watched() {
      const page = await browser.newPage()
      const complaints: string[] = []
      const hosts = new Set<string>()
      await page.exposeFunction('complain', (text: string) => void complaints.push(text))
      await page.addInitScript(() => {
        const { complain } = globalThis as unknown as { complain(text: string): void }
        addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          complain(`violation: ${violatedDirective} ${blockedURI}`),
        )
      })
      page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
      page.on('pageerror', ({ message }) => void complaints.push(message))
      page.on('request', (request) => void (request.url().startsWith('data:') || hosts.add(new URL(request.url()).host)))
      page.on('response', (response) => void (response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`)))
      return { page, complaints, hosts }
    }

    it.each(['/docs', '/docs/'])('shows every operation at %s, breaks no rule of its policy, and asks no other host', async (path) => {
      const { page, complaints, hosts } = await watched()
      await page.goto(server.url + path)
      await page
        .locator('.opblock')
        .nth(calls.length - 1)
        .waitFor({ timeout: 15_000 })
      expect(await page.locator('.opblock').count()).toBe(calls.length)
      expect(await page.title()).toBe('Mortise API')
      const first = page.locator('.opblock').first()
      await first.locator('button.opblock-summary-control').click()
      await first.locator('button.execute').click()
      expect(await first.locator('.live-responses-table .response .response-col_status').innerText()).toContain('200')
      expect({ complaints, hosts: [...hosts] }).toEqual({ complaints: [], hosts: [new URL(server.url).host] })
      await page.close()
    })

    it('is watched by a test that would notice: an inline script is refused and written down, and so is another host', async () => {
      const { page, complaints } = await watched()
      await page.goto(`${server.url}/docs`)
      await page.evaluate(() => {
        const inline = document.createElement('script')
        inline.textContent = 'window.wasRun = true'
        const picture = document.createElement('img')
        picture.src = 'http://elsewhere.invalid/picture.png'
        document.body.append(inline, picture)
      })
      await expect.poll(() => complaints.filter((text) => text.startsWith('violation: ')).length).toBe(2)
      expect(await page.evaluate(() => 'wasRun' in window)).toBe(false)
      await page.close()
    })
  },
)
