/**
 * Runs `npm start` the way a newcomer does: a fresh copy of the committed files, in a path with a space, under umask 077,
 * as root (where we are) and as a normal user; signs in; ends it politely and rudely; looks whether anything was lost or left.
 * Prints figures; exit code 1 when a promise is broken. Needs the network (or a registry) for `npm ci`.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { homeFrom, root, runsAsRoot } from './setup/home.mjs'
import { main } from './process/lifecycle.mjs'
import { placeFor } from './postgres/place.mjs'
import { postmasterOf } from './postgres/postmaster.mjs'
import { identityOf, signal, waitUntil } from './process/processes.mjs'
import { descendantsOf, remaining } from './process/process-tree.mjs'
import { startProduct } from './process/product.mjs'
import { anOrganization, readOrganization } from './process/visitor.mjs'

const coldLimit = 60
const warmLimit = 5
const user = { uid: 65534, gid: 65534 }

await main(
  async (lifecycle) => {
    const place = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'mortise smoke '))
    lifecycle.atEnd(() => rmSync(place, { recursive: true, force: true }))
    const accounts = runsAsRoot() ? [{ name: 'root' }, { name: 'user', ...user }] : [{ name: 'user' }]
    const promises = []
    for (const account of accounts) promises.push(...(await walk({ lifecycle, place, account })))
    const kept = promises.filter(Boolean).length
    process.stdout.write(`smoke: ${kept} passed, ${promises.length - kept} failed\n`)
    await lifecycle.end(kept === promises.length ? 0 : 1)
  },
  { signalCode: 130 },
)

async function walk({ lifecycle, place, account }) {
  const visit = prepareVisit({ place, account })
  const promises = []
  const promise = (text, isKept, figure = '') => {
    promises.push(isKept)
    process.stdout.write(`${isKept ? 'ok    ' : 'FAILED'} ${account.name.padEnd(5)} ${text}${figure && `: ${figure}`}\n`)
  }
  lifecycle.atEnd(visit.remove)
  const start = async (text, limit) => {
    const product = await startProduct({ ...visit, timeoutMs: 300_000 })
    lifecycle.atEnd(product.stop)
    promise(`${text} < ${limit} s`, product.seconds < limit, `${product.seconds.toFixed(2)} s`)
    return product
  }
  const end = async (product, name) => {
    const family = familyOf(product, visit.home)
    const ended = new Promise((resolve) => product.child.once('exit', (code, by) => resolve(code ?? by)))
    const started = performance.now()
    signal(product.pid, name)
    const code = await ended
    promise(`${name} ends npm start with 0`, code === 0, `${code} after ${(performance.now() - started).toFixed(0)} ms`)
    await waitUntil(() => remaining(family).length === 0, { timeoutMs: 3_000 })
    promise(
      `${name} leaves no process`,
      family.length >= 3 && remaining(family).length === 0,
      `${
        remaining(family)
          .map((row) => row.command)
          .join(', ') || `0 of ${family.length}`
      }`,
    )
  }

  let product = await start('cold start, dependencies not cached', coldLimit)
  const organization = await anOrganization(product.url)
  promise('a guest signs in and makes an organization', Boolean(organization.id), organization.id)
  await end(product, 'SIGINT')

  product = await start('warm start', warmLimit)
  promise('the organization is still there', await readOrganization(product.url, organization))

  killAll(familyOf(product, visit.home).filter((row) => !row.command.includes('postgres')))
  product = await start('start after kill -9 of launcher and server', warmLimit)
  promise('the organization survived that', await readOrganization(product.url, organization))

  killAll(familyOf(product, visit.home))
  product = await start('start after kill -9 of everything', warmLimit)
  promise('the organization survived that too', await readOrganization(product.url, organization))
  promise(
    'npm run audit -- verify finds its trail whole',
    visit.runBeside('npm run -s audit -- verify').includes(`${organization.id}): 2 entries, whole`),
  )
  await end(product, 'SIGTERM')
  return promises
}

// A PostgreSQL that an earlier start has left behind is no descendant of this one.
function familyOf(product, home) {
  const postmaster = postmasterOf(path.join(placeFor(home).cluster, 'data'))
  const own = { pid: product.pid, identity: identityOf(product.pid), command: 'npm start' }
  const adopted = { pid: postmaster.pid, identity: identityOf(postmaster.pid), command: 'postgres' }
  const below = [...descendantsOf(product.pid), adopted, ...descendantsOf(postmaster.pid)]
  return [own, ...below.filter((row, index) => below.findIndex((other) => other.pid === row.pid) === index)]
}

function killAll(processes) {
  for (const { pid } of processes) signal(pid, 'SIGKILL')
}

// npm's cache starts empty for every account: a cold start includes the download.
function prepareVisit({ place, account }) {
  const own = path.join(place, account.name)
  const checkout = path.join(own, 'a checkout')
  const cache = path.join(own, 'npm cache')
  copyTree(checkout)
  if (account.uid !== undefined) {
    chmodSync(place, 0o755)
    execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, own])
  }
  execFileSync('chmod', ['-R', 'go-rwx', own])
  const become = account.uid === undefined ? '' : `setpriv --reuid ${account.uid} --regid ${account.gid} --clear-groups `
  const environment = { HOME: own, npm_config_cache: cache, NODE_ENV: '', DATABASE_URL: '', REDIS_URL: '', TOKEN_SECRET: '' }
  const home = homeFrom({ MORTISE_HOME: path.join(checkout, '.mortise') })
  return {
    home,
    environment,
    command: ['sh', '-c', `umask 077; exec ${become}npm start`],
    options: { cwd: checkout },
    runBeside: (command) =>
      execFileSync('sh', ['-c', `umask 077; exec ${become}${command}`], {
        cwd: checkout,
        env: { ...process.env, ...environment },
        encoding: 'utf8',
      }),
    remove() {
      const outside = existsSync(home) && account.uid === undefined && placeFor(home)
      if (outside && outside.outside) rmSync(outside.base, { recursive: true, force: true })
    },
  }
}

function copyTree(target) {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean)
  mkdirSync(target, { recursive: true })
  for (const file of files) if (existsSync(path.join(root, file))) cpSync(path.join(root, file), path.join(target, file))
}
