/** The program that looks after audit trails: `verify` and `heads`. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { exportHeads, readHeads } from './audit/heads.ts'
import { verify, type Verdict } from './audit/verify.ts'
import { readMigrateConfig, type MigrateConfig } from './db/migrate-config.ts'
import { loginUrl } from './db/provision.ts'
import { keysFrom } from './tokens/keys.ts'

const usage = `Usage: audit <command>
  verify            follows every chain and names the first broken entry; exit code 1 when there is one
                      --organization <slug or id>   only this one
                      --heads <file>                also compares with heads that were exported earlier; may be given several times
  heads             writes the last entry of each chain, signed, to be kept outside the database
Reads BACKUP_DATABASE_URL, or ADMIN_DATABASE_URL for the login of the backup; heads need TOKEN_SECRET, the secret of the server.
Each may also come from a file: BACKUP_DATABASE_URL_FILE and so on.`

const line = (text: string) => void process.stdout.write(`${text}\n`)

function backupUrl({ BACKUP_DATABASE_URL: url, ADMIN_DATABASE_URL: admin }: MigrateConfig): string {
  if (url) return url
  if (!admin) throw new Error('BACKUP_DATABASE_URL (or BACKUP_DATABASE_URL_FILE) is missing')
  return loginUrl(admin, 'mortise_backup')
}

function keyOf({ TOKEN_SECRET: secret }: MigrateConfig) {
  if (!secret) throw new Error('TOKEN_SECRET (or TOKEN_SECRET_FILE) is missing: heads are signed with a key that is made from it')
  return keysFrom(secret).audit
}

async function verifyAll(config: MigrateConfig, only: string | undefined, files: string[]): Promise<void> {
  const exported = files.map((file) => readHeads(readFileSync(file, 'utf8'), keyOf(config)).of)
  const start = performance.now()
  const seen: Verdict[] = []
  await verify(backupUrl(config), { only, exported }, (verdict) => {
    seen.push(verdict)
    line(sentenceOf(verdict))
  })
  const entries = seen.reduce((sum, { checked }) => sum + checked, 0)
  const broken = seen.filter((verdict) => verdict.broken).length
  const found = broken === 0 ? 'all whole' : `${broken} broken`
  line(`${seen.length} organizations, ${entries} entries, ${found}, ${((performance.now() - start) / 1000).toFixed(1)} s`)
  if (broken > 0) process.exitCode = 1
}

function sentenceOf({ organization, slug, checked, broken, isGone }: Verdict): string {
  const who = slug === null ? organization : `${slug} (${organization})`
  if (isGone) return `${who}: deleted with its trail since the heads were exported`
  return broken
    ? `${who}: BROKEN at entry ${broken.seq}, ${broken.kind}: ${broken.because}`
    : `${who}: ${checked} ${checked === 1 ? 'entry' : 'entries'}, whole`
}

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { organization: { type: 'string' }, heads: { type: 'string', multiple: true, default: [] } },
  })
  const config = readMigrateConfig()
  if (positionals.join() === 'verify') await verifyAll(config, values.organization, values.heads)
  else if (positionals.join() === 'heads') line(JSON.stringify(await exportHeads(backupUrl(config), keyOf(config))))
  else throw new Error(usage)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
