/** Homes that live as long as one test run, and the removal of those whose run was killed. */
import { lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openHome } from './home.mjs'
import { holderOf, takeLock } from './lock.mjs'
import { placeFor } from '../postgres/place.mjs'
import { postmasterOf } from '../postgres/postmaster.mjs'
import { isAlive, signal, waitUntil } from '../process/processes.mjs'

const prefix = 'mortise-temporary-'
const owner = 'owner'

/** Makes an empty home in the temporary directory. Give it to `removeTemporaryHome` at the end. */
export async function makeTemporaryHome() {
  await sweepTemporaryHomes()
  const home = mkdtempSync(path.join(realpathSync(os.tmpdir()), prefix))
  takeLock(path.join(home, owner))
  return openHome(home)
}

/** Ends the PostgreSQL that still runs in a temporary home and removes the home with its data. */
export async function removeTemporaryHome(home) {
  const place = placeFor(home)
  const postmaster = postmasterOf(path.join(place.cluster, 'data'))
  if (postmaster) {
    signal(postmaster.pid, 'SIGQUIT')
    await waitUntil(() => !isAlive(postmaster.pid), { timeoutMs: 5_000 })
  }
  if (place.outside) rmSync(place.base, { recursive: true, force: true })
  rmSync(home, { recursive: true, force: true })
}

/** Removes the temporary homes of this user whose owner is dead. */
export async function sweepTemporaryHomes() {
  const directory = realpathSync(os.tmpdir())
  for (const name of readdirSync(directory).filter((entry) => entry.startsWith(prefix))) {
    const home = path.join(directory, name)
    const found = lstatSync(home, { throwIfNoEntry: false })
    if (!found?.isDirectory() || (process.getuid && found.uid !== process.getuid())) continue
    if (Date.now() - found.mtimeMs < 10_000 || holderOf(path.join(home, owner))) continue // young ones may not be marked yet
    await removeTemporaryHome(home)
  }
}
