/** What must hold of each image by itself. Every check is also made on an image that breaks it. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { readFileSync } from 'node:fs'
import { root } from '../../setup/home.mjs'
import { run } from '../../process/run.mjs'
import { productionPlaces } from '../../../deploy/docker/only-production.mjs'
import { docker } from '../engine.mjs'
import { images, imageWith, inspect } from '../images.mjs'

/** Largest size in bytes on the bases that are made here; official ones differ by some megabytes. */
const largest = { api: 260e6, edge: 370e6 }

export async function checkImages({ promise, env, place, canary }) {
  for (const [name, image] of Object.entries(images)) {
    const { Config, Size } = await inspect(image, env)
    promise(`${name} runs as a user without rights`, Config.User === '10001:10001', Config.User)
    promise(`${name} says whether it is healthy`, (Config.Healthcheck?.Test ?? []).length > 1)
    promise(`${name} is at most ${largest[name] / 1e6} MB`, Size <= largest[name], `${(Size / 1e6).toFixed(0)} MB`)
    promise(`${name} has no secret in any layer or in its history`, !(await holds(image, canary, env)))
    const writable = await writablePaths(image, ['--read-only', '--tmpfs', '/tmp'], env)
    promise(`${name} can write nowhere but in /tmp`, writable.length === 0, writable.join(' '))
  }
  const foreign = await developmentPackages(images.api, env)
  promise('api has no development dependency', foreign.length === 0, foreign.join(' '))

  const leaky = await imageWith({
    from: images.api,
    tag: 'mortise-canary:layer',
    files: { '/app/.env': canary },
    place: path.join(place, 'layer'),
    env,
  })
  promise('canary: a secret in a layer is found', await holds(leaky, canary, env))
  const fat = { '/app/node_modules/vitest/package.json': '{"name":"vitest"}' }
  const developers = await imageWith({ from: images.api, tag: 'mortise-canary:vitest', files: fat, place: path.join(place, 'vitest'), env })
  promise('canary: a development dependency is found', (await developmentPackages(developers, env)).join() === 'vitest')
  promise('canary: a root that can be written to is found', (await writablePaths(images.api, [], env)).includes('/var/tmp'))
  await run(docker, ['rmi', '--force', leaky, developers], { env })
}

/** True when the bytes of an image (all layers, configuration and history) hold `word`. */
function holds(image, word, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(docker, ['save', image], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const wanted = Buffer.from(word)
    let tail = Buffer.alloc(0)
    let isFound = false
    let size = 0
    child.stdout.on('data', (chunk) => {
      size += chunk.length
      const bytes = Buffer.concat([tail, chunk])
      isFound ||= bytes.includes(wanted)
      tail = bytes.subarray(-wanted.length)
    })
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 && size > 1e6 ? resolve(isFound) : reject(new Error(`docker save ${image} ended with ${code}`)),
    )
  })
}

async function writablePaths(image, options, env) {
  const look = `find / -xdev \\( -path /proc -o -path /sys \\) -prune -o \\( -type d -o -type f \\) -writable ! -path /tmp -print 2>/dev/null`
  const { stdout } = await run(docker, ['run', '--rm', ...options, '--entrypoint', 'sh', image, '-c', look], { env })
  return stdout.split('\n').filter(Boolean)
}

async function developmentPackages(image, env) {
  const list = `ls -d /app/node_modules/* /app/node_modules/@*/* /usr/local/lib/node_modules/* 2>/dev/null`
  const { stdout } = await run(docker, ['run', '--rm', '--entrypoint', 'sh', image, '-c', list], { env })
  const found = stdout.split('\n').filter((line) => line && !/\/@[^/]+$/.test(line))
  if (found.length < 50) throw new Error(`The image holds only ${found.length} packages.`)
  const lockfile = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
  const allowed = new Set(productionPlaces(lockfile, 'server').map((at) => `/app/${at}`))
  return found.filter((at) => !allowed.has(at)).map((at) => at.slice(at.indexOf('node_modules/') + 'node_modules/'.length))
}
