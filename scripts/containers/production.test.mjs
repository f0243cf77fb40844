/** The files of a production installation agree with the program and with each other; each comparison can fail. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { productionPlaces } from '../../deploy/docker/only-production.mjs'
import { keys } from '../../server/src/config.ts'
import { root } from '../setup/home.mjs'

const read = (file) => readFileSync(path.join(root, file), 'utf8')
const compose = read('compose.production.yml')
const example = read('.env.production.example')
const block = (pattern) => pattern.exec(compose)[1]
const headers = block(/\nx-headers: &headers\n([\s\S]*?)\n\n/)
const api = `${block(/\n {2}api:\n([\s\S]*?)\n {2}\w+:\n/)}\n${headers.replaceAll(/^ {2}/gm, '      ')}`

/** Keys that compose.production.yml settles itself, each with its reason. */
const settled = {
  NODE_ENV: 'the image is for production',
  HOST: 'the image listens on every address of its container',
  PORT: 'the edge knows it',
  TRUSTED_PROXIES: 'the edge is the one proxy',
  PROCESSES: 'follows API_REPLICAS',
  DEMO_ORGANIZATION: 'refused in production',
}

/** What is missing or too much, in sentences. */
function disagreements(known, { api, example }) {
  const passed = new Set([...api.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name]) => name))
  const explained = new Set([...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name))
  const complaints = []
  for (const [name, key] of Object.entries(known)) {
    const given = key.secret ? `${name}_FILE` : name
    if (!(name in settled) && !passed.has(given)) complaints.push(`compose.production.yml does not pass ${given} to api`)
    if (!(name in settled) && !key.secret && !explained.has(name)) complaints.push(`.env.production.example does not explain ${name}`)
    if (key.secret && explained.has(name)) complaints.push(`.env.production.example names the secret ${name}`)
  }
  for (const name of passed) if (!(name.replace(/_FILE$/, '') in known)) complaints.push(`the program does not know ${name}`)
  for (const name of explained) if (!compose.includes(`{${name}`) && name !== 'COMPOSE_PROFILES') complaints.push(`nothing reads ${name}`)
  return complaints
}

describe('the environment of production', () => {
  it('is what the program knows, neither more nor less', () => {
    expect(disagreements(keys, { api, example })).toEqual([])
  })

  it.each([
    ['a new key', { ...keys, NEW_KEY: { about: 'x' } }, { api, example }, 'compose.production.yml does not pass NEW_KEY to api'],
    [
      'a new secret',
      { ...keys, NEW_KEY: { about: 'x', secret: true } },
      { api, example },
      'compose.production.yml does not pass NEW_KEY_FILE to api',
    ],
    ['a key that has gone', keys, { api: `${api}\n      OLD_KEY: a`, example }, 'the program does not know OLD_KEY'],
    [
      'a key without a line',
      keys,
      { api, example: example.replace('LOG_LEVEL', 'LOG') },
      '.env.production.example does not explain LOG_LEVEL',
    ],
    ['a line that nothing reads', keys, { api, example: `${example}\n#FORGOTTEN=1` }, 'nothing reads FORGOTTEN'],
    [
      'a secret in the example',
      keys,
      { api, example: `${example}\nTOKEN_SECRET=` },
      '.env.production.example names the secret TOKEN_SECRET',
    ],
  ])('canary: %s is noticed', (_what, known, files, sentence) => {
    expect(disagreements(known, files)).toContain(sentence)
  })

  it('shows the defaults of the program', () => {
    const shown = Object.fromEntries([...example.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]))
    const defaults = Object.entries(keys).flatMap(([name, { fallback }]) =>
      fallback !== undefined && name in shown ? [[name, fallback]] : [],
    )
    expect(defaults.length).toBeGreaterThan(3)
    expect(shown).toMatchObject(Object.fromEntries(defaults))
  })
})

/** Base images as a file names them: `ARG NAME=image` and `${NAME:-image}`. */
const basesIn = (text) =>
  Object.fromEntries(
    [...text.matchAll(/(?:ARG |\{)(\w+_IMAGE)(?:=|:-)([\w./-]+:[\w.-]+(?:@sha256:[0-9a-f]{64})?)/g)].map(([, name, image]) => [
      name,
      image,
    ]),
  )

describe('the base images', () => {
  const bases = JSON.parse(read('deploy/docker/bases.json'))

  it('are pinned by digest', () => {
    for (const image of Object.values(bases)) expect(image).toMatch(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/)
  })

  it.each(['deploy/docker/api.Dockerfile', 'deploy/docker/edge.Dockerfile', 'compose.production.yml', 'compose.yaml'])(
    'are the same in %s',
    (file) => {
      const named = basesIn(read(file))
      expect(Object.keys(named).length).toBeGreaterThan(1)
      expect(bases).toMatchObject(named)
    },
  )

  it('canary: another digest is noticed', () => {
    const text = read('deploy/docker/api.Dockerfile').replace(/sha256:./, 'sha256:0')
    expect(bases).not.toMatchObject(basesIn(text))
  })
})

describe('what the image of the program installs', () => {
  it('is what it depends on, and what that depends on, from the nearest place', () => {
    const packages = {
      server: { dependencies: { a: '1', shared: '*' } },
      shared: {},
      'node_modules/shared': { link: true },
      'node_modules/a': { dependencies: { b: '2' } },
      'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
      'node_modules/b': {},
      'node_modules/c': { dependencies: { a: '1' } },
      'node_modules/vitest': { dev: true },
    }
    expect(productionPlaces({ packages }, 'server')).toEqual(['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c'])
  })

  it('canary: a package that the lockfile lacks is an error', () => {
    expect(() => productionPlaces({ packages: { server: { dependencies: { gone: '1' } } } }, 'server')).toThrow('server needs gone')
  })
})
