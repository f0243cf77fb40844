/**
 * What makes a table a tenant table, as of 2026-11-21. Migrations never change later, so neither does this helper:
 * a new idea gets a new file with a new date.
 */

type Verb = 'select' | 'insert' | 'update' | 'delete'

/**
 * SQL that forces row level security on `app.<table>`, lets runtime roles see the entered organization only, and grants
 * the given verbs. The table must have `organization_id uuid not null` and a primary key that leads with it.
 */
export const tenantTable20261121 = (table: string, verbs: readonly Verb[] = ['select', 'insert', 'update', 'delete']) => `
  alter table app.${table} enable row level security;
  alter table app.${table} force row level security;
  create policy organization on app.${table} to mortise_api, mortise_worker, mortise_readonly
    using (organization_id = (select app.current_organization()))
    with check (organization_id = (select app.current_organization()));
  grant ${verbs.join(', ')} on app.${table} to mortise_api, mortise_worker;
  grant select on app.${table} to mortise_readonly;
`

/**
 * SQL that lets the doorkeeper (the owner of the door functions, which nobody can log in as) see or write the given
 * columns of all organizations, so that a door can find the organization of a thing before anybody is let in.
 */
export const doorkeeperSees20261121 = (table: string, grants: Partial<Record<Verb, string>>) =>
  Object.entries(grants)
    .map(
      ([verb, columns]) => `
  create policy doorkeeper_${verb} on app.${table} for ${verb} to mortise_doorkeeper
    ${verb === 'insert' ? 'with check (true)' : 'using (true)'};
  grant ${verb}${columns === '' ? '' : ` (${columns})`} on app.${table} to mortise_doorkeeper;`,
    )
    .join('')

/**
 * SQL that makes functions doors: they run as the doorkeeper, and only `roles` may call them. The rights come first,
 * because the owner does not inherit from the doorkeeper and has no say over a function once it is given away.
 */
export const doors20261121 = (functions: readonly string[], roles: readonly string[] = ['mortise_api', 'mortise_worker']) =>
  functions
    .map(
      (signature) => `${
        roles.length > 0
          ? `
  grant execute on function app.${signature} to ${roles.join(', ')};`
          : ''
      }
  alter function app.${signature} owner to mortise_doorkeeper;`,
    )
    .join('')
