/** One log line for each answered request: who it was named, what it asked, how it went. No header, body or address goes in. */
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

export const accessLog =
  ({ log }: { log: Logger }): RequestHandler =>
  (req, res, next) => {
    const startedAt = process.hrtime.bigint()
    const path = req.path.slice(0, 200) // without the query, which may carry what people typed
    res.on('close', () => {
      const ms = Number((process.hrtime.bigint() - startedAt) / 10_000n) / 100
      const level = res.statusCode >= 500 ? 'error' : 'info'
      log[level](
        {
          requestId: res.locals['requestId'],
          method: req.method,
          path,
          route: res.locals['route'],
          status: res.statusCode,
          ms,
          userAgent: (req.headers['user-agent'] ?? '').slice(0, 200),
          ...(res.writableFinished ? {} : { aborted: true }),
        },
        'answered',
      )
    })
    next()
  }
