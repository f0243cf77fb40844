/** MORTISE_HOME: the directory where a running Mortise keeps its data, secrets and logs. */
import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout this script belongs to. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Where Mortise keeps what it writes; a relative MORTISE_HOME starts at the checkout. */
export function homeFrom(environment) {
  return path.resolve(root, environment.MORTISE_HOME || '.mortise')
}

/** Makes the home with its rooms, closed to other users of the machine. Errors: a plain sentence when it cannot be written. */
export function openHome(home) {
  try {
    mkdirSync(home, { recursive: true })
    // As root, PostgreSQL runs as another user that has to pass through here, but may not look around.
    chmodSync(home, runsAsRoot() ? 0o711 : 0o700)
    for (const room of ['secrets', 'logs']) mkdirSync(path.join(home, room), { recursive: true, mode: 0o700 })
    const probe = path.join(home, `.probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new Error(
      `Cannot write to ${home} (${error.code}). Make it writable, or choose another place: MORTISE_HOME=/some/directory npm start`,
      { cause: error },
    )
  }
  return home
}

/** A secret of at least 32 random bytes that stays the same for this home, in a file that only its owner reads. */
export function secretOf(home, name) {
  const file = path.join(home, 'secrets', name)
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, randomBytes(36).toString('base64url'), { mode: 0o600 })
  try {
    linkSync(draft, file) // never replaces a secret that is already there
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(file, 'utf8').trim()
}

/** Opens a log to append to; one that has grown past 10 MB is put aside first. Gives the descriptor and where it begins. */
export function openLog(home, name) {
  const file = path.join(home, 'logs', name)
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 10 * 1024 * 1024) renameSync(file, `${file}.1`)
  const descriptor = openSync(file, 'a', 0o600)
  return { file, descriptor, from: statSync(file).size, close: () => closeSync(descriptor) }
}

export function runsAsRoot() {
  return process.getuid?.() === 0
}
