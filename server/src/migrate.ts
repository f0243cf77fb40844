/** The program that prepares a database: `provision`, `migrate`, `wait`, `status` and, for a first start, `up`. */
import { parseArgs } from 'node:util'
import { migrations } from '../migrations/index.ts'
import { bringUp } from './db/migrator-up.ts'
import { migrate } from './db/migrator.ts'
import { readMigrateConfig, type MigrateConfig } from './db/migrate-config.ts'
import { loginUrl, provision } from './db/provision.ts'
import { withConnection } from './db/provision-connection.ts'
import { imageSchema, misfit, readSchema, waitForSchema } from './db/schema-version.ts'

const usage = `Usage: migrate <command>
  provision         makes database and roles            ADMIN_DATABASE_URL
  migrate           brings the schema up to date        MIGRATION_DATABASE_URL
  wait              waits for a schema that fits        DATABASE_URL   --timeout 600 (seconds)
  status            says how the schema is              DATABASE_URL   --json; exit code 3 when it does not fit
  up                provision, migrate and, with --demo, the demo organization
                                                        ADMIN_DATABASE_URL, or DATABASE_URL and MIGRATION_DATABASE_URL
Each URL may also come from a file: DATABASE_URL_FILE and so on. Results go to standard output, progress to standard error.`

type Flags = { timeout: string; json: boolean; demo: boolean }

const image = imageSchema(Object.keys(migrations))
const progress = (line: string) => void process.stderr.write(`${line}\n`)
const answer = (value: object) => void process.stdout.write(`${JSON.stringify(value)}\n`)

const commands: Record<string, (config: MigrateConfig, flags: Flags) => Promise<void>> = {
  async provision(config) {
    const { notes, ...urls } = await provision(required(config, 'ADMIN_DATABASE_URL'))
    notes.forEach(progress)
    answer(urls)
  },
  async migrate(config) {
    answer({ ran: await migrate(required(config, 'MIGRATION_DATABASE_URL'), { report: progress }) })
  },
  async wait(config, { timeout }) {
    if (!/^\d{1,6}$/.test(timeout)) throw new Error('--timeout takes whole seconds')
    await waitForSchema(anyLogin(config), image, { timeoutMs: Number(timeout) * 1000 })
  },
  async status(config, { json }) {
    const database = await withConnection(anyLogin(config), readSchema)
    const complaint = misfit(image, database)
    const pending = Object.keys(migrations).filter((name) => name.slice(0, 13) > (database?.version ?? ''))
    if (json) answer({ fits: complaint === undefined, complaint: complaint ?? null, database: database ?? null, image, pending })
    else process.stdout.write(`${complaint ?? 'database and program fit'} (${pending.length} pending)\n`)
    if (complaint !== undefined) process.exitCode = 3
  },
  async up(config, { demo }) {
    answer(await bringUp(config, { demo, report: progress }))
  },
}

// The version may be read by every login, so whatever is there will do.
function anyLogin(config: MigrateConfig): string {
  if (config.ADMIN_DATABASE_URL && !config.DATABASE_URL) return loginUrl(config.ADMIN_DATABASE_URL, 'mortise_api')
  return config.DATABASE_URL ?? required(config, 'MIGRATION_DATABASE_URL')
}

function required(config: MigrateConfig, name: keyof MigrateConfig): string {
  const value = config[name]
  if (!value) throw new Error(`${name} (or ${name}_FILE) is missing`)
  return value
}

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      timeout: { type: 'string', default: '600' },
      json: { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
    },
  })
  const command = positionals.length === 1 ? commands[String(positionals[0])] : undefined
  if (!command) throw new Error(usage)
  await command(readMigrateConfig(), values)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error)}\n`)
  process.exitCode = 1
}
