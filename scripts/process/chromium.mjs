/** Finds a Chromium for the tests that need a browser. */
import { existsSync } from 'node:fs'
import { onPath } from './run.mjs'

const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** Its path, or undefined. CHROMIUM_PATH decides when it is set. Errors: CHROMIUM_PATH names a file that is not there. */
export function findChromium(environment = process.env) {
  const given = environment.CHROMIUM_PATH
  if (given && !existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, and there is no such file. Correct it or leave it out.`)
  return given || onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome') || elsewhere.find(existsSync)
}
