/** npm run mutate:policies: weakens every policy, grant and door of the database in turn, and sees that somebody notices each time. */
import { main } from './process/lifecycle.mjs'
import { programOf, run } from './process/run.mjs'
import { root } from './setup/home.mjs'
import { installIfNeeded } from './setup/install.mjs'
import { refuseOldNode } from './setup/node-version.mjs'
import { findTestPostgres } from './setup/test-postgres.mjs'

refuseOldNode()
await main(
  async (lifecycle) => {
    await installIfNeeded()
    const env = { ...process.env, MORTISE_MUTANTS: 'all', TEST_DATABASE_URL: await findTestPostgres(lifecycle) }
    const args = [programOf('vitest'), 'run', '--project', 'server', 'server/test/isolation/mutation']
    const { code } = await run(process.execPath, args, { cwd: root, env, show: true })
    await lifecycle.end(code === 0 ? 0 : 1)
  },
  { signalCode: 130 },
)
