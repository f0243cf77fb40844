/** A place where compose.production.yml is used as a person would: its own folder, its own .env, its own secrets. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../setup/home.mjs'
import { run } from '../process/run.mjs'
import { freePort } from '../process/ports.mjs'
import { docker } from './engine.mjs'
import { images } from './images.mjs'
import { visitorOf } from './visitor.mjs'

const files = [
  'compose.production.yml',
  '.env.production.example',
  'deploy/bin/compose-secrets',
  'deploy/bin/compose-release',
  'deploy/bin/compose-scale',
]
const file = ['compose', '-f', 'compose.production.yml']

// Everybody here comes from one address and works as fast as the machine lets them.
const unlimited = Object.fromEntries(['ADDRESS', 'SIGN_IN', 'USER', 'ORGANIZATION'].map((name) => [`RATE_LIMIT_${name}`, 1_000_000]))

/**
 * A name of its own: on an engine with a real installation its volumes are not touched. Prepares the folder `place` without any secret yet. Gives `compose(args, variables)` and `sh(args)`, which never throw, `settle(values)`, which writes .env,
 * and `visitor()`, who trusts the certificate that compose-secrets made.
 */
export async function makeSite({ place, env, bases }) {
  for (const name of files) {
    mkdirSync(path.dirname(path.join(place, name)), { recursive: true })
    cpSync(path.join(root, name), path.join(place, name))
  }
  const [http, https] = [await freePort(), await freePort()]
  const url = `https://localhost:${https}`
  const options = (variables) => ({ cwd: place, env: { ...without(env), COMPOSE_PROJECT_NAME: 'mortise-drill', ...variables } })
  return {
    place,
    url,
    plainUrl: `http://localhost:${http}`,
    compose: (args, variables = {}) => run(docker, [...file, ...args], options(variables)),
    sh: (args) => run(path.join(place, args[0]), args.slice(1), options({})),
    settle(values = {}) {
      const example = readFileSync(path.join(place, '.env.production.example'), 'utf8')
      const own = {
        ...unlimited,
        API_IMAGE: images.api,
        EDGE_IMAGE: images.edge,
        ...(existsSync(path.join(place, 'secrets')) && { SECRETS: './secrets' }),
        HTTP_PORT: `127.0.0.1:${http}`,
        HTTPS_PORT: `127.0.0.1:${https}`,
        ...bases,
        ...values,
      }
      const lines = Object.entries(own).map(([name, value]) => `${name}=${value}`)
      writeFileSync(path.join(place, '.env'), [example.replace('https://app.example', url), ...lines, ''].join('\n'))
    },
    secret: (name) => path.join(place, 'secrets', name),
    visitor: () => visitorOf(url, readFileSync(path.join(place, 'secrets/tls_certificate'))),
  }
}

// What the shell of whoever runs this happens to hold would win over .env.
function without(env) {
  const known =
    /^(COMPOSE_|PUBLIC_URL$|SECRETS$|WAF$|API_|EDGE_|HTTP_PORT$|HTTPS_PORT$|POSTGRES_|VALKEY_|DATABASE_|REDIS_|TOKEN_|LOG_LEVEL$|HSTS_|CORS_)/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !known.test(name)))
}
