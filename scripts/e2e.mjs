/** npm run e2e: the journeys of web/e2e in a real browser, against a whole product with data of its own. */
import { findChromium } from './process/chromium.mjs'
import { root } from './setup/home.mjs'
import { installIfNeeded } from './setup/install.mjs'
import { main } from './process/lifecycle.mjs'
import { startProduct } from './process/product.mjs'
import { programOf, run } from './process/run.mjs'
import { makeTemporaryHome, removeTemporaryHome } from './setup/temporary-home.mjs'

await main(
  async (lifecycle) => {
    const chromium = findChromium()
    if (!chromium) throw new Error('The journeys need a browser. Install Chromium or Chrome, or set CHROMIUM_PATH.')
    await installIfNeeded()
    const home = await makeTemporaryHome()
    lifecycle.atEnd(() => removeTemporaryHome(home))
    const starting = startProduct({ home, environment: { HOST: '127.0.0.1', DATABASE_URL: '', REDIS_URL: '' } })
    lifecycle.atEnd(async () => (await starting.catch(() => undefined))?.stop())
    const { url, seconds } = await starting
    process.stdout.write(`The product is ready at ${url} after ${seconds.toFixed(1)} s\n`)
    const { code } = await run(process.execPath, [programOf('vitest'), 'run', '--root', 'web/e2e', ...process.argv.slice(2)], {
      cwd: root,
      env: { ...process.env, BASE_URL: url, CHROMIUM_PATH: chromium },
      show: true,
    })
    await lifecycle.end(code === 0 ? 0 : 1)
  },
  { signalCode: 130 },
)
