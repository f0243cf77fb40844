/** Puts a promise of the server to the test at its full size. */
import { root } from '../setup/home.mjs'
import { installIfNeeded } from '../setup/install.mjs'
import { refuseOldNode } from '../setup/node-version.mjs'
import { findTestPostgres } from '../setup/test-postgres.mjs'
import { main } from './lifecycle.mjs'
import { programOf, run } from './run.mjs'

/**
 * Runs `test`, which also runs in `npm test`, small, and reads its size from the variable `size`. It is `full`, or `quick` when `--quick` is
 * asked for; a variable that is set already has its way. Ends the process: with 0 when the promise was kept.
 */
export async function drill({ test, size, full, quick }) {
  refuseOldNode()
  await main(
    async (lifecycle) => {
      const flags = process.argv.slice(2)
      if (flags.some((flag) => flag !== '--quick')) throw new Error('The only flag is --quick.')
      await installIfNeeded()
      const value = process.env[size] ?? String(flags.length > 0 ? quick : full)
      const env = { ...process.env, [size]: value, TEST_DATABASE_URL: await findTestPostgres(lifecycle) }
      const { code } = await run(process.execPath, [programOf('vitest'), 'run', '--project', 'server', test], {
        cwd: root,
        env,
        show: true,
      })
      await lifecycle.end(code === 0 ? 0 : 1)
    },
    { signalCode: 130 },
  )
}
