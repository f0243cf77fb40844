/** npm run audit: `npm run audit -- verify` follows the audit trails of `npm start`, `npm run audit -- heads` writes their signed heads. */
import { findLogins } from './setup/database.mjs'
import { homeFrom, openHome, secretOf } from './setup/home.mjs'
import { runWithDatabase } from './setup/with-database.mjs'

const { env } = process
// what `npm start` signs with, unless the environment names another secret
if (!env.TOKEN_SECRET && !env.TOKEN_SECRET_FILE) env.TOKEN_SECRET = secretOf(openHome(homeFrom(env)), 'token')

await runWithDatabase(
  'audit.js',
  (given) => given,
  (server) => (env.BACKUP_DATABASE_URL || env.BACKUP_DATABASE_URL_FILE ? {} : findLogins(server)),
)
