/**
 * npm run api:diff: compares docs/openapi.json with the document of the last release, docs/openapi.baseline.json. Ends with 1 when
 * something would break a caller and docs/api-changes.json does not declare it. `-- --release` makes today's document the baseline.
 */
import { copyFileSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { breakingChanges } from './api/breaking-changes.mjs'
import { entryFaults, undeclared } from './api/declared.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const flags = process.argv.slice(2).filter((word) => word.startsWith('--'))
const [now = `${root}docs/openapi.json`, baseline = `${root}docs/openapi.baseline.json`, declared = `${root}docs/api-changes.json`] =
  process.argv.slice(2).filter((word) => !word.startsWith('--'))

if (flags.includes('--release')) copyFileSync(now, baseline)
const [document, old, entries] = [now, baseline, declared].map((path) => JSON.parse(readFileSync(path, 'utf8')))
const changes = breakingChanges(old, document)
const open = undeclared(changes, entries, old.info.version)
const faults = entryFaults(entries)

console.log(
  `Against ${old.info.version}: ${Object.keys(document.paths).length} addresses, ${changes.length} breaking changes, ${open.length} of them undeclared`,
)
for (const sentence of [...faults, ...open]) console.error(`  ${sentence}`)
if (open.length > 0) console.error('Undo it, or declare it in docs/api-changes.json: docs/api-versions.md says how.')
process.exitCode = open.length + faults.length > 0 ? 1 : 0
