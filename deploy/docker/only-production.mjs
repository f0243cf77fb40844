/**
 * Copies what one workspace needs at run time out of an installation: `node only-production.mjs server /app/node_modules`. The lockfile says
 * what that is. npm's own `--omit=dev` leaves development packages in that another workspace or a peer asks for (npm 11, tried).
 */
import { cpSync, existsSync, readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Places in the lockfile that `workspace` needs, own workspaces left out: their code is in the bundle. Errors: one that the lockfile lacks. */
export function productionPlaces(lockfile, workspace) {
  const { packages } = lockfile
  const found = new Set()
  const visit = (place) => {
    for (const name of Object.keys(packages[place].dependencies ?? {})) {
      const at = resolve(packages, place, name)
      if (found.has(at) || packages[at].link) continue
      found.add(at)
      visit(at)
    }
  }
  visit(workspace)
  return [...found]
}

// As Node.js looks for a package: beside the one that asks, then further and further out.
function resolve(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules') - 1))) {
    const place = `${at && `${at}/`}node_modules/${name}`
    if (packages[place]) return place
    if (at === '') throw new Error(`${from} needs ${name}, and package-lock.json has none.`)
    if (!at.includes('node_modules')) at = ''
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [workspace, target] = process.argv.slice(2)
  const places = productionPlaces(JSON.parse(readFileSync('package-lock.json', 'utf8')), workspace)
  // a nested copy travels with the package around it only if it is needed itself
  const isNested = (source) => source.slice('node_modules/'.length).includes('node_modules')
  for (const place of places) {
    if (!place.startsWith('node_modules/')) throw new Error(`${place} would have to move: hoist it by one version for all.`)
    if (!existsSync(place)) throw new Error(`${place} is not installed.`)
    cpSync(place, `${target}${place.slice('node_modules'.length)}`, {
      recursive: true,
      filter: (source) => source === place || isNested(place) || !isNested(source.slice(source.indexOf('node_modules'))),
    })
  }
  process.stdout.write(`${places.length} packages\n`)
}
