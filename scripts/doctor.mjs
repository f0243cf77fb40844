/** npm run doctor: says in plain words what is wrong with the machine or the configuration, and how to mend it. */
import { checkMode, checkSecrets } from './doctor/configuration.mjs'
import { checkDatabase } from './doctor/database.mjs'
import {
  checkDisk,
  checkHome,
  checkInstalled,
  checkLeftOver,
  checkNode,
  checkNpm,
  checkPort,
  checkPrograms,
  checkRoot,
} from './doctor/machine.mjs'
import { checkRedis } from './doctor/redis.mjs'
import { homeFrom, root } from './setup/home.mjs'
import { secretFrom } from './setup/secrets.mjs'

process.exitCode = report(await examine(process.env))

async function examine(environment) {
  const home = homeFrom(environment)
  const atHome = checkHome(home)
  const findings = [checkNode(), await checkNpm(), checkRoot(), checkInstalled(root), checkDisk(home), atHome]
  findings.push(await checkPort(environment, home), checkMode(environment), ...checkSecrets(environment))
  if (!environment.DATABASE_URL && !environment.DATABASE_URL_FILE && atHome.state === 'ok') {
    findings.push(await checkPrograms({ home }), checkLeftOver(home))
  }
  for (const name of ['DATABASE_URL', 'MIGRATION_DATABASE_URL']) {
    const url = usable(environment, name)
    if (url) findings.push(...(await checkDatabase({ name, url, environment })))
  }
  const redis = usable(environment, 'REDIS_URL')
  if (redis) findings.push(await checkRedis(redis))
  return findings
}

// A secret that cannot be read, or is no URL, already has its finding.
function usable(environment, name) {
  try {
    const value = secretFrom(environment, name)
    return value && URL.canParse(value) && /^(postgres(ql)?|rediss?):$/.test(new URL(value).protocol) ? value : undefined
  } catch {
    return undefined
  }
}

function report(findings) {
  for (const { state, says, todo } of findings) {
    process.stdout.write(`${state.padEnd(7)} ${says}\n${todo ? `        do this: ${todo}\n` : ''}`)
  }
  const count = findings.filter((finding) => finding.state === 'broken').length
  process.stdout.write(count ? `\n${count} to mend.\n` : '\nAll is well: npm start\n')
  return count ? 1 : 0
}
