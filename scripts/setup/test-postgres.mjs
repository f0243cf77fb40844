/** The PostgreSQL of a run that tries things out: the given one, or one that is gone afterwards. */
import { startPostgres } from '../postgres/embedded.mjs'
import { step } from '../report/progress.mjs'
import { makeTemporaryHome, removeTemporaryHome } from './temporary-home.mjs'

/** The URL of an administrator: that of TEST_DATABASE_URL, or of an embedded server in a temporary home, which ends with `lifecycle`. */
export async function findTestPostgres(lifecycle) {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL
  const home = await makeTemporaryHome()
  lifecycle.atEnd(() => removeTemporaryHome(home))
  const starting = startPostgres({ home, ephemeral: true })
  lifecycle.atEnd(async () => (await starting.catch(() => undefined))?.stop())
  return (await step('Starting PostgreSQL', () => starting)).adminUrl
}
