/** Journeys of a real browser, through the edge with its firewall blocking: of those that need no demo organization, which production refuses. */
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findChromium } from '../../process/chromium.mjs'
import { programOf, run } from '../../process/run.mjs'
import { root } from '../../setup/home.mjs'

const journeys = ['first-visit', 'hostile-words', 'organization', 'sign-out']

export async function browse({ promise, site, place }) {
  const chromium = findChromium()
  if (!chromium) throw new Error('The journeys need a browser. Install Chromium or Chrome, or set CHROMIUM_PATH.')
  const certificate = site.secret('tls_certificate')
  const report = path.join(place, 'journeys.json')
  const given = [programOf('vitest'), 'run', '--root', 'web/e2e', '--reporter=json', `--outputFile=${report}`]
  const env = {
    ...process.env,
    BASE_URL: site.url,
    CHROMIUM_PATH: trusting(chromium, certificate, place),
    NODE_EXTRA_CA_CERTS: certificate,
  }
  const { output } = await run(process.execPath, [...given, ...journeys.map((name) => `journeys/${name}`)], { cwd: root, env })
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const failed = testResults.flatMap(({ assertionResults }) => assertionResults.filter(({ status }) => status !== 'passed'))
  promise(
    'journeys of a real browser pass through the firewall',
    testResults.length === journeys.length && numPassedTests > journeys.length && numFailedTests + numPendingTests === 0,
    `${numPassedTests} passed ${failed.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]?.slice(0, 600)}`).join('\n')}${numPassedTests ? '' : output.slice(-2_000)}`,
  )
}

// The key of the site's own certificate and no other.
function trusting(chromium, certificate, place) {
  const key = new X509Certificate(readFileSync(certificate)).publicKey.export({ type: 'spki', format: 'der' })
  const hash = createHash('sha256').update(key).digest('base64')
  const file = path.join(place, 'chromium')
  writeFileSync(file, `#!/bin/sh\nexec '${chromium}' --ignore-certificate-errors-spki-list=${hash} "$@"\n`, { mode: 0o755 })
  return file
}
