/** Sends an attack on a target with the token and the cookie of its victim, as bytes, because a fetch tidies what it sends. */
import type { TestServer } from '../server.ts'
import { head, onTheWire } from '../wire.ts'
import type { Attack } from './attacks.ts'
import type { Target } from './targets.ts'

/** Gives the status of the answer, 0 where there is none. */
export async function sendAttack(
  server: Pick<TestServer, 'url'>,
  { headers = {}, method, path, body }: Attack,
  target: Target,
): Promise<number> {
  const text = body === undefined ? target.body : body(target.body)
  const all: Record<string, string | null> = {
    Host: 'mortise.example',
    Authorization: `Bearer ${target.who.token}`,
    Cookie: target.who.cookie,
    'X-Requested-With': 'mortise',
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(text)),
    ...headers,
  }
  const sent = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null))
  const line = `${method?.(target) ?? target.method} ${path?.(target) ?? target.path}`
  const [answer] = await onTheWire(server, head(line, sent) + text)
  return answer?.status ?? 0
}
