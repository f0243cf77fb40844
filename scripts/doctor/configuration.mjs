/** What the doctor looks at in the environment, before anything is contacted. */
import { broken, note, ok } from './findings.mjs'
import { secretFrom } from '../setup/secrets.mjs'

const secrets = ['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'REDIS_URL', 'TOKEN_SECRET']

/** One finding per secret: given twice, its file unreadable, too short, not a URL. */
export function checkSecrets(environment) {
  const findings = secrets.map((name) => checkSecret(environment, name)).filter(Boolean)
  return findings.length ? findings : [ok('no secret is set, so npm start makes its own')]
}

export function checkMode({ NODE_ENV }) {
  if (!NODE_ENV || ['development', 'test'].includes(NODE_ENV)) return ok(`NODE_ENV is ${NODE_ENV || 'development'}`)
  if (NODE_ENV === 'production')
    return note(
      'NODE_ENV is production: npm start makes no demo organization.',
      'Nothing, if you mean it. To look around, leave NODE_ENV out.',
    )
  return broken(`NODE_ENV is "${NODE_ENV}", which Mortise does not know.`, 'Set it to production, development or test, or leave it out.')
}

function checkSecret(environment, name) {
  let value
  try {
    value = secretFrom(environment, name)
  } catch (error) {
    return broken(error.message, environment[name] ? `unset ${name} or unset ${name}_FILE` : `ls -l "$${name}_FILE"`)
  }
  if (value === undefined) return undefined
  if (name === 'TOKEN_SECRET') return checkToken(value)
  const protocols = name === 'REDIS_URL' ? ['redis:', 'rediss:'] : ['postgres:', 'postgresql:']
  const form = name === 'REDIS_URL' ? 'redis://:password@host:6379' : 'postgres://name:password@host:5432/database'
  if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return ok(`${name} is a URL`)
  return broken(
    `${name} is not a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`,
    `Write it as ${form}; signs such as @ : / # in a password are written %40 %3A %2F %23.`,
  )
}

function checkToken(value) {
  const bytes = Buffer.byteLength(value)
  if (bytes >= 32) return ok(`TOKEN_SECRET has ${bytes} bytes`)
  return broken(
    `TOKEN_SECRET has ${bytes} bytes; at least 32 are needed.`,
    `Make one: node -p "crypto.randomBytes(36).toString('base64url')"`,
  )
}
