/** The same site with a PostgreSQL of one's own, over TLS: the one that came along does not start, and a server without proof is refused. */
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { waitUntil } from '../../process/processes.mjs'
import { run, runOrFail } from '../../process/run.mjs'
import { docker } from '../engine.mjs'
import { images } from '../images.mjs'

const host = 'db.example'
const password = 'no-secret-of-anybody-0123456789'
const network = 'mortise-drill_services'

export async function serveElsewhere({ promise, site, visitor, env, bases, place }) {
  const certificates = makeCertificates(path.join(place, 'tls'))
  await site.compose(['down'])
  site.settle({ COMPOSE_PROFILES: 'valkey', ISOLATED: 'false', DATABASE_PLAINTEXT: 'refuse' })
  await site.compose(['up', '--no-start'])
  const servers = { right: 'right', expired: 'expired', 'of another name': 'misnamed' }
  try {
    for (const [at, name] of Object.values(servers).entries())
      await startServer({ name, alias: at === 0 ? host : `${name}.example`, certificates, bases, env })
    await judge({ promise, site, visitor, env, certificates })
  } finally {
    await run(docker, ['rm', '--force', '--volumes', ...Object.values(servers).map((name) => `mortise-drill-${name}`)], { env })
    await site.compose(['down'])
    site.settle()
  }
}

async function judge({ promise, site, visitor, env, certificates }) {
  const url = (query, alias = host) => `postgres://postgres:${password}@${alias}/mortise${query}`
  const proof = '?sslmode=verify-full&sslrootcert=/run/secrets/database_ca'
  const program = (words, variables, ca = 'ca') => {
    const given = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`])
    const mount = ['--volume', `${certificates[ca]}:/run/secrets/database_ca:ro`]
    return run(docker, ['run', '--rm', '--network', network, ...mount, ...given, images.api, ...words], { env })
  }

  const made = await program(['provision'], { ADMIN_DATABASE_URL: url(proof) })
  if (made.code !== 0) throw new Error(made.output)
  const { apiUrl, migratorUrl } = JSON.parse(made.stdout)
  for (const [name, text] of [
    ['database_url', apiUrl],
    ['migration_database_url', migratorUrl],
    ['database_ca', readFileSync(certificates.ca)],
  ])
    writeFileSync(site.secret(name), text)
  const { code, output, seconds } = await site.compose(['up', '--detach', '--wait'])
  if (!promise('compose up takes a PostgreSQL of your own, over TLS', code === 0, `${seconds.toFixed(1)} s`)) throw new Error(output)
  const running = (await site.compose(['ps', '--services'])).stdout.trim().split('\n').toSorted()
  promise('the one that came along does not start', running.join() === 'api,edge,valkey', running.join())
  promise('the walk passes', Boolean(await visitor.walk()))
  const question = `select count(*), count(*) filter (where ssl) from pg_stat_ssl join pg_stat_activity using (pid) where usename = 'mortise_api'`
  const asked = await run(
    docker,
    [
      'exec',
      'mortise-drill-right',
      'psql',
      '--username=postgres',
      '--host=/var/run/postgresql',
      '--tuples-only',
      '--no-align',
      '--command',
      question,
    ],
    { env },
  )
  const [all, encrypted] = asked.stdout.trim().split('|').map(Number)
  promise('every connection of the program is encrypted', all > 0 && all === encrypted, `${encrypted} of ${all}`)

  const wait = (query, alias, ca) => program(['wait', '--timeout', '3'], { DATABASE_URL: url(query, alias) }, ca)
  promise('the right certificate is taken', (await wait(proof)).code === 0)
  for (const [kind, sentence, ...how] of [
    ['a certificate of another authority', /self-signed|unable to (get|verify)/i, proof, host, 'otherCa'],
    ['an expired certificate', /expired/i, proof, 'expired.example'],
    ['a certificate of another name', /altname|hostname/i, proof, 'misnamed.example'],
    ['a URL without proof', /not encrypted with proof/, '?sslmode=require', host],
  ]) {
    const refused = await wait(...how)
    promise(`${kind} is refused`, refused.code === 1 && sentence.test(refused.output), refused.output.trim().split('\n').at(-1))
  }
}

async function startServer({ name, alias, certificates, bases, env }) {
  const folder = path.dirname(certificates[name])
  const settings = ['-c', 'ssl=on', '-c', `ssl_cert_file=/tls/${name}.crt`, '-c', `ssl_key_file=/tls/${name}.key`, '-c', 'fsync=off']
  const given = ['--env', 'POSTGRES_PASSWORD_FILE=/tls/password', '--volume', `${folder}:/tls:ro`, '--user', '999:999']
  const container = `mortise-drill-${name}`
  await runOrFail(
    'A PostgreSQL could not be started.',
    docker,
    [
      'run',
      '--detach',
      '--name',
      container,
      '--network',
      network,
      '--network-alias',
      alias,
      ...given,
      bases.POSTGRES_IMAGE,
      'postgres',
      ...settings,
    ],
    { env },
  )
  const isReady = async () => (await run(docker, ['exec', container, 'pg_isready', '--quiet', '--host=127.0.0.1'], { env })).code === 0
  if (!(await waitUntil(isReady, { timeoutMs: 60_000, everyMs: 300 }))) throw new Error(`${container} does not answer.`)
}

/** Two authorities and three certificates as files: right, expired, and of another name. */
function makeCertificates(folder) {
  mkdirSync(folder, { mode: 0o755 })
  const at = (file) => path.join(folder, file)
  const openssl = (...args) => {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`openssl ${args.join(' ')}\n${stderr}`)
  }
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  for (const ca of ['ca', 'otherCa'])
    openssl('req', '-x509', ...key, '-days', '2', '-subj', `/CN=${ca}`, '-keyout', at(`${ca}.key`), '-out', at(`${ca}.crt`))
  for (const [name, subject, days] of [
    ['right', host, '2'],
    ['expired', 'expired.example', '-1'],
    ['misnamed', 'elsewhere.example', '2'],
  ]) {
    writeFileSync(at(`${name}.ext`), `subjectAltName=DNS:${subject}\n`)
    openssl('req', ...key, '-subj', `/CN=${subject}`, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`))
    openssl(
      'x509',
      '-req',
      '-in',
      at(`${name}.csr`),
      '-CA',
      at('ca.crt'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
      '-days',
      days,
      '-extfile',
      at(`${name}.ext`),
      '-out',
      at(`${name}.crt`),
    )
  }
  writeFileSync(at('password'), password)
  for (const file of ['right.key', 'expired.key', 'misnamed.key', 'password']) {
    chownSync(at(file), 999, 999)
    chmodSync(at(file), 0o600)
  }
  return Object.fromEntries(['ca', 'otherCa', 'right', 'expired', 'misnamed'].map((name) => [name, at(`${name}.crt`)]))
}
