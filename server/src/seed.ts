/** The program that fills a database: `demo`, or a crowd of organizations. */
import { parseArgs } from 'node:util'
import { bringUp } from './db/migrator-up.ts'
import { readMigrateConfig } from './db/migrate-config.ts'
import { seedCrowd, type Size } from './seed/crowd.ts'
import { seedDemo } from './seed/demo.ts'
import { progressOf } from './seed/progress.ts'

const usage = `Usage: seed demo
       seed --organizations 200 --projects 20 --tasks 50     (projects in each organization, tasks in each project)
Needs MIGRATION_DATABASE_URL, or ADMIN_DATABASE_URL, which also provisions and migrates. Repeating it makes only what is missing.`

const report = (line: string) => void process.stderr.write(`${line}\n`)

async function migratorUrl(): Promise<string> {
  const config = readMigrateConfig()
  if (config.MIGRATION_DATABASE_URL) return config.MIGRATION_DATABASE_URL
  const { migratorUrl: url } = await bringUp(config, { demo: false, report })
  if (!url) throw new Error('MIGRATION_DATABASE_URL is missing: the runtime login cannot make organizations for other people.')
  return url
}

async function crowd(size: Size): Promise<void> {
  const start = performance.now()
  const { made, tasks, invitation } = await seedCrowd(await migratorUrl(), size, progressOf('organizations', size.organizations))
  report(
    `${made} organizations with ${tasks} tasks made in ${((performance.now() - start) / 1000).toFixed(1)} s; ${size.organizations - made} were there already`,
  )
  report('To look at the first one, sign in and open this address:')
  process.stdout.write(`/invite#${invitation}\n`)
}

function count(text: string | undefined, flag: string): number {
  if (!text || !/^[1-9]\d{0,4}$/.test(text)) throw new Error(`--${flag} takes a whole number from 1 to 99999.\n${usage}`)
  return Number(text)
}

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { organizations: { type: 'string' }, projects: { type: 'string' }, tasks: { type: 'string' } },
  })
  if (positionals.join() === 'demo') process.stdout.write(`${await seedDemo(await migratorUrl(), report)}\n`)
  else if (positionals.length > 0 || Object.keys(values).length === 0) throw new Error(usage)
  else
    await crowd({
      organizations: count(values.organizations, 'organizations'),
      projects: count(values.projects ?? '20', 'projects'),
      tasks: count(values.tasks ?? '50', 'tasks'),
    })
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error)}\n`)
  process.exitCode = 1
}
