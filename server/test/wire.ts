/** Sends bytes as no HTTP client would, and reads what comes back until the server closes. */
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestServer } from './server.ts'

export type WireAnswer = { status: number; headers: Record<string, string>; body: string }

/** Writes the parts one after the other. Gives the answers in order when the server closes, which may take long on a busy machine. */
export const onTheWire = (to: Pick<TestServer, 'url'>, ...parts: (string | Buffer)[]): Promise<WireAnswer[]> =>
  withinMs(15_000, to, ...parts)

/** The same, for a server that is not expected to close: what it has said after so many milliseconds. */
export async function withinMs(longestMs: number, { url }: Pick<TestServer, 'url'>, ...parts: (string | Buffer)[]): Promise<WireAnswer[]> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.setEncoding('latin1').on('data', (part: string) => (received += part))
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  socket.on('error', () => {}) // a server that closes while we still write is an answer, not a failure
  for (const part of parts) {
    socket.write(part)
    await pause(5)
  }
  const waiting = new AbortController()
  await Promise.race([closed, pause(longestMs, undefined, { signal: waiting.signal }).catch(() => {})])
  waiting.abort()
  socket.destroy()
  return answersIn(received)
}

/** A request head. Closing is asked for unless a header says otherwise. */
export const head = (line: string, headers: Record<string, string> = {}): string =>
  [
    `${line} HTTP/1.1`,
    ...Object.entries({ Host: 'localhost', Connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n')

/** The answers in what a connection was sent. */
export function answersIn(text: string): WireAnswer[] {
  const answers: WireAnswer[] = []
  let rest = text
  while (rest.startsWith('HTTP/1.1 ')) {
    const end = rest.indexOf('\r\n\r\n')
    const [line = '', ...lines] = rest.slice(0, end).split('\r\n')
    const headers = Object.fromEntries(
      lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 1).trim()]),
    )
    const length = headers['content-length'] === undefined ? rest.length : Number(headers['content-length'])
    answers.push({ status: Number(line.split(' ')[1]), headers, body: rest.slice(end + 4, end + 4 + length) })
    rest = rest.slice(end + 4 + length)
  }
  return answers
}
