/**
 * A container engine of our own where none is at hand: Debian's dockerd with a data directory, a socket and a pid file apart from any other.
 * `node scripts/containers/engine.mjs up` prints the variables to use it with, `down` stops it. Needs root on Linux.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onPath, runOrFail, lastLines } from '../process/run.mjs'
import { toolPath } from '../tools/tool.mjs'
import { commandLineOf, isAlive, signal, waitUntil } from '../process/processes.mjs'

/** The label by which our engine is told from a person's own: only on it may images be made from nothing. */
export const ownLabel = 'mortise.engine=own'

const base = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'mortise-engine')
const pidFile = path.join(base, 'docker.pid')
const log = path.join(base, 'log')
const ownHost = `unix://${path.join(base, 'docker.sock')}`

/**
 * Gives `{ env, isOwn, stop }`: the variables with which `docker` finds an engine that answers, be it the one of DOCKER_HOST, the machine's,
 * ours of an earlier call, or ours started now. `stop` ends it when this call started it. Errors: a sentence that says what is missing.
 */
export async function findEngine() {
  for (const env of [{}, { DOCKER_HOST: ownHost }]) if (answers(env)) return { env, isOwn: isOwn(env), stop: async () => {} }
  await start()
  return { env: { DOCKER_HOST: ownHost }, isOwn: true, stop: stopOwn }
}

/** The environment in which `docker compose` works with `engine`: an old client is given the plugin that `npm run tools -- compose` makes. */
export async function composeOn(engine) {
  const env = { ...process.env, ...engine.env }
  if (spawnSync(docker, ['compose', 'version'], { env }).status === 0) return env
  const config = path.join(base, 'client')
  const plugin = path.join(config, 'cli-plugins', 'docker-compose')
  mkdirSync(path.dirname(plugin), { recursive: true })
  rmSync(plugin, { force: true })
  symlinkSync(await toolPath('compose'), plugin)
  return { ...env, DOCKER_CONFIG: config }
}

/** Ends our engine and waits until it is gone; its images and volumes stay. Another engine is left alone. */
export async function stopOwn() {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0
  if (!pid || !isAlive(pid) || !commandLineOf(pid)?.includes(pidFile)) return false
  signal(pid, 'SIGTERM')
  await waitUntil(() => !isAlive(pid), { timeoutMs: 30_000 })
  return true
}

/** The client to call: Debian's knows BuildKit by itself, a newer one without its buildx plugin does not. */
export const docker = existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker'

async function start() {
  if (process.platform !== 'linux' || process.getuid() !== 0)
    throw new Error('No container engine answers, and starting one needs root on Linux. Start Docker, or set DOCKER_HOST.')
  await installMissing()
  mkdirSync(base, { recursive: true, mode: 0o700 })
  rmSync(pidFile, { force: true })
  const output = openSync(log, 'w')
  const places = ['--data-root', path.join(base, 'data'), '--exec-root', path.join(base, 'exec'), '--pidfile', pidFile]
  spawn('dockerd', [...places, '--host', ownHost, '--label', ownLabel, '--log-level', 'warn'], {
    detached: true,
    stdio: ['ignore', output, output],
  }).unref()
  await waitUntil(() => answers({ DOCKER_HOST: ownHost }), { timeoutMs: 60_000 })
  if (!answers({ DOCKER_HOST: ownHost })) throw new Error(`dockerd does not answer:\n${lastLines(readFileSync(log, 'utf8'), 15)}`)
}

async function installMissing() {
  if (onPath('dockerd') && onPath('debootstrap') && onPath('iptables')) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await runOrFail('The package lists could not be read.', 'apt-get', ['update', '-qq'], { env })
  const packages = ['docker.io', 'debootstrap', 'iptables']
  await runOrFail('The engine could not be installed.', 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
  })
}

function answers(env) {
  return ask(env, '{{.ServerVersion}}').status === 0
}

function isOwn(env) {
  return ask(env, '{{json .Labels}}').stdout.includes(ownLabel)
}

function ask(env, format) {
  const { status, stdout } = spawnSync(docker, ['info', '--format', format], { env: { ...process.env, ...env }, encoding: 'utf8' })
  return { status: stdout?.trim() ? status : 1, stdout: stdout ?? '' }
}

if (process.argv[1] === import.meta.filename) {
  const [command] = process.argv.slice(2)
  if (command === 'up')
    for (const [name, value] of Object.entries((await findEngine()).env)) process.stdout.write(`export ${name}=${value}\n`)
  else if (command === 'down') process.stdout.write((await stopOwn()) ? 'stopped\n' : 'it does not run\n')
  else {
    process.stderr.write('Usage: node scripts/containers/engine.mjs up | down\n')
    process.exitCode = 2
  }
}
