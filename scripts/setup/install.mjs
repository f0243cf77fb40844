/** Installs the dependencies when they are not what package-lock.json says. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './home.mjs'
import { withLock } from './lock.mjs'
import { step } from '../report/progress.mjs'
import { npm } from '../process/run.mjs'

/** Errors: a sentence with npm's last lines when the installation fails. */
export async function installIfNeeded() {
  if (isInstalled(root)) return
  await withLock(
    path.join(root, '.installing'),
    async () => {
      if (isInstalled(root)) return // another process did it while we waited
      await step('Installing the dependencies (about a minute the first time)', install)
    },
    { timeoutMs: 600_000 },
  )
}

/** True when node_modules holds what the lockfile asks for. npm writes down what it installed, as its last act. */
export function isInstalled(checkout) {
  const wanted = packagesIn(path.join(checkout, 'package-lock.json'))
  const present = packagesIn(path.join(checkout, 'node_modules', '.package-lock.json'))
  if (!wanted || !present) return false
  const names = new Set([...Object.keys(wanted), ...Object.keys(present)])
  names.delete('')
  return [...names].every((name) => (name in present ? isSame(wanted[name], present[name]) : wanted[name].optional))
}

async function install() {
  // Said in so many words because NODE_ENV=production would leave out what the build needs.
  const { code, output } = await npm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
  })
  if (code === 0) return
  throw new Error(
    `npm ci failed (${code}). Is the network there, and the registry that npm is set to? It said:\n${output.split('\n').slice(0, 12).join('\n')}`,
  )
}

function packagesIn(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages
  } catch {
    return undefined // absent or half-written: not installed
  }
}

function isSame(wanted, present) {
  return wanted?.version === present.version && wanted.integrity === present.integrity && wanted.resolved === present.resolved
}
