/** A product of our own for load to run against, where nobody named another. */
import { startPostgres } from '../postgres/embedded.mjs'
import { startProduct } from '../process/product.mjs'
import { step } from '../report/progress.mjs'
import { installIfNeeded } from '../setup/install.mjs'
import { makeTemporaryHome, removeTemporaryHome } from '../setup/temporary-home.mjs'

/**
 * Starts the product as in production on an empty database of its own, and gives its URL. `lifecycle` stops both and removes the data.
 * The database does not wait for the disk: the disk of a shared machine is the noisiest part of it.
 */
export async function startTarget(lifecycle) {
  await installIfNeeded()
  const home = await makeTemporaryHome()
  lifecycle.atEnd(() => removeTemporaryHome(home))
  const postgres = startPostgres({ home, ephemeral: true })
  lifecycle.atEnd(async () => (await postgres.catch(() => undefined))?.stop())
  const { adminUrl } = await step('Starting PostgreSQL', () => postgres)
  const environment = { NODE_ENV: 'production', HOST: '127.0.0.1', LOG_LEVEL: 'warn', DATABASE_URL: adminUrl, REDIS_URL: '' }
  const product = startProduct({ home, environment })
  lifecycle.atEnd(async () => (await product.catch(() => undefined))?.stop())
  return (await step('Starting the product', () => product)).url
}
