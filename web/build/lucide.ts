/** Turns `import d from 'lucide:plus'` into one line of path data, so that only drawings in use travel and none needs markup. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'
import { pathData } from './path-data.ts'

const prefix = 'lucide:'

export function lucide(): Plugin {
  const find = createRequire(import.meta.url)
  return {
    name: 'mortise:lucide',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined
      const name = id.slice(prefix.length + 1)
      const file = readFileSync(find.resolve(`lucide-static/icons/${name}.svg`), 'utf8')
      return `export default ${JSON.stringify(pathData(file))}`
    },
  }
}
