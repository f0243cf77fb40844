/** npm run drill:edits: 1,000 edits of shared rows by several people at once; none is lost. `-- --quick` makes 200. */
import { drill } from './process/drill.mjs'

await drill({ test: 'server/test/edits.test.ts', size: 'MORTISE_DRILL_EDITS', full: 1_000, quick: 200 })
