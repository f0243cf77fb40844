/** Tests of elements and controllers in a real Chromium; without one they are one visible skip. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { playwright } from '@vitest/browser-playwright'
import { defineProject } from 'vitest/config'
import { lucide } from '../build/lucide.ts'

/** `npm test` looks in more places and hands its find over in CHROMIUM_PATH. */
const executablePath = process.env['CHROMIUM_PATH'] ?? ['/usr/bin/chromium'].find((file) => existsSync(file))

/** Root may not use the sandbox; nothing may call home. */
const launchArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-quic',
  '--no-first-run',
]

const inBrowser = {
  name: 'elements',
  include: ['**/*.element.test.ts'],
  setupFiles: ['./setup.ts'],
  browser: {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({ launchOptions: { executablePath, args: launchArguments } }),
    instances: [{ browser: 'chromium' as const, viewport: { width: 1024, height: 768 } }],
  },
}

export default defineProject({
  root: import.meta.dirname,
  server: { fs: { allow: [path.join(import.meta.dirname, '../..')] } },
  plugins: [lucide()],
  // Discovery on a cold cache reloads the page under the running tests and hangs for a minute: name what is needed.
  optimizeDeps: {
    noDiscovery: true,
    include: [
      'axe-core',
      'lit',
      'lit/decorators.js',
      'lit/directive.js',
      'lit/directives/live.js',
      'lit/directives/ref.js',
      'lit/directives/repeat.js',
      'lit/directives/keyed.js',
      'lit/directives/guard.js',
      '@lit/context',
      '@trpc/client',
      'eventsource',
      'zod',
    ],
  },
  test: executablePath ? inBrowser : { name: 'elements', include: ['no-chromium.test.ts'] },
})
