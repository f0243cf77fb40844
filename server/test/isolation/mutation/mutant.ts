/** One way in which the walls between organizations could be weaker than they are. */

export type Mutant = {
  name: string
  /** What it is about, so that a sample can take one of each: a policy, a table, a grant, a function. */
  of: string
  /** The table whose rows it may expose; null when it may be any. */
  table: string | null
  sql: string
  /** Why nobody can tell this from the original: such a mutant is named and not counted. */
  equal?: string
}
