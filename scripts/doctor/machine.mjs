/** What the doctor looks at on the machine: programs, disk, port, directories, what an earlier run left. */
import { existsSync, statSync, statfsSync } from 'node:fs'
import path from 'node:path'
import { broken, note, ok } from './findings.mjs'
import { openHome, runsAsRoot } from '../setup/home.mjs'
import { isInstalled } from '../setup/install.mjs'
import { holderOf } from '../setup/lock.mjs'
import { isRecentEnough, oldNodeSentence } from '../setup/node-version.mjs'
import { portFrom, whyNotListen } from '../process/ports.mjs'
import { refuseOtherVersion } from '../postgres/cluster.mjs'
import { placeFor } from '../postgres/place.mjs'
import { postmasterOf } from '../postgres/postmaster.mjs'
import { packageName, postgresEnvironment, programsFor } from '../postgres/programs.mjs'
import { portSentence } from '../process/port-sentence.mjs'
import { npm, run } from '../process/run.mjs'

const neededBytes = 1024 ** 3

export function checkNode(version = process.versions.node) {
  return isRecentEnough(version)
    ? ok(`Node.js ${version}`)
    : broken(oldNodeSentence(version), 'Install a current Node.js from https://nodejs.org.')
}

export async function checkNpm(ask = () => npm(['--version'])) {
  const install = 'Install it together with Node.js from https://nodejs.org, or with your system\'s package "npm".'
  const { code, stdout } = await ask().catch((error) => ({ code: error.code, stdout: '' }))
  if (code !== 0) return broken(`npm cannot be run (${code}).`, install)
  const version = stdout.trim()
  return Number(version.split('.')[0]) >= 9
    ? ok(`npm ${version}`)
    : broken(`npm ${version} is too old for this lockfile.`, 'Update it: npm install --global npm@latest')
}

export function checkInstalled(checkout) {
  if (isInstalled(checkout)) return ok('the dependencies are those of package-lock.json')
  const before = existsSync(path.join(checkout, 'node_modules'))
  return note(
    before ? 'node_modules differs from package-lock.json.' : 'The dependencies are not installed yet.',
    'Nothing: npm start installs them. By hand: npm ci',
  )
}

export function checkDisk(home, statfs = statfsSync) {
  const { bavail, bsize } = statfs(existingAbove(home))
  const free = `${((bavail * bsize) / 1024 ** 3).toFixed(1)} GB`
  if (bavail * bsize >= neededBytes) return ok(`${free} of disk space is free`)
  return broken(
    `Only ${free} of disk space is free for ${home}; dependencies, build and database need about 1 GB.`,
    'Free some, or set MORTISE_HOME to a directory on another disk.',
  )
}

export function checkHome(home) {
  try {
    openHome(home)
    return ok(`${home} can be written`)
  } catch (error) {
    const owner = statSync(existingAbove(home)).uid
    return broken(error.message, `Make it yours (it belongs to user ${owner}): chown -R "$(id -u)" ${JSON.stringify(existingAbove(home))}`)
  }
}

export async function checkPort(environment, home) {
  let port
  try {
    port = portFrom(environment, 3000)
  } catch (error) {
    return broken(error.message, 'Correct PORT or leave it out.')
  }
  const running = existsSync(home) && holderOf(path.join(home, 'running'))
  if (running && running.port === port) return ok(`Mortise itself is running on port ${port}`)
  const why = await whyNotListen(port, environment.HOST || '127.0.0.1')
  if (!why) return ok(port ? `port ${port} is free` : 'a free port will be taken')
  return broken(
    portSentence(port, why, environment.HOST),
    why === 'EADDRINUSE' ? `See who it is: lsof -i :${port}` : 'Correct PORT or HOST.',
  )
}

/** Runs the embedded PostgreSQL's own program once: this finds a missing package, a wrong C library, a disk without programs. */
export async function checkPrograms({ home, findPrograms = programsFor }) {
  const outside = 'Use a server of your own: DATABASE_URL=postgres://administrator:password@host/database npm start'
  try {
    const { account } = placeFor(home)
    const program = findPrograms(account)('postgres')
    const { code, output, stdout } = await run(program, ['--version'], {
      ...account,
      env: postgresEnvironment(),
      cwd: path.dirname(program),
    })
    return code === 0
      ? ok(`embedded ${stdout.trim()}`)
      : broken(`The embedded PostgreSQL does not run here (${code}): ${output.trim()}`, outside)
  } catch (error) {
    if (error.code === 'EACCES')
      return broken(
        'The disk of this checkout does not let programs run (it is mounted with noexec).',
        `Move the checkout to another disk. Or: ${outside}`,
      )
    if (error.code === 'ENOENT')
      return broken('The embedded PostgreSQL needs the GNU C library, which this system (Alpine?) does not have.', outside)
    return broken(error.message, `If your machine is a common one, run npm ci again; it brings ${packageName}. Otherwise: ${outside}`)
  }
}

export function checkLeftOver(home) {
  const place = placeFor(home)
  try {
    refuseOtherVersion(place)
    const postmaster = existsSync(place.cluster) && postmasterOf(path.join(place.cluster, 'data'))
    if (postmaster && !holderOf(path.join(home, 'running'))) {
      return note(
        `PostgreSQL still runs for this home (process ${postmaster.pid}) although Mortise does not.`,
        `Nothing: npm start goes on with it. To end it: kill -INT ${postmaster.pid}`,
      )
    }
    return ok(
      place.outside ? `the data is in ${place.base}, because the user nobody cannot reach ${home}` : 'the data directory is in order',
    )
  } catch (error) {
    return broken(error.message, `Look at ${place.base} and decide whether the data there is still needed.`)
  }
}

export function checkRoot() {
  return runsAsRoot()
    ? note(
        'You are root. PostgreSQL will run as the user nobody.',
        'Nothing, on a machine of your own. Otherwise start Mortise as a normal user.',
      )
    : ok('started as a normal user')
}

function existingAbove(directory) {
  return existsSync(directory) ? directory : existingAbove(path.dirname(directory))
}
