/** npm run screenshots: pictures of every page, wide and narrow, light and dark, of a product with demo data; into docs/screenshots. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from './process/chromium.mjs'
import { main } from './process/lifecycle.mjs'
import { startProduct } from './process/product.mjs'
import { pages } from './screenshots/pages.mjs'
import { indexed } from './screenshots/png.mjs'
import { arrive } from './screenshots/visitor.mjs'
import { root } from './setup/home.mjs'
import { installIfNeeded } from './setup/install.mjs'
import { makeTemporaryHome, removeTemporaryHome } from './setup/temporary-home.mjs'

const directory = path.join(root, 'docs/screenshots')
const windows = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]
const themes = ['light', 'dark']

await main(
  async (lifecycle) => {
    const executablePath = findChromium()
    if (!executablePath) throw new Error('The pictures need a browser. Install Chromium or Chrome, or set CHROMIUM_PATH.')
    await installIfNeeded()
    const url = process.env.BASE_URL || (await ownProduct(lifecycle))
    const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
    lifecycle.atEnd(() => browser.close())
    mkdirSync(directory, { recursive: true })
    for (const old of readdirSync(directory)) rmSync(path.join(directory, old))
    await takeAll({ browser, url })
    await lifecycle.end(0)
  },
  { signalCode: 130 },
)

async function ownProduct(lifecycle) {
  const home = await makeTemporaryHome()
  lifecycle.atEnd(() => removeTemporaryHome(home))
  const starting = startProduct({ home, environment: { HOST: '127.0.0.1', DATABASE_URL: '', REDIS_URL: '' } })
  lifecycle.atEnd(async () => (await starting.catch(() => undefined))?.stop())
  return (await starting).url
}

async function takeAll({ browser, url }) {
  const { cookie, places } = await arrive(url)
  const open = (options) => browser.newContext({ baseURL: url, deviceScaleFactor: 1, locale: 'en-GB', reducedMotion: 'reduce', ...options })
  const member = await open({})
  await signIn(member, { url, cookie })
  const stranger = await open({})
  let bytes = 0
  for (const page of pages)
    for (const size of windows)
      for (const theme of themes) bytes += await take({ context: page.isDoor ? stranger : member, page, size, theme, places })
  process.stdout.write(`${readdirSync(directory).length} pictures, ${(bytes / 1e6).toFixed(2)} MB, in docs/screenshots\n`)
}

// A chart that is still being fetched leaves a picture that looks finished, so two in a row must be the same.
async function still(page) {
  let last
  for (let left = 20; left > 0; left--) {
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
    if (last?.equals(picture)) return picture
    last = picture
    await page.waitForTimeout(400)
  }
  throw new Error('A page does not come to rest.')
}

// The cookie of the first answer is all that a browser has after a visit; the app asks for the rest.
async function signIn(context, { url, cookie }) {
  const [name, value] = cookie.split('=')
  await context.addCookies([{ name, value, domain: new URL(url).hostname, path: '/api/v1/auth', httpOnly: true, sameSite: 'Strict' }])
  await context.addInitScript(() => localStorage.setItem('mortise-signed-in', 'yes'))
}

async function take({ context, page: { name, at, stands, act }, size, theme, places }) {
  const page = await context.newPage()
  await page.setViewportSize(size)
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await page.goto(at(places))
  await page.locator('.first-paint').waitFor({ state: 'hidden' })
  await stands(page).waitFor()
  await page.locator('ui-skeleton').first().waitFor({ state: 'hidden' })
  await act?.(page)
  const picture = indexed(await still(page))
  const file = `${name}-${size.width}-${theme}.png`
  writeFileSync(path.join(directory, file), picture)
  process.stdout.write(`${file.padEnd(36)} ${(picture.length / 1000).toFixed(1).padStart(6)} kB\n`)
  await page.close()
  return picture.length
}
