/** Tests of the language that the two sides share. */
import { defineProject } from 'vitest/config'

export default defineProject({ test: { name: 'shared', include: ['src/**/*.test.ts'] } })
