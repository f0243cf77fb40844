/** The journeys: a real browser against the built product at BASE_URL. `npm run e2e` starts one and runs them. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'e2e',
    include: ['**/*.test.ts'],
    // Handed over here because vitest has a BASE_URL of its own, which hides ours from the tests.
    provide: { baseUrl: process.env['BASE_URL'] ?? 'http://localhost:3000', chromium: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' },
    setupFiles: ['support/matchers.ts'],
    // One browser at a time: the journeys measure how soon things are seen.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
