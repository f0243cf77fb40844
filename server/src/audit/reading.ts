/** Reads audit trails past row level security, in one snapshot and in small batches. */
import type { Client } from 'pg'
import { withConnection } from '../db/provision-connection.ts'
import { hashed, type Head, type Link } from './chain.ts'

const batch = 500

/** An organization, or what is left of one: it has no slug once it is gone. */
export type Trail = { organization: string; slug: string | null; head: Head | undefined }

/**
 * Runs `work` in one snapshot, so that what is written meanwhile raises no alarm. Errors: those of PostgreSQL, 42501 among them for
 * a login that row level security holds, because part of a trail proves nothing.
 */
export const inSnapshot = <Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> =>
  withConnection(url, async (client) => {
    await client.query(`set row_security = off`)
    await client.query('begin isolation level repeatable read read only')
    return await work(client)
  })

/** Every organization that has a trail, a head or a row of its own; `only` is a slug or an id. */
export async function trails(client: Client, only?: string): Promise<Trail[]> {
  const { rows } = await client.query<{ organization: string; slug: string | null; seq: string | null; hash: string }>(
    `select i.id as organization, o.slug, h.seq, encode(h.hash, 'hex') as hash
     from (select id from app.organizations union select organization_id from app.audit_heads union select distinct organization_id from app.audit_entries) i
       left join app.organizations o on o.id = i.id left join app.audit_heads h on h.organization_id = i.id
     where $1::text is null or i.id::text = $1 or o.slug = $1 order by o.slug, i.id`,
    [only],
  )
  return rows.map(({ seq, hash, ...trail }) => ({ ...trail, head: seq === null ? undefined : { seq: Number(seq), hash } }))
}

// the moment in microseconds, because its text depends on settings
const fields = hashed
  .map((field) => (field === 'at' ? `(extract(epoch from at) * 1000000)::bigint::text as at` : `${field}::text`))
  .join(', ')

/** The entries of an organization by number. Two of one number, which no key allows, both come. */
export async function* linksOf(client: Client, organization: string): AsyncGenerator<Link> {
  let after: [seq: string, hash: string] = [String(-(2n ** 63n)), '']
  for (;;) {
    const { rows } = await client.query<Link>(
      `select ${fields}, encode(prev_hash, 'hex') as prev_hash, encode(hash, 'hex') as hash from app.audit_entries
       where organization_id = $1 and (seq, hash) > ($2, decode($3, 'hex')) order by audit_entries.seq, audit_entries.hash limit ${batch}`,
      [organization, ...after],
    )
    yield* rows
    const last = rows.at(-1)
    if (rows.length < batch || last === undefined) return
    after = [last.seq, last.hash]
  }
}

/** The hash of one entry. */
export async function hashAt(client: Client, organization: string, seq: number): Promise<string | undefined> {
  const { rows } = await client.query<{ hash: string }>(
    `select encode(hash, 'hex') as hash from app.audit_entries where organization_id = $1 and seq = $2`,
    [organization, seq],
  )
  return rows[0]?.hash
}
