/** Where the embedded PostgreSQL keeps its data, and as which user of the machine it runs. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { runsAsRoot, secretOf } from '../setup/home.mjs'

export const majorVersion = 18

/**
 * Decides for one home: `base` (directory of everything that belongs to its database), `cluster` (data and password),
 * `account` ({uid, gid} to run as, or nothing to stay who we are), `outside` (true when it could not be in the home).
 * PostgreSQL refuses to run as root; as root it runs as `nobody`, who has to reach the data.
 */
export function placeFor(home) {
  const inside = { base: home, cluster: clusterIn(home), outside: false }
  if (!runsAsRoot()) return inside
  const owner = ownerOf(inside.cluster)
  const account = owner ?? nobody()
  if (mayPass(home, account)) return { ...inside, account }
  const base = outsideOf(home)
  return { base, cluster: clusterIn(base), account: ownerOf(clusterIn(base)) ?? account, outside: true }
}

/** True when `account` may go through `directory` and everything above it. */
export function mayPass(directory, account) {
  for (let at = realpathSync(directory); ; at = path.dirname(at)) {
    const { mode, uid, gid } = statSync(at)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
    if (at === path.dirname(at)) return true
  }
}

/** The first system directory where root may keep things that every user can reach. */
export function systemDirectory() {
  return ['/var/lib', '/var/tmp', os.tmpdir()].find((at) => existsSync(at) && mayPass(at, nobody()))
}

function clusterIn(base) {
  return path.join(base, `postgres-${majorVersion}`)
}

// Data made by a normal user stays that user's when root starts it later.
function ownerOf(cluster) {
  const found = lstatSync(path.join(cluster, 'data'), { throwIfNoEntry: false })
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined
}

let nobodyFound
function nobody() {
  nobodyFound ??= { uid: numberOf('-u'), gid: numberOf('-g') }
  return nobodyFound
}

function numberOf(flag) {
  try {
    return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    return 65534 // small images have no such account; the number needs none
  }
}

/**
 * The directory outside the home, named after a random word kept in the home: two checkouts never share data. A home
 * that was copied gets a word and data of its own; one that was moved keeps its data.
 */
function outsideOf(home) {
  const here = realpathSync(home)
  const base = path.join(systemDirectory(), nameOf(home))
  const note = path.join(base, 'home')
  const there = existsSync(note) ? readFileSync(note, 'utf8') : here
  if (there !== here && existsSync(wordOf(there)) && nameOf(there) === nameOf(home)) {
    rmSync(wordOf(home))
    return outsideOf(home)
  }
  mkdirSync(base, { recursive: true })
  refuseForeign(base)
  chmodSync(base, 0o711) // whatever the umask left of it
  writeFileSync(note, here, { mode: 0o600 })
  return base
}

function nameOf(home) {
  return `mortise-${createHash('sha256').update(secretOf(home, 'installation')).digest('hex').slice(0, 16)}`
}

function wordOf(home) {
  return path.join(home, 'secrets', 'installation')
}

// In a directory that everyone may write to, somebody else could have made ours before us.
function refuseForeign(base) {
  const { uid, mode } = lstatSync(base)
  if (uid !== 0 || mode & 0o002)
    throw new Error(`${base} belongs to somebody else. Remove it, or set MORTISE_HOME to a directory that every user may pass through.`)
}
