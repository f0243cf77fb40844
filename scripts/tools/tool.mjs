/** Finds a tool on this machine, and builds it where it is missing. */
import { mkdirSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onPath, run } from '../process/run.mjs'
import { withLock } from '../setup/lock.mjs'
import { buildGoProgram } from './go.mjs'
import { tools } from './table.mjs'

/** The path of a tool. Builds it first, for some minutes, when the machine has none that is recent enough. Errors: a sentence. */
export async function toolPath(name) {
  const tool = tools[name]
  const found = await findTool(name)
  if (found) return found
  const file = cachedFile(name)
  const room = path.dirname(file)
  mkdirSync(path.dirname(room), { recursive: true })
  await withLock(
    `${room}.lock`,
    async () => isFile(file) || buildGoProgram({ name, tool, file }), // another process may have built it while we waited
    { timeoutMs: 30 * 60_000, everyMs: 500 },
  )
  return file
}

/** The path of a tool that is already there: on the PATH in a sufficient version, or in the cache. Undefined when it is not. */
export async function findTool(name) {
  const tool = tools[name]
  const elsewhere = (tool.alsoIn ?? []).map((directory) => path.join(directory.replace(/^~/, os.homedir()), tool.program))
  for (const file of [onPath(tool.program), ...elsewhere.filter(isFile)]) {
    if (file && isSufficient(await versionOf(file, tool.versionOf), tool.version)) return file
  }
  const file = cachedFile(name)
  return isFile(file) ? file : undefined
}

/** True when `version` has the major number of `wanted` and is not older. */
export function isSufficient(version, wanted) {
  const [major, minor, patch] = numbersIn(version)
  const [wantedMajor, wantedMinor, wantedPatch] = numbersIn(wanted)
  if (major !== wantedMajor) return false
  return minor > wantedMinor || (minor === wantedMinor && patch >= wantedPatch)
}

function numbersIn(text) {
  return (/(\d+)\.(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number)
}

async function versionOf(file, args) {
  const { code, output } = await run(file, args).catch(() => ({ code: 1 })) // of another platform, or not executable
  return code === 0 ? output : ''
}

// Outside the checkout: a clean clone does not build for minutes again. The platform is in the name because homes are shared.
function cachedFile(name) {
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache')
  const { version, program } = tools[name]
  return path.join(cache, 'mortise-tools', `${name}-${version}-${process.platform}-${process.arch}`, program)
}

function isFile(file) {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true
}
