/** Builds the two images from a copy of the checkout, with the bases that this machine can have. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../setup/home.mjs'
import { run, runOrFail } from '../process/run.mjs'
import { docker } from './engine.mjs'

/** What is built here, under a tag that nobody else uses. */
export const images = { api: 'mortise-api:drill', edge: 'mortise-edge:drill' }

/** Copies what git knows of the checkout, changed and new files included: an engine gets neither installed packages nor secrets. */
export function copyCheckout(target) {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  for (const file of files.split('\0').filter(Boolean)) {
    if (!existsSync(path.join(root, file))) continue
    mkdirSync(path.dirname(path.join(target, file)), { recursive: true })
    cpSync(path.join(root, file), path.join(target, file))
  }
}

/**
 * The base images as `{ NODE_IMAGE, DEBIAN_IMAGE, POSTGRES_IMAGE, VALKEY_IMAGE }`: those of bases.json where the engine can fetch them, else
 * ones made here. Errors: the last lines of the script that makes them.
 */
export async function findBases({ env, isOwn }) {
  const named = JSON.parse(readFileSync(path.join(root, 'deploy/docker/bases.json'), 'utf8'))
  if (!isOwn || process.env.MORTISE_BASES === 'official') return named
  const { stdout } = await runOrFail('The base images could not be made.', path.join(root, 'scripts/containers-offline.sh'), [], { env })
  const lines = stdout.trim().split('\n')
  return Object.fromEntries(lines.map((line) => line.split('=')))
}

/** Builds `name` (api or edge) from `context`, called `image`. Behind a proxy that speaks TLS, NODE_EXTRA_CA_CERTS goes along. Gives the seconds. */
export async function buildImage({ name, image = images[name], context, bases, env, secret = process.env.NODE_EXTRA_CA_CERTS }) {
  const given = ['NODE_IMAGE', 'DEBIAN_IMAGE'].flatMap((base) => ['--build-arg', `${base}=${bases[base]}`])
  const certificates = secret ? ['--secret', `id=ca,src=${secret}`] : []
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  const args = ['build', '--quiet', ...given, ...certificates, '--build-arg', `COMMIT=${commit}`, '--tag', image]
  const { seconds } = await runOrFail(
    `The image ${image} could not be built.`,
    docker,
    [...args, '--file', path.join(context, `deploy/docker/${name}.Dockerfile`), context],
    { env: { ...env, DOCKER_BUILDKIT: '1' }, background: true },
  )
  return seconds
}

/** Puts one more layer on `from`: `files` is { path in the image: text }. For canaries. */
export async function imageWith({ from, tag, files, place, env }) {
  mkdirSync(place, { recursive: true })
  const copies = Object.entries(files).map(([target, text], index) => {
    writeFileSync(path.join(place, `file${index}`), text)
    return `COPY file${index} ${target}`
  })
  writeFileSync(path.join(place, 'Dockerfile'), [`FROM ${from}`, ...copies, ''].join('\n'))
  await runOrFail('The image of a canary could not be built.', docker, ['build', '--quiet', '--tag', tag, place], {
    env: { ...env, DOCKER_BUILDKIT: '1' },
  })
  return tag
}

/** What `docker image inspect` or `docker inspect` says of one thing. */
export async function inspect(thing, env) {
  const { stdout, code, output } = await run(docker, ['inspect', thing], { env })
  if (code !== 0) throw new Error(output)
  return JSON.parse(stdout)[0]
}
