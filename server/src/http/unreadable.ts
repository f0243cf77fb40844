/** Answers to what the HTTP parser itself refused, in the form of every other refusal. */
import type { Duplex } from 'node:stream'
import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { ErrorCode } from '@mortise/shared/errors'
import { AppError, problemOf } from '../errors.ts'

const codes: Record<string, ErrorCode> = { HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE', ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT' }

/** For the `clientError` event of a server. The connection is closed: nobody knows where the next request would begin. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const code = codes[error.code ?? '']
  const requestId = randomUUID()
  const { status, problem } = problemOf(
    code === undefined
      ? new AppError('VALIDATION_FAILED', {}, { issues: [{ path: '', message: 'Is not a valid HTTP request' }] })
      : new AppError(code, {} as never),
    requestId,
  )
  const body = JSON.stringify(problem)
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      'Cache-Control: no-store',
      'X-Content-Type-Options: nosniff',
      `X-Request-Id: ${requestId}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}
