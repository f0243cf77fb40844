/** The heads of all audit trails, signed, to be kept where whoever changes the database cannot reach. */
import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Head } from './chain.ts'
import { inSnapshot, trails } from './reading.ts'

const head = z.strictObject({ organization: z.string(), seq: z.int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) })
const signed = z.strictObject({ at: z.string(), heads: z.array(head), signature: z.string() })
export type SignedHeads = z.infer<typeof signed>

/** The last entry of each organization at this moment, with an HMAC-SHA256 over all of it. */
export async function exportHeads(url: string, key: KeyObject): Promise<SignedHeads> {
  const found = await inSnapshot(url, (client) => trails(client))
  const heads = found.flatMap(({ organization, head: last }) => (last && last.seq > 0 ? [{ organization, ...last }] : []))
  const at = new Date().toISOString()
  return { at, heads, signature: sign(key, at, heads) }
}

/** Reads what was exported. Errors: a sentence when it is not what this secret signed. */
export function readHeads(text: string, key: KeyObject): { at: string; of: Map<string, Head> } {
  const { at, heads, signature } = signed.parse(JSON.parse(text))
  const [given, wanted] = [Buffer.from(signature), Buffer.from(sign(key, at, heads))]
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new Error('The signature of the heads is wrong: the file was changed, or TOKEN_SECRET is not the one that signed it')
  return { at, of: new Map(heads.map(({ organization, ...last }) => [organization, last])) }
}

const sign = (key: KeyObject, at: string, heads: SignedHeads['heads']): string =>
  createHmac('sha256', key)
    .update([at, ...heads.map(({ organization, seq, hash }) => `${organization} ${seq} ${hash}`)].join('\n'))
    .digest('hex')
