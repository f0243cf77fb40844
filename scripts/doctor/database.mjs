/** What the doctor asks an outside PostgreSQL. */
import { createRequire } from 'node:module'
import path from 'node:path'
import { broken, note, ok } from './findings.mjs'
import { root } from '../setup/home.mjs'

const oldest = 150_000
const allowedSkewMs = 5_000
const timeoutMs = 5_000

/**
 * Findings about the server that `name` (DATABASE_URL, MIGRATION_DATABASE_URL) points to. `connect(url)` gives something
 * with `query` and `end`; by default a client of the installed driver.
 */
export async function checkDatabase({ name, url, environment, connect = connectWithDriver }) {
  let client
  try {
    client = await connect(url)
    const [row] = (await client.query(question)).rows
    return judge({ name, url, environment, row: { ...row, now: Date.now() } })
  } catch (error) {
    return [explain(name, url, error)]
  } finally {
    await client?.end().catch(() => {}) // what was to be learned is learned
  }
}

const question = `
  select current_setting('server_version') as version, current_setting('server_version_num')::int as number, current_user as login,
         (r.rolsuper or r.rolbypassrls) as "isAboveRules", extract(epoch from clock_timestamp())::float8 * 1000 as time,
         (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as "isEncrypted"
    from pg_roles r where r.rolname = current_user`

/** The findings that follow from what the server answered. */
export function judge({ name, url, environment, row }) {
  const isProduction = environment.NODE_ENV === 'production'
  const findings = []
  const host = new URL(url).hostname
  if (row.number < oldest)
    findings.push(
      broken(
        `${name}: the server is PostgreSQL ${row.version}; Mortise needs 15 or later.`,
        'Upgrade the server, or leave DATABASE_URL out to use the embedded one.',
      ),
    )
  if (row.isAboveRules && name === 'DATABASE_URL') findings.push(aboveRules(row, isProduction || environment.MIGRATION_DATABASE_URL))
  const skewMs = Math.round(row.time - row.now)
  if (Math.abs(skewMs) > allowedSkewMs) {
    findings.push(
      broken(
        `${name}: the server's clock is ${Math.abs(skewMs / 1000).toFixed(0)} s ${skewMs > 0 ? 'ahead of' : 'behind'} this machine's; sessions would end at the wrong time.`,
        'Switch on time synchronisation on both: timedatectl set-ntp true',
      ),
    )
  }
  if (!row.isEncrypted && !isLocal(host)) {
    const says = `${name}: the connection to ${host} is not encrypted.`
    const todo = 'Add ?sslmode=verify-full to the URL, and sslrootcert=/path/to/ca.pem when the authority is your own.'
    findings.push(isProduction ? broken(says, todo) : note(says, todo))
  }
  return findings.length ? findings : [ok(`${name}: PostgreSQL ${row.version} answers, login ${row.login}`)]
}

function aboveRules({ login }, isRuntime) {
  const says = `DATABASE_URL: the login ${login} is above row level security.`
  return isRuntime
    ? broken(
        `${says} A server that runs with it would not keep organizations apart.`,
        'Give the login mortise_api (npm run migrate -- provision prints it) and keep the administrator for the migration.',
      )
    : note(says, 'Nothing: npm start makes the login mortise_api with it, and runs the server with that one.')
}

function explain(name, url, error) {
  const { hostname, port, username, pathname } = new URL(url)
  const at = `${hostname}:${port || 5432}`
  const known = explanations({ name, at, hostname, username, database: pathname.slice(1) })[error.code ?? error.message]
  if (known) return known
  if (/does not support SSL/.test(error.message))
    return broken(
      `${name}: the server at ${at} speaks no TLS.`,
      'Switch TLS on in the server (ssl = on), or take sslmode out of the URL when the network is your own.',
    )
  if (/timeout/i.test(error.message)) return unreachable(name, at, 'no answer')
  return broken(`${name}: ${error.message || error.code}`, `Try it by hand: psql "$${name}"`)
}

function explanations({ name, at, hostname, username, database }) {
  const wrongLogin = broken(
    `${name}: the server at ${at} does not accept the login ${username} with this password.`,
    'Correct name and password in the URL; signs such as @ : / # in a password are written %40 %3A %2F %23.',
  )
  const authority = broken(
    `${name}: the certificate of ${hostname} was signed by an authority that this machine does not know.`,
    'Add sslrootcert=/path/to/ca.pem to the URL.',
  )
  return {
    ECONNREFUSED: unreachable(name, at, 'connection refused'),
    ENOTFOUND: broken(`${name}: there is no machine called ${hostname}.`, 'Correct the host in the URL.'),
    EAI_AGAIN: broken(`${name}: the name ${hostname} cannot be looked up.`, 'Correct the host in the URL, or mend name resolution (DNS).'),
    ETIMEDOUT: unreachable(name, at, 'no answer'),
    EHOSTUNREACH: unreachable(name, at, 'no way there'),
    '28P01': wrongLogin,
    28000: wrongLogin,
    '3D000': broken(`${name}: there is no database "${database}" at ${at}.`, `Create it: createdb -h ${hostname} ${database}`),
    53300: broken(
      `${name}: the server at ${at} has no connection left.`,
      'Raise max_connections, or end what holds them: select * from pg_stat_activity',
    ),
    '57P03': broken(`${name}: the server at ${at} is starting up or shutting down.`, 'Wait a moment and ask again.'),
    DEPTH_ZERO_SELF_SIGNED_CERT: authority,
    SELF_SIGNED_CERT_IN_CHAIN: authority,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: authority,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: authority,
    CERT_HAS_EXPIRED: broken(`${name}: the certificate of ${hostname} has expired.`, 'Renew it on the server.'),
    ERR_TLS_CERT_ALTNAME_INVALID: broken(
      `${name}: the certificate of the server is not for the name ${hostname}.`,
      'Use the name that is in the certificate, or have one made for this name.',
    ),
    MODULE_NOT_FOUND: note(
      `${name} was not tried, because the dependencies are not installed yet.`,
      'Run npm ci, then npm run doctor again.',
    ),
  }
}

function unreachable(name, at, why) {
  return broken(
    `${name}: no PostgreSQL can be reached at ${at} (${why}).`,
    'Is it running, is the address right, does a firewall stand between? Or leave DATABASE_URL out to use the embedded one.',
  )
}

async function connectWithDriver(url) {
  const { Client } = createRequire(path.join(root, 'server/package.json'))('pg')
  const client = new Client({ connectionString: url, connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs })
  client.on('error', () => {}) // the query that is under way reports it
  await client.connect()
  return client
}

function isLocal(host) {
  return ['localhost', '127.0.0.1', '[::1]', ''].includes(host)
}
