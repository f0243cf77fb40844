/**
 * What makes a table leave an audit trail, as of 2026-11-21. Migrations never change later, so neither does this helper:
 * a new idea gets a new file with a new date.
 */

/** `entity`: the noun people read; `id` and `label`: the columns that name a row, by its id and in words (null where nothing does). */
type Audited = { entity: string; id: string; label: string | null }

/**
 * SQL that writes an entry for each row of `app.<table>` that appears, disappears or changes in one of `columns`, at the commit that
 * keeps it. A column that is not listed is never shown. What the migrator's login writes is the work of the installation
 * (migrations, seeds) and leaves none; it is not even queued.
 */
export const audited20261121 = (table: string, { entity, id, label }: Audited, columns: readonly string[]) => {
  const given = [entity, id, label ?? '', ...columns].map((word) => `'${word}'`).join(', ')
  const all = (row: 'old' | 'new') => `row(${columns.map((column) => `${row}.${column}`).join(', ')})`
  return `
  create constraint trigger audit after insert or delete on app.${table} deferrable initially deferred
    for each row when (session_user <> 'mortise_migrator') execute function app.audit(${given});
  create constraint trigger audit_change after update on app.${table} deferrable initially deferred
    for each row when (session_user <> 'mortise_migrator' and ${all('old')} is distinct from ${all('new')})
    execute function app.audit(${given});
`
}
