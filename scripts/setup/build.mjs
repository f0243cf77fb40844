/** Builds the server and the web app when their sources have changed since the last build. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './home.mjs'
import { withLock } from './lock.mjs'
import { step } from '../report/progress.mjs'
import { lastLines, npm } from '../process/run.mjs'

const parts = {
  server: { result: 'server/dist/main.js', sources: ['shared/src', 'server/src', 'server/migrations', 'server'] },
  web: { result: 'web/dist/index.html', sources: ['shared/src', 'web'] },
}

/** Builds what is out of date, side by side. Errors: the output of the build that failed. */
export async function buildIfNeeded(names = Object.keys(parts)) {
  if (!names.some(isStale)) return
  await withLock(path.join(stamps(), 'lock'), async () => {
    const stale = names.filter(isStale)
    if (stale.length) await step(`Building ${stale.join(' and ')}`, () => Promise.all(stale.map(build)))
  })
}

/** True when this part has to be built. */
export function isStale(name) {
  const { result } = parts[name]
  return !existsSync(path.join(root, result)) || !existsSync(stampOf(name)) || readFileSync(stampOf(name), 'utf8') !== fingerprintOf(name)
}

async function build(name) {
  const fingerprint = fingerprintOf(name) // before the build: what changes during it has to be built again
  rmSync(stampOf(name), { force: true })
  const { code, output } = await npm(['run', 'build', '--workspace', name], { cwd: root })
  if (code !== 0) throw new Error(`The build of ${name} failed (npm run build -w ${name}):\n${lastLines(output, 40)}`)
  if (!existsSync(path.join(root, parts[name].result)))
    throw new Error(`The build of ${name} ended well but made no ${parts[name].result}.`)
  writeFileSync(stampOf(name), fingerprint)
}

function stampOf(name) {
  return path.join(stamps(), name)
}

function stamps() {
  const directory = path.join(root, 'node_modules', '.cache', 'mortise-build')
  mkdirSync(directory, { recursive: true })
  return directory
}

// Contents, not times: changing branches back and forth costs no build.
function fingerprintOf(name) {
  const hash = createHash('sha256').update(process.version)
  const files = new Set(['package-lock.json', 'tsconfig.json', ...parts[name].sources.flatMap(filesIn)])
  for (const file of files) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)))
  }
  return hash.digest('hex')
}

const apart = new Set(['node_modules', 'dist', 'test', 'e2e', 'coverage'])

function filesIn(directory) {
  return readdirSync(path.join(root, directory), { withFileTypes: true })
    .sort(byName)
    .flatMap((entry) => {
      const name = `${directory}/${entry.name}`
      if (apart.has(entry.name) || entry.name.startsWith('.')) return []
      if (entry.isDirectory()) return filesIn(name)
      return entry.isFile() && !entry.name.endsWith('.test.ts') ? [name] : []
    })
}

function byName(a, b) {
  return a.name < b.name ? -1 : 1
}
