/** Which mutants a short run takes, and what a run has to say. */
import type { Mutant } from './mutant.ts'
import type { Verdict } from './run.ts'

/** One of each kind, the same each time, and not always the first. */
export function sampled(mutants: readonly Mutant[]): Mutant[] {
  const kinds = new Map<string, Mutant[]>()
  for (const mutant of mutants) if (mutant.equal === undefined) kinds.set(mutant.of, [...(kinds.get(mutant.of) ?? []), mutant])
  return [...kinds.values()].map((some, place) => some[place % some.length] as Mutant)
}

/** The figures, then every survivor, then what is no mutant after all. */
export function report(verdicts: readonly Verdict[], chosen: readonly Mutant[], all: number): string {
  const killed = verdicts.filter(({ killer }) => killer !== undefined)
  const by = (what: string) => killed.filter(({ killer }) => killer?.by === what).length
  const ratio = verdicts.length === 0 ? 0 : (100 * killed.length) / verdicts.length
  return [
    `mutants: ${killed.length} of ${verdicts.length} killed by behaviour (${ratio.toFixed(1)} %), ${by('statements')} by statements, ${by('procedures')} by procedures; of ${all} in all`,
    `mutants: the catalogue alone would have noticed ${verdicts.filter(({ isInCatalogue }) => isInCatalogue).length}`,
    ...verdicts
      .filter(({ killer }) => killer === undefined)
      .map(
        ({ mutant, isInCatalogue }) =>
          `survivor: ${mutant.name}${isInCatalogue ? ' (in the catalogue)' : ''}\n  ${mutant.sql.slice(0, 300)}`,
      ),
    ...chosen.flatMap(({ name, equal }) => (equal === undefined ? [] : [`equal: ${name}: ${equal}`])),
    '',
  ].join('\n')
}
