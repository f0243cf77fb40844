/** What the doctor asks a Redis: whether it is there and lets us in. */
import net from 'node:net'
import tls from 'node:tls'
import { broken, ok } from './findings.mjs'

const timeoutMs = 5_000

/** One finding about the server that REDIS_URL points to. */
export async function checkRedis(url) {
  const { hostname, port } = new URL(url)
  const at = `${hostname}:${port || 6379}`
  const gone = 'Is it running, is the address right? Or leave REDIS_URL out: one process needs no Redis.'
  try {
    const answer = await ask(new URL(url))
    if (answer.includes('+PONG')) return ok(`REDIS_URL: Redis answers at ${at}`)
    if (/NOAUTH|WRONGPASS|NOPERM|AUTH/.test(answer))
      return broken(
        `REDIS_URL: the server at ${at} wants another name or password.`,
        'Write it into the URL: redis://name:password@host:6379 (the name is empty for a plain password).',
      )
    return broken(`REDIS_URL: what answers at ${at} is not a Redis.`, 'Correct host and port in the URL.')
  } catch (error) {
    return broken(`REDIS_URL: no Redis can be reached at ${at} (${error.code ?? error.message}).`, gone)
  }
}

function ask({ protocol, hostname, port, username, password }) {
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, '')
    const options = { host, port: Number(port) || 6379 }
    const socket =
      protocol === 'rediss:' ? tls.connect({ ...options, servername: net.isIP(host) ? undefined : host }) : net.connect(options)
    const login = [username, password].filter(Boolean).map(decodeURIComponent)
    let answer = ''
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('no answer')))
    socket.once('error', reject)
    socket.once('close', () => resolve(answer))
    socket.on('data', (data) => {
      answer += data
      if (/\+PONG|-\w+|^[^+]/.test(answer)) socket.destroy()
    })
    socket.write((login.length ? command('AUTH', ...login) : '') + command('PING'))
  })
}

function command(...words) {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`
}
