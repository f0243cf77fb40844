/** npm run bench:web: what the web app takes on a slow processor, measured in a real browser against a whole product with data of its own. */
import { findChromium } from './process/chromium.mjs'
import { main } from './process/lifecycle.mjs'
import { startProduct } from './process/product.mjs'
import { programOf, run } from './process/run.mjs'
import { root } from './setup/home.mjs'
import { installIfNeeded } from './setup/install.mjs'
import { makeTemporaryHome, removeTemporaryHome } from './setup/temporary-home.mjs'

await main(
  async (lifecycle) => {
    const chromium = findChromium()
    if (!chromium) throw new Error('The measurement needs a browser. Install Chromium or Chrome, or set CHROMIUM_PATH.')
    await installIfNeeded()
    const url = process.env.BASE_URL || (await ownProduct(lifecycle))
    const { code } = await run(process.execPath, [programOf('tsx'), 'bench/src/web/main.ts', ...process.argv.slice(2)], {
      cwd: root,
      env: { ...process.env, BASE_URL: url, CHROMIUM_PATH: chromium },
      show: true,
    })
    await lifecycle.end(code === 0 ? 0 : 1)
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
