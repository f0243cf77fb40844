/** Verifies audit trails: every hash is computed anew, from the first entry to the last. */
import { follow, type Break, type Head } from './chain.ts'
import { hashAt, inSnapshot, linksOf, trails } from './reading.ts'

/** What was found of one organization. `isGone`: it was exported once, and nothing of it is left. */
export type Verdict = { organization: string; slug: string | null; checked: number; broken?: Break; isGone?: true }

type Question = {
  /** A slug or an id; all organizations without it. */
  only?: string | undefined
  /** Heads that were exported earlier, by organization. */
  exported?: readonly ReadonlyMap<string, Head>[]
}

/**
 * Follows every chain in one snapshot and tells `step` of each. `url`: a login that reads past row level security. Errors: those of
 * PostgreSQL, and a sentence for an organization that is not there.
 */
export const verify = (url: string, { only, exported = [] }: Question, step: (verdict: Verdict) => void): Promise<void> =>
  inSnapshot(url, async (client) => {
    const found = await trails(client, only)
    const gone = [...new Set(exported.flatMap((heads) => [...heads.keys()]))].filter(
      (id) => (only === undefined || id === only) && found.every(({ organization }) => organization !== id),
    )
    if (only !== undefined && found.length + gone.length === 0) throw new Error(`There is no organization ${only}`)
    for (const { organization, slug, head } of found) {
      const chain = {
        links: linksOf(client, organization),
        head,
        exported: exported.flatMap((heads) => heads.get(organization) ?? []),
        hashAt: (seq: number) => hashAt(client, organization, seq),
      }
      step({ organization, slug, ...(await follow(chain)) })
    }
    for (const organization of gone) step({ organization, slug: null, checked: 0, isGone: true })
  })
