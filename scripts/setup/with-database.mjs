/** Runs a built program of the server on the database of `npm start`. */
import path from 'node:path'
import { buildIfNeeded } from './build.mjs'
import { findServer, without } from './database.mjs'
import { homeFrom, openHome, root } from './home.mjs'
import { installIfNeeded } from './install.mjs'
import { main } from '../process/lifecycle.mjs'
import { holderOf } from './lock.mjs'
import { refuseOldNode } from './node-version.mjs'
import { run } from '../process/run.mjs'

/**
 * Runs `node server/dist/<program>` with the arguments that `argumentsFor` makes of our own, and ends with its exit code.
 * `loginsOf({ adminUrl })` gives the URLs of the logins that it needs (`apiUrl`, `migratorUrl`); it sees ADMIN_DATABASE_URL, MIGRATION_DATABASE_URL and DATABASE_URL. An embedded PostgreSQL that was not running is
 * stopped afterwards, unless an `npm start` has come to use it.
 */
export async function runWithDatabase(program, argumentsFor, loginsOf) {
  refuseOldNode()
  await main(
    async (lifecycle) => {
      const home = openHome(homeFrom(process.env))
      await installIfNeeded()
      await buildIfNeeded(['server'])
      const finding = findServer({ home })
      lifecycle.atEnd(async () => {
        const { postgres } = (await finding.catch(() => undefined)) ?? {}
        if (postgres && !postgres.reused && !holderOf(path.join(home, 'running'))) await postgres.stop()
      })
      const { adminUrl } = await finding
      const { apiUrl, migratorUrl } = await loginsOf({ adminUrl })
      const { code } = await run(process.execPath, [path.join(root, 'server/dist', program), ...argumentsFor(process.argv.slice(2))], {
        cwd: root,
        env: {
          ...without(process.env, ['DATABASE_URL_FILE', 'MIGRATION_DATABASE_URL_FILE']),
          ADMIN_DATABASE_URL: adminUrl,
          MIGRATION_DATABASE_URL: migratorUrl ?? undefined,
          DATABASE_URL: apiUrl,
        },
        show: true,
      })
      await lifecycle.end(typeof code === 'number' ? code : 1)
    },
    { signalCode: 130 },
  )
}
