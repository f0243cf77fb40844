/** Builds the programs of the server: one file each, with what they share beside them. */
import { builtinModules } from 'node:module'
import { defineConfig } from 'rolldown'
import manifest from './package.json' with { type: 'json' }

const kept = Object.keys(manifest.dependencies).filter((name) => !name.startsWith('@mortise/'))

export default defineConfig({
  input: { main: 'src/main.ts', migrate: 'src/migrate.ts', seed: 'src/seed.ts', audit: 'src/audit.ts' },
  platform: 'node',
  // libraries stay outside: some read files beside themselves
  external: (id) => id.startsWith('node:') || builtinModules.includes(id) || kept.some((name) => id === name || id.startsWith(`${name}/`)),
  output: { dir: 'dist', format: 'esm', sourcemap: true, cleanDir: true },
})
