/** Measures one interaction: the press is real, the times are the browser's. */
import type { CDPSession, Page } from 'playwright-core'
import type { Press } from './interactions.ts'

/** What has to be painted: a selector (`a >>> b` is b inside the shadow root of a), perhaps with words in it, or its absence. */
export type Target = { path: string; text?: string; isGone?: boolean }

type Entry = { name: string; startTime: number; duration: number; interactionId: number }
type Gathered = {
  event: Entry[]
  'layout-shift': { value: number; hadRecentInput: boolean }[]
  'long-animation-frame': { duration: number }[]
}
type Meter = {
  arm(target: Target): void
  stands(target: Target): boolean
  standing: Promise<number>
  gathered(): Gathered
  calibrate(): { ms: number }
}
declare global {
  var meter: Meter
}

/** All in ms, except the shift. */
export type Sample = {
  /** From the press to the next picture: Event Timing, in steps of 8. Under 16 the browser does not tell, and it counts as 16. */
  inputMs: number
  /** From the press until what was asked for is painted. */
  standsMs: number
  /** What the main thread computed until then: other programs on the machine do not add to it. */
  busyMs: number
  /** The longest frame until the page came to rest, with what followed the answer of the server. */
  frameMs: number
  /** Layout shift that the reader did not cause within half a second. */
  shift: number
  /** The fixed work, right before. */
  calibrationMs: number
}

const quietMs = 150
const restMs = 500
const untoldMs = 16
const patienceMs = 20_000

/** Presses once and waits until the page is at rest again. Errors: `target` does not come. */
export async function measure(page: Page, cdp: CDPSession, target: Target, press: Press): Promise<Sample> {
  if ('on' in press) await page.locator(press.on).first().hover()
  await rest(page, quietMs)
  const calibrationMs = await calibrate(page)
  await page.evaluate((wanted) => globalThis.meter.arm(wanted), target)
  const before = await busy(cdp)
  await pressed(page, press)
  const standsMs = await within(
    page.evaluate(() => globalThis.meter.standing),
    JSON.stringify(target),
  )
  const busyMs = (await busy(cdp)) - before
  await rest(page, restMs)
  const { event, 'layout-shift': shifts, 'long-animation-frame': frames } = await page.evaluate(() => globalThis.meter.gathered())
  return {
    inputMs: Math.max(untoldMs, ...event.filter(({ interactionId }) => interactionId > 0).map(({ duration }) => duration)),
    standsMs,
    busyMs,
    frameMs: Math.max(0, ...frames.map(({ duration }) => duration)),
    shift: shifts.filter(({ hadRecentInput }) => !hadRecentInput).reduce((sum, { value }) => sum + value, 0),
    calibrationMs,
  }
}

async function pressed({ keyboard, mouse }: Page, press: Press): Promise<void> {
  if ('key' in press) return keyboard.press(press.key)
  await mouse.down()
  await mouse.up()
}

/** Waits until `target` stands, without measuring. */
export const until = (page: Page, target: Target): Promise<unknown> =>
  page.waitForFunction((wanted) => globalThis.meter.stands(wanted), target, { timeout: patienceMs })

/** Lets `ms` go by, and then everything that the main thread still has to do. */
export const rest = async (page: Page, ms: number): Promise<void> => {
  await page.waitForTimeout(ms)
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 5_000 })))
}

export const calibrate = async (page: Page): Promise<number> => (await page.evaluate(() => globalThis.meter.calibrate())).ms

/** CPU time of the page's main thread, in ms. `Performance` has to be enabled in thread ticks. */
async function busy(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

async function within(standing: Promise<number>, what: string): Promise<number> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come within ${patienceMs / 1000} s`)), patienceMs)
  })
  return Promise.race([standing, late]).finally(() => clearTimeout(timer))
}
