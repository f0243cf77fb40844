/** The chain of an audit trail: how an entry is hashed, and where a chain breaks. Uses no function of the database's schema. */
import { createHash } from 'node:crypto'

/** What is hashed, in this order, each as the text that PostgreSQL gives. */
export const hashed = [
  'organization_id',
  'seq',
  'at',
  'actor_id',
  'actor_name',
  'session_id',
  'request_id',
  'address',
  'user_agent',
  'login',
  'procedure',
  'action',
  'entity',
  'entity_id',
  'entity_name',
  'before',
  'after',
] as const

/** An entry as it stands in the table; hashes in hexadecimal. */
export type Link = Record<(typeof hashed)[number], string | null> & { seq: string; prev_hash: string; hash: string }

/** The last entry of a chain, as kept elsewhere. */
export type Head = { seq: number; hash: string }

/** Where a chain breaks first, and in which way. */
export type Break = { seq: number; kind: 'edited' | 'missing' | 'inserted' | 'out of order' | 'cut off' | 'rewritten'; because: string }

/** What the first entry is tied to. */
export const origin = '0'.repeat(64)

/** SHA-256 over the hash before and every field with its length in bytes. `seq` may be another number than the entry's own. */
export function hashOf(link: Link, seq: string = link.seq): string {
  const text = hashed.map((field) => (field === 'seq' ? seq : link[field])).map((field) => (field === null ? '-' : sized(field)))
  return createHash('sha256').update(link.prev_hash, 'hex').update(text.join(',')).digest('hex')
}

const sized = (field: string) => `${Buffer.byteLength(field)}:${field}`

type Chain = {
  /** The entries by number, from the first one. */
  links: AsyncIterable<Link>
  /** What the database says is the last one. */
  head: Head | undefined
  /** What was exported earlier, by number. */
  exported: readonly Head[]
  /** The hash of the entry with a number, for when something is wrong. */
  hashAt(seq: number): Promise<string | undefined>
}

/** Follows a chain to its end or to its first broken entry, one entry in memory at a time. `checked`: how many were whole. */
export async function follow({ links, head, exported, hashAt }: Chain): Promise<{ checked: number; broken?: Break }> {
  const last = head?.seq ?? Infinity
  let [checked, previous] = [0, origin]
  for await (const link of links) {
    const expected = checked + 1
    const broken = (await faultOf(link, { expected, previous, last, hashAt })) ?? rewritten(expected, link.hash, exported)
    if (broken) return { checked, broken }
    ;[checked, previous] = [expected, link.hash]
  }
  const broken = endOf({ checked, previous, head, exported })
  return broken ? { checked, broken } : { checked }
}

type Place = { expected: number; previous: string; last: number; hashAt: Chain['hashAt'] }

async function faultOf(link: Link, { expected, previous, last, hashAt }: Place): Promise<Break | undefined> {
  const seq = Number(link.seq)
  if (seq > expected) return { seq: expected, kind: 'missing', because: `entry ${seq} comes next` }
  if (seq < expected) return { seq, kind: 'inserted', because: 'there was an entry of this number already' }
  if (hashOf(link) !== link.hash) {
    const written = numberOf(link, last)
    if (written === undefined && seq > last) return { seq, kind: 'inserted', because: `the chain ended with entry ${last}` }
    if (written === undefined) return { seq, kind: 'edited', because: 'its hash is not that of what it says' }
    const before = written === 1 ? origin : await hashAt(written - 1)
    if (written < seq && link.prev_hash === before)
      return { seq: written, kind: 'inserted', because: `what was entry ${written} has become entry ${seq}` }
    return { seq, kind: 'out of order', because: `it was written as entry ${written}` }
  }
  if (link.prev_hash !== previous) return { seq: Math.max(seq - 1, 1), kind: 'edited', because: `entry ${seq} was tied to something else` }
  if (seq > last) return { seq, kind: 'inserted', because: `the chain ended with entry ${last}` }
  return undefined
}

/** How far from its place an entry is looked for, in numbers: each costs a hash, some microseconds. */
const reach = 100_000

/** The number under which an entry was written, nearest first; undefined when its hash fits none. */
function numberOf(link: Link, last: number): number | undefined {
  const seq = Number(link.seq)
  for (let away = 1; away <= Math.min(reach, Math.max(seq, last)); away++) {
    for (const candidate of [seq + away, seq - away]) if (candidate > 0 && hashOf(link, String(candidate)) === link.hash) return candidate
  }
  return undefined
}

function rewritten(seq: number, hash: string, exported: readonly Head[]): Break | undefined {
  if (exported.every((head) => head.seq !== seq || head.hash === hash)) return undefined
  const good = exported.filter((head) => head.seq < seq).map((head) => head.seq)
  return {
    seq,
    kind: 'rewritten',
    because: `it was another one when it was exported; entries up to ${Math.max(0, ...good)} are as exported`,
  }
}

type End = { checked: number; previous: string; head: Head | undefined; exported: readonly Head[] }

function endOf({ checked, previous, head, exported }: End): Break | undefined {
  const last = Math.max(head?.seq ?? 0, ...exported.map(({ seq }) => seq))
  if (last > checked) return { seq: checked + 1, kind: 'cut off', because: `there were ${last} entries` }
  if (!head && checked > 0) return { seq: checked + 1, kind: 'cut off', because: 'the head is missing' }
  if (head && head.hash !== previous) return { seq: checked, kind: 'edited', because: 'the head was tied to something else' }
  return undefined
}
