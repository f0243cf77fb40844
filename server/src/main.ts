/** The process: configuration, resources, listening, signals. */
import type { AddressInfo } from 'node:net'
import { ConfigError, readConfig, weaknessesOf, type Config } from './config.ts'
import { httpServer } from './http/server.ts'
import { openLog } from './log.ts'
import { openResources } from './resources.ts'
import { drainOf } from './shutdown.ts'

try {
  serve(readConfig())
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`The configuration cannot be used:\n${error.message}\n`)
  process.exitCode = 78 // EX_CONFIG of sysexits(3): trying again does not help
}

function serve(config: Config) {
  const { log, flush } = openLog(config.LOG_LEVEL)
  for (const weakness of weaknessesOf(config)) log.warn(weakness)
  const closing = new AbortController()
  const r = openResources(config, log, closing.signal)
  const server = httpServer(r)
  const drain = drainOf(server)

  const stop = async (reason: string) => {
    if (closing.signal.aborted) return
    log.info({ reason }, 'stopping')
    closing.abort()
    await drain()
    await Promise.all([r.database.close(), r.bus.close(), r.limiter.close()])
    log.info('stopped')
    flush()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal))
  process.on('disconnect', () => void stop('the parent has gone'))

  server.on('error', (error: NodeJS.ErrnoException) => {
    flush()
    process.stderr.write(
      error.code === 'EADDRINUSE' ? `Port ${config.PORT} is taken. Choose another one with PORT.\n` : `${String(error)}\n`,
    )
    process.exit(1)
  })
  server.listen(config.PORT, config.HOST, () => {
    const { port } = server.address() as AddressInfo
    log.info({ port, host: config.HOST }, 'listening')
    process.send?.({ ready: { port } })
  })
}
