/**
 * npm run drill:containers: builds both images on a real engine, brings compose.production.yml up from nothing, and takes it through what happens to an
 * installation. Ends with `containers: N passed, N failed`. Needs root, because secrets
 * belong to the users inside the containers; without an engine on Debian it starts one of its own.
 * `--keep` leaves the site running and says where it is; `--only=browser,scaling` takes these parts behind the first start.
 */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { composeOn, findEngine } from './containers/engine.mjs'
import { browse } from './containers/drill/browser.mjs'
import { checkEdge } from './containers/drill/edge-checks.mjs'
import { firstStart } from './containers/drill/first-start.mjs'
import { checkImages } from './containers/drill/image-checks.mjs'
import { serveElsewhere } from './containers/drill/elsewhere.mjs'
import { checkFirewall } from './containers/drill/firewall.mjs'
import { killEach, release, scale, stopPolitely, survive, upAgain } from './containers/drill/life.mjs'
import { buildImage, copyCheckout, findBases } from './containers/images.mjs'
import { makePromises } from './containers/promises.mjs'
import { makeSite } from './containers/site.mjs'
import { main } from './process/lifecycle.mjs'

await main(
  async (lifecycle) => {
    const started = performance.now()
    const { promise, part, counts } = makePromises()
    const only = process.argv
      .find((word) => word.startsWith('--only='))
      ?.slice('--only='.length)
      .split(',')
    const chosen = async (name, work) => (!only || only.includes(name) ? await part(name, work) : undefined)
    const isKept = process.argv.includes('--keep')
    const place = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'mortise-containers-'))
    lifecycle.atEnd(() => isKept || rmSync(place, { recursive: true, force: true }))
    if (process.getuid?.() !== 0) throw new Error('The drill needs root on Linux: sudo -E npm run drill:containers')
    const engine = await findEngine()
    if (!isKept) lifecycle.atEnd(engine.stop)
    const env = await composeOn(engine)
    const bases = await findBases({ env, isOwn: engine.isOwn })

    const { context, canary, secret } = contextWithSecrets(place)
    await part('images', async () => {
      for (const name of ['api', 'edge'])
        promise(`${name} is built`, true, `${(await buildImage({ name, context, bases, env, secret })).toFixed(1)} s`)
      await checkImages({ promise, env, place, canary })
    })
    const sitePlace = path.join(place, 'site')
    mkdirSync(sitePlace)
    const site = await makeSite({ place: sitePlace, env, bases })
    if (!isKept) lifecycle.atEnd(async () => void (await site.compose(['down', '--volumes', '--timeout', '5'])))
    await part('first start', () => firstStart({ promise, site }))
    const visitor = site.visitor()
    const made = await part('edge', () => checkEdge({ promise, site, visitor }))
    const all = { promise, site, visitor, env, bases, place, made, secret }
    await chosen('browser', () => browse(all))
    await chosen('up again', () => upAgain(all))
    await chosen('scaling', () => scale(all))
    await chosen('release', () => release(all))
    await chosen('stopping', () => stopPolitely(all))
    await chosen('sudden death', () => killEach(all))
    await chosen('down and up', () => survive(all))
    await chosen('firewall', () => checkFirewall(all))
    await chosen('PostgreSQL elsewhere', () => serveElsewhere(all))
    visitor.close()
    process.stdout.write(
      `${((performance.now() - started) / 1000).toFixed(0)} s${isKept ? `, and ${site.url} still runs from ${site.place}` : ''}\n`,
    )
    process.stdout.write(`containers: ${counts.passed} passed, ${counts.failed} failed\n`)
    await lifecycle.end(counts.failed === 0 && counts.passed > 0 ? 0 : 1)
  },
  { signalCode: 130 },
)

// What must never reach an image lies where people have it. The word stands in the build's own secret as well.
function contextWithSecrets(place) {
  const context = path.join(place, 'checkout')
  copyCheckout(context)
  const canary = `canary-${crypto.randomUUID()}`
  for (const file of [
    '.env',
    'server/.env',
    'web/.env.production',
    'secrets/token_secret',
    '.mortise/secret',
    'node_modules/left/index.js',
    'notes.log',
    'server/test/secret.ts',
  ]) {
    mkdirSync(path.dirname(path.join(context, file)), { recursive: true })
    writeFileSync(path.join(context, file), `SECRET=${canary}\n`)
  }
  return { context, canary, secret: secretWith(place, canary) }
}

function secretWith(place, canary) {
  const file = path.join(place, 'certificates.pem')
  const given = process.env.NODE_EXTRA_CA_CERTS
  writeFileSync(file, given ? `# ${canary}\n${readFileSync(given, 'utf8')}` : '')
  return file
}
