/** Writes the generated documents: `npm run docs`. */
import { writeFileSync } from 'node:fs'
import { documents } from './generate.ts'

for (const [path, text] of Object.entries(documents)) {
  writeFileSync(new URL(`../../../${path}`, import.meta.url), text())
  process.stdout.write(`wrote ${path}\n`)
}
