/** What the environment says, read once, checked whole and frozen; the only reader of process.env. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { headerKeys, headerWeaknesses, origins } from './config-headers.ts'
import { transportComplaint } from './database-transport.ts'

const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `Must be a URL that begins with ${protocols.join(' or ')}`,
    )

const number = (from: number, to: number) =>
  z.string().regex(/^\d+$/, 'Must be a whole number').transform(Number).pipe(z.int().min(from).max(to))

/** One key: its schema, what it is for, and whether it is a secret (then it may also come from a file, as `<KEY>_FILE`). */
type Key = { schema: z.ZodType; fallback?: string; secret?: true; about: string }

/** Keys of the limits, with the calls a minute that each gives unless said. */
function limits<Name extends string>(table: Record<Name, readonly [fallback: string, of: string]>) {
  return Object.fromEntries(
    Object.entries<readonly [string, string]>(table).map(([name, [fallback, of]]) => [
      `RATE_LIMIT_${name}`,
      { schema: number(0, 1_000_000_000), fallback, about: `Most calls a minute: ${of}. 0 takes the limit away.` },
    ]),
  ) as Record<`RATE_LIMIT_${Name}`, { schema: ReturnType<typeof number>; fallback: string; about: string }>
}

/** Every key that the server knows. `docs/configuration.md` is made from this table. */
export const keys = {
  NODE_ENV: {
    schema: z.enum(['production', 'development', 'test']),
    fallback: 'production',
    about: 'What kind of installation this is. Outside `production` weaker settings are accepted.',
  },
  HOST: { schema: z.string().min(1), fallback: '127.0.0.1', about: 'Address to listen on. Containers set `0.0.0.0`.' },
  PORT: { schema: number(0, 65_535), fallback: '3000', about: 'Port to listen on; 0 takes a free one.' },
  MAX_CONNECTIONS: {
    schema: number(1, 1_000_000),
    fallback: '10000',
    about:
      'Connections that one process keeps open at most, streams included; any beyond are closed at once. Each needs a file descriptor.',
  },
  PUBLIC_URL: {
    schema: url('http:', 'https:')
      .refine((text) => !URL.canParse(text) || new URL(text).pathname === '/', 'Must have no path')
      .optional(),
    about:
      'Address that people type, without a path; default `http://localhost:<PORT>`. With `https:` cookies are `Secure` and HSTS is on.',
  },
  HSTS_SECONDS: {
    schema: number(0, 63_072_000),
    fallback: '31536000',
    about:
      'How long browsers remember to come by HTTPS only, sub-domains included; 0 does not ask them to. Sent where `PUBLIC_URL` is HTTPS.',
  },
  CORS_ORIGINS: {
    schema: origins,
    about: 'Other origins whose pages may call the API, with commas between. None unless said: pages of other sites are refused.',
  },
  ...headerKeys,
  TRUSTED_PROXIES: {
    schema: number(0, 10),
    fallback: '0',
    about:
      'How many proxies stand in front, each adding to `X-Forwarded-For`. The address of a caller is counted from the right of it; with 0 the header is ignored.',
  },
  PROCESSES: {
    schema: number(1, 1_000),
    fallback: '1',
    about: 'Processes that serve this installation. Without Redis, or while it is away, each of them gives its part of the limits.',
  },
  ...limits({
    ADDRESS: ['1200', 'calls without sign-in and failed sign-ins of one address, or of one /64 network'],
    SIGN_IN: ['300', 'new guests of one address'],
    REFRESH: ['600', 'renewed sign-ins of one address'],
    USER: ['6000', 'calls of one person; expensive ones count several times'],
    ORGANIZATION: ['30000', 'calls in one organization; expensive ones count several times'],
    INVITATIONS: ['60', 'invitations that one person makes and accepts'],
  }),
  DATABASE_URL: {
    schema: url('postgres:', 'postgresql:'),
    secret: true,
    about: 'PostgreSQL 15 or later, with the login of the runtime role `mortise_api`.',
  },
  DATABASE_PLAINTEXT: {
    schema: z.enum(['refuse', 'allow']),
    fallback: 'refuse',
    about:
      'Whether PostgreSQL may be spoken to over a network without TLS and proof of the server (`sslmode=verify-full` in `DATABASE_URL`). Looked at in production.',
  },
  DATABASE_POOL: { schema: number(1, 200), fallback: '10', about: 'Connections to PostgreSQL that one process keeps at most.' },
  REDIS_URL: {
    schema: url('redis:', 'rediss:').optional(),
    secret: true,
    about: 'Redis or Valkey, which carries signals between processes and shares the limits. Without it run one process only.',
  },
  TOKEN_SECRET: {
    schema: z.string().refine((text) => Buffer.byteLength(text) >= 32, 'Must have at least 32 bytes'),
    secret: true,
    about: 'Key that signs access tokens, refresh tokens and cursors, 32 bytes or more. Changing it signs everybody out.',
  },
  LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    fallback: 'info',
    about: 'Least important level that is logged.',
  },
  DEMO_ORGANIZATION: { schema: z.string().optional(), about: 'Slug of the demo organization that guests may join. Refused in production.' },
} as const satisfies Record<string, Key>

type Keys = typeof keys
export type Config = Readonly<{ [Name in keyof Keys]: z.output<Keys[Name]['schema']> }> & { readonly publicUrl: URL }

/** Thrown when the environment cannot be used; its message lists every complaint, one a line. */
export class ConfigError extends Error {}

/** Reads the whole environment. Throws ConfigError with all complaints at once, so that nobody mends them one by one. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const complaints: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, key] of Object.entries<Key>(keys)) {
    try {
      const result = key.schema.safeParse(textOf(name, key, env))
      if (result.success) values[name] = result.data
      else
        complaints.push(
          ...result.error.issues.map(
            (issue) => `${name}: ${textOf(name, key, env) === undefined ? 'is required' : issue.message}. ${key.about}`,
          ),
        )
    } catch (error) {
      complaints.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (values['NODE_ENV'] === 'production' && values['DEMO_ORGANIZATION'] !== undefined) {
    complaints.push('DEMO_ORGANIZATION: is refused in production, because anybody could join it')
  }
  if (values['NODE_ENV'] === 'production' && values['DATABASE_URL'] !== undefined) {
    const complaint = transportComplaint(values['DATABASE_URL'] as string, values['DATABASE_PLAINTEXT'] as string)
    if (complaint !== undefined) complaints.push(`DATABASE_URL: ${complaint}`)
  }
  if (complaints.length > 0) throw new ConfigError(complaints.join('\n'))
  const publicUrl = new URL((values['PUBLIC_URL'] as string | undefined) ?? `http://localhost:${String(values['PORT'])}`)
  return Object.freeze({ ...values, publicUrl }) as Config
}

/** What is weaker than it need be, in sentences for the log: a weaker setting is allowed, but never silent. */
export const weaknessesOf = ({ NODE_ENV, publicUrl, HSTS_SECONDS, CORS_ORIGINS, ...config }: Config): string[] =>
  [
    NODE_ENV === 'production' && publicUrl.protocol !== 'https:' && 'PUBLIC_URL is not HTTPS: cookies travel in the clear',
    publicUrl.protocol === 'https:' && HSTS_SECONDS === 0 && 'HSTS_SECONDS is 0: browsers may come by HTTP',
    NODE_ENV === 'production' &&
      config.DATABASE_PLAINTEXT === 'allow' &&
      transportComplaint(config.DATABASE_URL, undefined) !== undefined &&
      'DATABASE_PLAINTEXT is allow: what PostgreSQL is asked and answers travels in the clear',
    CORS_ORIGINS.length > 0 && `CORS_ORIGINS lets pages of other origins call: ${CORS_ORIGINS.join(', ')}`,
    ...headerWeaknesses(config),
    ...Object.entries(config).map(
      ([name, value]) => name.startsWith('RATE_LIMIT_') && value === 0 && `${name} is 0: nobody is limited by it`,
    ),
  ].filter((weakness) => weakness !== false)

function textOf(name: string, key: Key, env: NodeJS.ProcessEnv): string | undefined {
  const direct = env[name] === '' ? undefined : env[name]
  const file = key.secret ? env[`${name}_FILE`] : undefined
  if (file === undefined || file === '') return direct ?? key.fallback
  if (direct !== undefined) throw new Error(`is given twice: as ${name} and as ${name}_FILE`)
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch {
    throw new Error(`the file that ${name}_FILE names cannot be read`)
  }
}
