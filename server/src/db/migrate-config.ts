/** The environment of the programs beside the server: URLs and one secret, each also as a file. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { transportComplaint } from '../database-transport.ts'

const url = z
  .string()
  .refine((text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol), 'Must be a URL that begins with postgres://')

const schema = z.object({
  /** A login that may make roles and databases; in `up` it may also be a runtime login. */
  ADMIN_DATABASE_URL: url.optional(),
  /** The login mortise_migrator. */
  MIGRATION_DATABASE_URL: url.optional(),
  /** The login mortise_api. */
  DATABASE_URL: url.optional(),
  /** A login that reads past row level security, to verify the audit trail: mortise_backup. */
  BACKUP_DATABASE_URL: url.optional(),
  /** The secret of the server, from which the key that signs the heads of the audit trail is made. */
  TOKEN_SECRET: z.string().min(32, 'Must have at least 32 bytes').optional(),
})
export type MigrateConfig = z.infer<typeof schema>

/** Reads the URLs. Errors: one sentence with every complaint; it never repeats a value, which may carry a password. */
export function readMigrateConfig(env: NodeJS.ProcessEnv = process.env): MigrateConfig {
  const complaints: string[] = []
  const texts = Object.keys(schema.shape).map((name) => {
    const [direct, file] = [env[name] || undefined, env[`${name}_FILE`] || undefined]
    if (direct && file) complaints.push(`${name} is given twice: as ${name} and as ${name}_FILE`)
    try {
      return [name, direct ?? (file && readFileSync(file, 'utf8').replace(/\r?\n$/, ''))]
    } catch {
      complaints.push(`The file that ${name}_FILE names cannot be read`) // why is of no use here, and its path is in the environment
      return [name, undefined]
    }
  })
  const result = schema.safeParse(Object.fromEntries(texts))
  if (result.success && env['NODE_ENV'] === 'production') {
    for (const [name, given] of Object.entries(result.data)) {
      const complaint = given && transportComplaint(given, env['DATABASE_PLAINTEXT'])
      if (complaint) complaints.push(`${name} ${complaint}`)
    }
  }
  if (!result.success) complaints.push(...result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  if (complaints.length > 0 || !result.success) throw new Error(complaints.join('. '))
  return result.data
}
