/** npm run drill:idempotency: 10,000 keys through a network that loses requests and answers; one row for each. `-- --quick` takes 300. */
import { drill } from './process/drill.mjs'

await drill({ test: 'server/test/cuts.test.ts', size: 'MORTISE_DRILL_KEYS', full: 10_000, quick: 300 })
