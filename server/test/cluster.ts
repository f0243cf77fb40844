/** A whole PostgreSQL of its own for a test that stops it: provisioned, migrated, and reached by way of a proxy that stays where it is. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../src/db/migrator.ts'
import { provision } from '../src/db/provision.ts'
import type { TestDatabase } from './database.ts'
import { aProxy } from './proxy.ts'

type Running = { adminUrl: string; stop(): Promise<void> }
type Launcher = { startPostgres(options: { home: string; ephemeral: boolean }): Promise<Running> }

export type TestCluster = {
  database: TestDatabase
  /** Stops the server as a restart does: everybody is disconnected, what was committed stays. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** Starts PostgreSQL with the launcher of `npm start`; takes a second or two. */
export async function aCluster(): Promise<TestCluster> {
  const launcher = new URL('../../scripts/postgres/embedded.mjs', import.meta.url).href
  const { startPostgres } = (await import(/* @vite-ignore */ launcher)) as Launcher
  const home = await mkdtemp(join(tmpdir(), 'mortise-cluster-'))
  let running: Running | undefined = await startPostgres({ home, ephemeral: false })
  const { apiUrl, migratorUrl } = await provision(running.adminUrl.replace(/\/postgres$/, '/mortise'))
  await migrate(migratorUrl)
  const proxy = await aProxy(running.adminUrl)
  const stop = async () => {
    await running?.stop()
    running = undefined
  }
  return {
    stop,
    start: async () => {
      running = await startPostgres({ home, ephemeral: false })
      proxy.aim(running.adminUrl) // its port is another one
    },
    database: {
      apiUrl: proxy.through(apiUrl),
      migratorUrl: proxy.through(migratorUrl),
      adminUrl: proxy.through(running.adminUrl),
      drop: async () => {
        await proxy.close()
        await stop()
        await rm(home, { recursive: true, force: true })
      },
    },
  }
}
