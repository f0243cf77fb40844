/** Every test of the repository, by room. The journeys in a browser have a run of their own: `npm run e2e`. */
import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const rooms = ['shared', 'server', 'web', 'web/elements', 'scripts', 'bench'].map((room) => `${room}/vitest.config.ts`)

export default defineConfig({ test: { projects: rooms.filter((room) => existsSync(room)) } })
