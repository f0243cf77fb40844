/** npm run mutate:policies: weakens every policy, grant and door of the database in turn, and sees that somebody notices each time. */
import { startPostgres } from './postgres/embedded.mjs'
import { main } from './process/lifecycle.mjs'
import { programOf, run } from './process/run.mjs'
import { step } from './report/progress.mjs'
import { root } from './setup/home.mjs'
import { installIfNeeded } from './setup/install.mjs'
import { refuseOldNode } from './setup/node-version.mjs'
import { makeTemporaryHome, removeTemporaryHome } from './setup/temporary-home.mjs'

refuseOldNode()
await main(
  async (lifecycle) => {
    await installIfNeeded()
    const env = { ...process.env, MORTISE_MUTANTS: 'all', TEST_DATABASE_URL: await findPostgres(lifecycle) }
    const args = [programOf('vitest'), 'run', '--project', 'server', 'server/test/isolation/mutation']
    const { code } = await run(process.execPath, args, { cwd: root, env, show: true })
    await lifecycle.end(code === 0 ? 0 : 1)
  },
  { signalCode: 130 },
)

async function findPostgres(lifecycle) {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL
  const home = await makeTemporaryHome()
  lifecycle.atEnd(() => removeTemporaryHome(home))
  const starting = startPostgres({ home, ephemeral: true })
  lifecycle.atEnd(async () => (await starting.catch(() => undefined))?.stop())
  return (await step('Starting PostgreSQL', () => starting)).adminUrl
}
