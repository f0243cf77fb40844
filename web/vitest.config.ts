/** Tests of the web app that need no browser: rules, words, the build and its budget. Elements have `elements/vitest.config.ts`. */
import { defineProject } from 'vitest/config'

export default defineProject({
  root: import.meta.dirname,
  test: { name: 'web', include: ['test/**/*.test.ts'] },
})
