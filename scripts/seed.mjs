/** npm run seed: fills the database of `npm start`, as in `npm run seed -- --organizations 200 --projects 20 --tasks 50`. */
import { bringUp } from './setup/database.mjs'
import { runWithDatabase } from './setup/with-database.mjs'

await runWithDatabase(
  'seed.js',
  (given) => given,
  ({ adminUrl }) => bringUp({ adminUrl, demo: false }),
)
