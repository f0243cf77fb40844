/** npm run migrate: brings the database of `npm start` up to date; `npm run migrate -- status` and other commands pass through. */
import { findLogins } from './setup/database.mjs'
import { runWithDatabase } from './setup/with-database.mjs'

await runWithDatabase('migrate.js', (given) => (given.length ? given : ['migrate']), findLogins)
