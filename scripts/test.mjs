/** npm test: sets up what the tests need, runs all of them, says what could not run, and leaves nothing behind. */
import { rmSync } from 'node:fs'
import path from 'node:path'
import { buildIfNeeded } from './setup/build.mjs'
import { findChromium } from './process/chromium.mjs'
import { startPostgres } from './postgres/embedded.mjs'
import { root } from './setup/home.mjs'
import { installIfNeeded } from './setup/install.mjs'
import { main } from './process/lifecycle.mjs'
import { refuseOldNode } from './setup/node-version.mjs'
import { step } from './report/progress.mjs'
import { startRedis } from './process/redis-process.mjs'
import { programOf, run } from './process/run.mjs'
import { makeTemporaryHome, removeTemporaryHome } from './setup/temporary-home.mjs'
import { makeTally } from './report/tally.mjs'

refuseOldNode()
await main(
  async (lifecycle) => {
    const filter = process.argv.slice(2)
    const tally = makeTally({ skipsForbidden: process.env.CI === 'true' || process.env.MORTISE_FORBID_SKIPS === '1' })
    await installIfNeeded()
    const home = await makeTemporaryHome()
    lifecycle.atEnd(() => removeTemporaryHome(home))
    const isBuilt = await tally.step('build', () => buildIfNeeded())
    const environment = await findServices({ lifecycle, home, tally })
    if (filter.length === 0) await tally.step('check', () => node([path.join(root, 'scripts/check.mjs')], environment))
    await runVitest({ home, tally, environment, name: 'vitest', args: [programOf('vitest'), 'run', ...filter] })
    if (filter.length === 0 && environment.CHROMIUM_PATH && isBuilt) {
      await runVitest({ home, tally, environment, name: 'e2e', args: [path.join(root, 'scripts/e2e.mjs')] })
    }
    tally.report()
    await lifecycle.end(tally.isGood() ? 0 : 1)
  },
  { signalCode: 130 },
)

async function findServices({ lifecycle, home, tally }) {
  const chromium = findChromium()
  if (!chromium) tally.skip('browser tests and journeys', 'no Chromium or Chrome was found; install one or set CHROMIUM_PATH')
  const redis = await findRedis(lifecycle)
  if (!redis) tally.skip('tests with Redis', 'redis-server is not on the PATH; install it or set TEST_REDIS_URL')
  return {
    ...process.env,
    TEST_DATABASE_URL: await findPostgres({ lifecycle, home }),
    ...(redis && { TEST_REDIS_URL: redis }),
    ...(chromium && { CHROMIUM_PATH: chromium }),
  }
}

async function findPostgres({ lifecycle, home }) {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL
  const starting = startPostgres({ home, ephemeral: true })
  lifecycle.atEnd(async () => (await starting.catch(() => undefined))?.stop())
  return (await step('Starting PostgreSQL', () => starting)).adminUrl
}

async function findRedis(lifecycle) {
  const given = process.env.TEST_REDIS_URL || process.env.REDIS_URL
  if (given) return given
  const redis = await startRedis()
  if (redis) lifecycle.atEnd(redis.stop)
  return redis?.url
}

async function runVitest({ home, tally, environment, name, args }) {
  const report = path.join(home, `${name}.json`)
  rmSync(report, { force: true })
  await tally.tests(name, report, () =>
    node([...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], environment),
  )
}

async function node(args, env) {
  const { code } = await run(process.execPath, args, { cwd: root, env, show: true })
  if (code !== 0) throw new Error(`ended with ${code}`)
}
