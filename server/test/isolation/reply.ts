/** What somebody gets to see of an answer, and of what was logged about it. */
import type { Input } from './inputs.ts'
import type { Person } from './side.ts'

export type Question = { procedure: string; input: Input; who: Person; headers?: Record<string, string> }

export type Reply = {
  status: number
  /** One header a line, sorted, without those that differ from answer to answer by themselves. */
  headers: string
  /** The body; of a stream, what it had said until it was left. */
  text: string
  /** The log lines of the request. */
  log: string
}

export type Asker = { name: string; ask(question: Question): Promise<Reply> }

const fickle = /^(date|x-request-id|content-length|keep-alive|connection|retry-after|ratelimit.*)$/

/** Headers as a text that can be compared. */
export const headersOf = (headers: Headers): string =>
  [...headers]
    .filter(([name]) => !fickle.test(name))
    .map(([name, value]) => `${name}: ${value}`)
    .sort()
    .join('\n')

/** Without what the asker had said, which is no news to the asker. A number is too short to be told from others, and gives nobody away. */
export function withoutSaid(text: string, said: readonly string[]): string {
  let rest = text
  for (const one of said) if (!/^\d+$/.test(one)) rest = rest.replaceAll(one, '<said>').replaceAll(encodeURIComponent(one), '<said>')
  return rest
}

/** Values that each success makes anew. */
const fresh = /"(id|entityId|slug|token|url|version|createdAt|updatedAt|expiresAt|at)":("[^"]*"|\d+)/g

/** What two answers must agree in, byte for byte: status, headers and body. A change that succeeded makes new values each time. */
export function essence({ status, headers, text }: Reply, said: readonly string[], isMutation: boolean): string {
  const body = withoutSaid(text, said).replaceAll(/"requestId":"[^"]*"/g, '"requestId":"<name>"')
  const plain = isMutation && status < 300 ? body.replaceAll(fresh, '"$1":"<new>"') : body
  return `${status}\n${isMutation ? withoutSaid(headers, said).replaceAll(/^location: .*$/gm, 'location: <new>') : headers}\n\n${plain}`
}
