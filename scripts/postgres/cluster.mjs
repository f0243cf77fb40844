/** Makes the data directory of the embedded PostgreSQL, whole or not at all. */
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { majorVersion } from './place.mjs'
import { postgresEnvironment } from './programs.mjs'
import { runOrFail } from '../process/run.mjs'

/** Makes the cluster of `place` when there is none: data and a random superuser password. A half-made one is thrown away. */
export async function makeCluster({ place, programs, ephemeral }) {
  rmSync(`${place.cluster}.new`, { recursive: true, force: true })
  if (existsSync(place.cluster)) return
  const draft = `${place.cluster}.new`
  const data = path.join(draft, 'data')
  const secret = path.join(draft, 'superuser.secret')
  for (const directory of [draft, data]) mkdirSync(directory, { mode: 0o700 })
  writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600 })
  for (const at of place.account ? [draft, data, secret] : []) chownSync(at, place.account.uid, place.account.gid)
  await runOrFail('PostgreSQL could not make its data directory:', programs('initdb'), initdbArguments({ data, secret, ephemeral }), {
    ...place.account,
    cwd: draft,
    env: postgresEnvironment(),
  })
  if (place.account) chownSync(secret, 0, 0)
  renameSync(draft, place.cluster)
}

/** Errors: a sentence when the data here was made by another version of PostgreSQL; nothing is touched then. */
export function refuseOtherVersion(place) {
  const other = foreignDataIn(place)
  if (!other) return
  throw new Error(
    `${other.at} holds data of PostgreSQL ${other.version}; this version of Mortise runs PostgreSQL ${majorVersion}, which cannot read it. Nothing was changed. ` +
      `To keep the data, start the earlier version of Mortise, save it with pg_dumpall and load it here. To begin anew, move ${other.at} away.`,
  )
}

function foreignDataIn(place) {
  const version = versionIn(place.cluster)
  if (version === String(majorVersion)) return undefined
  if (version) return { at: place.cluster, version }
  const name = readdirSync(place.base).find((entry) => /^postgres-\d+$/.test(entry))
  return name && { at: path.join(place.base, name), version: name.slice('postgres-'.length) }
}

function versionIn(cluster) {
  const file = path.join(cluster, 'data', 'PG_VERSION')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  if (!existsSync(cluster)) return undefined
  throw new Error(`${cluster} is not complete: ${file} is missing. Restore it from a backup, or move ${cluster} away to begin anew.`)
}

function initdbArguments({ data, secret, ephemeral }) {
  // The built-in provider sorts the same on every machine and needs no locale to be installed.
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['-U', 'postgres', `--pwfile=${secret}`, '--auth=scram-sha-256']
  return ['-D', data, ...access, ...locale, '--no-instructions', ...(ephemeral ? ['--no-sync'] : [])]
}
